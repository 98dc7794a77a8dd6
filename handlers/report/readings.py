"""The reader, asked as the question stands: by the indicator's unit, the year, today."""

from handlers.report.drafts import indicator_of
from handlers.report.interview import Interview
from plan.answers import Kind, Reading, read
from plan.answers.corrections import split_code
from plan.answers.spelling import spoken
from plan.catalogue import Indicator, Unit


def read_for(interview: Interview, indicator: Indicator, text: str) -> Reading:
    kind = Kind.SHARE if indicator.unit is Unit.SHARE else Kind.VISITS
    return read(kind, text, today=interview.today, year=interview.year)


def coded(interview: Interview, text: str) -> tuple[Indicator | None, str]:
    """The indicator that is named before its figure, "TV1.2: 12/15", and the rest of the words."""
    code, rest = split_code(spoken(text) or "")
    named = indicator_of(interview.catalogue, code)
    return (named, rest) if named else (None, text)
