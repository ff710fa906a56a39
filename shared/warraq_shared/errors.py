"""The errors of Warraq, one small tree.

::

    WarraqError                  exit 5
    ├── UsageProblem             exit 2   what the user gave cannot be used; the message says what to do
    ├── NotFound                 exit 3
    ├── NotReady                 exit 6   no Redis, no database, nothing running
    └── PageProblem              a page ends with a reason
        ├── Permanent            exit 4 if refused, else 5   trying again would give the same (2: no address at all)
        ├── Temporary            exit 5   try again later
        └── Throttled            exit 5   the host asks for quiet

Core code raises these; only the doors (``tasks.py``, ``cli.py``) turn them into states, retries or exit codes.
"""

from warraq_shared.reasons import PageState, Reason


class WarraqError(Exception):
    """Base of all errors that Warraq raises on purpose. ``str(error)`` is a sentence for the user."""

    exit_code = 5


class UsageProblem(WarraqError):
    """What the user gave cannot be used."""

    exit_code = 2


class NotFound(WarraqError):
    """There is no such thing."""

    exit_code = 3


class NotReady(WarraqError):
    """Something that must run does not: Redis, the database, the workers."""

    exit_code = 6


# What was refused for its size or length, though the page's state is "failed".
_LIMITS = frozenset({Reason.TOO_LARGE, Reason.HEADERS_TOO_LARGE, Reason.TOO_MANY_REDIRECTS})


def exit_code_of(reason: Reason) -> int:
    """Return the exit code of a command whose page ended with ``reason``."""
    if reason is Reason.BAD_URL:
        return UsageProblem.exit_code
    refused = reason.state is PageState.REFUSED or reason in _LIMITS
    return 4 if refused else WarraqError.exit_code


class PageProblem(WarraqError):
    """A page ends with a reason. ``detail`` adds the particulars of this case (a limit, an address, a rule)."""

    def __init__(self, reason: Reason, detail: str = "", *, http_status: int | None = None) -> None:
        self.reason = reason
        self.detail = detail
        self.http_status = http_status
        super().__init__(f"{reason.sentence} {detail}".strip())
        self.exit_code = exit_code_of(reason)


class Permanent(PageProblem):
    """Trying again would give the same."""


class Temporary(PageProblem):
    """Trying again later may help. ``retry_after`` is in seconds, where the server named it."""

    def __init__(
        self,
        reason: Reason,
        detail: str = "",
        *,
        http_status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason, detail, http_status=http_status)
        self.retry_after = retry_after


class Throttled(Temporary):
    """The host asks for quiet: nothing of it is fetched for ``retry_after`` seconds."""
