"""What a date is weighed by: the moment, the place that names it, and what a page that was fetched then can name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from warraq_parser.article.dates.calendars import FIRST_YEAR
from warraq_parser.article.dates.clock_text import Moment
from warraq_parser.article.dates.date_text import DayOrder, read_machine_moment, read_moments

_TOLERANCE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A moment that some place names for the article, and how much that place is to be believed."""

    moment: Moment
    origin: str
    confidence: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class DateReader:
    """What a reading depends on beside the text: the language, the order of days, when the page was fetched."""

    language: str
    order: DayOrder
    fetched_at: datetime

    def allows(self, moment: Moment) -> bool:
        """Tell whether a page that was fetched then could have been published then."""
        return moment.when.year >= FIRST_YEAR and moment.when <= self.fetched_at + _TOLERANCE

    def of_machine(self, value: str) -> Moment | None:
        """Read a metadata value."""
        moment = read_machine_moment(value, language=self.language, order=self.order)
        return moment if moment and self.allows(moment) else None

    def of_text(self, text: str) -> list[Moment]:
        """Read a visible text."""
        found = read_moments(text, language=self.language, order=self.order)
        return [moment for moment in found if self.allows(moment)]
