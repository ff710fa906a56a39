"""A hazard: a path of the site, how it is answered, and the reason in which a fetch of it must end."""

from collections.abc import Callable
from dataclasses import dataclass

from misbehaving.talk import Answer
from warraq_shared.reasons import Reason


@dataclass(frozen=True)
class Hazard:
    name: str
    reason: Reason
    answer: Answer
    note: str | None = None

    @property
    def path(self) -> str:
        return f"/{self.name}"

    @property
    def host(self) -> str:
        """A host of its own, so that what a hazard does to its host touches no other."""
        return self.name.strip("/").replace("/", "-")


class Table:
    """Collects hazards: ``@table(Reason.TIMEOUT)`` over a function makes one, named after the function."""

    def __init__(self) -> None:
        self.hazards: list[Hazard] = []

    def __call__(self, reason: Reason, note: str | None = None) -> Callable[[Answer], Answer]:
        def add(answer: Answer) -> Answer:
            self.add(answer.__name__.strip("_").replace("_", "-"), reason, answer, note)
            return answer

        return add

    def add(self, name: str, reason: Reason, answer: Answer, note: str | None = None) -> None:
        self.hazards.append(Hazard(name, reason, answer, note))
