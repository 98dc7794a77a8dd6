"""An answer that awaits its confirmation, as it is kept with the question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from handlers.talk import Talk
from plan.answers import Count, NoData, NoObject, NotApplicable, Share
from plan.facilities import Listed
from plan.warnings import Unusual

Answer: TypeAlias = Share | Count | NoData | NoObject | NotApplicable

PART, BEFORE = "report.part", "report.before"
"""Questions about details of an answer: what is typed there is not the answer itself."""
KEPT = ("year", "agency", "code", "from_review", "aside", "shown", "written")
WITHOUT_FIGURE: dict[str, NoData | NoObject | NotApplicable] = {
    "no_data": NoData(),
    "no_object": NoObject(),
    "not_applicable": NotApplicable(),
}


@dataclass(frozen=True, slots=True)
class Pending:
    given: Answer
    said: str
    estimate: bool = False
    before: int | None = None
    """For growth: last year's count on the same territory."""
    asked: bool = False
    """Last year's count was asked for; None means that there is none."""
    parts: tuple[tuple[str, Share], ...] = ()
    """Sub-counts of a compound indicator, by the code of the part."""
    unusual: tuple[Unusual, ...] = ()
    """What stands out beside last year or the register, so that a reason is asked for."""
    listed: Listed | None = None
    """What the register has, where that is another total."""
    because: str = ""
    """The reason that was given for this total before: it is not asked for again."""

    def packed(self) -> dict[str, Any]:
        return {
            "given": packed(self.given),
            "said": self.said,
            "estimate": self.estimate,
            "before": self.before,
            "asked": self.asked,
            "parts": [[code, *packed(part)] for code, part in self.parts],
            "unusual": list(self.unusual),
            "listed": self.listed and _listed(self.listed),
            "because": self.because,
        }


def pending_of(data: Mapping[str, Any]) -> Pending:
    """Of a question that an earlier version put, what it did not know is left out."""
    return Pending(
        given=unpacked(data["given"]),
        said=data["said"],
        estimate=data.get("estimate", False),
        before=data.get("before"),
        asked=data.get("asked", False),
        parts=tuple((code, Share(met, total)) for code, _, met, total in data.get("parts", ())),
        unusual=tuple(Unusual(each) for each in data.get("unusual", ())),
        listed=listed_of(data.get("listed")),
        because=data.get("because", ""),
    )


def _listed(listed: Listed) -> list[int | str]:
    return [listed.count, listed.on.isoformat(), listed.name, listed.system]


def listed_of(data: list[Any] | None) -> Listed | None:
    if data is None:
        return None
    count, on, name, system = data
    return Listed(count, date.fromisoformat(on), name, system)


def kept(talk: Talk) -> dict[str, object]:
    """What goes along from step to step; `written` is the message that holds the answer."""
    data = talk.data
    typed = talk.turn.written_id is not None and talk.chosen() is None
    if typed and talk.step not in {PART, BEFORE}:
        data["written"] = talk.turn.written_id
    return {key: data[key] for key in KEPT if key in data}


def packed(given: Answer) -> list[int | str]:
    match given:
        case Share(numerator, denominator):
            return ["share", numerator, denominator]
        case Count(value):
            return ["count", value]
    return [next(key for key, answer in WITHOUT_FIGURE.items() if answer == given)]


def unpacked(data: list[int | str]) -> Answer:
    match data:
        case ["share", int(numerator), int(denominator)]:
            return Share(numerator, denominator)
        case ["count", int(value)]:
            return Count(value)
        case [str(key)]:
            return WITHOUT_FIGURE[key]
    raise ValueError(data)
