r"""The table of answers in `cases/`: one a line, `id | kind | text | expectation`.

Blank lines and lines that start with # are left out. In the text `\n`, `\\`, `\x20`, `\u0301` and
`\U0001f44d` stand for one character. An expectation is one or more of these, joined by ` or `:

    value GIVEN [confirm | confirm?] [estimate] [note NOTE]
    ask [GIVEN…] [only] [because REASON/REASON]
    refuse [GIVEN…] [because REASON/REASON]
    postpone [DAY]
    no_data, no_object, not_applicable, yes, no, skip, back, help, cancel, unreadable

GIVEN is `12/15`, `1250` (percent where the kind is growth), `2026-11-05` or `"a text"`. A value is
literal without `confirm`, and may be either with `confirm?`. An estimate is one exactly where the
line says so. What an answer offers must hold every GIVEN, and with `only` nothing else. Reasons,
notes and days count where the line names them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from plan.answers import (
    Ask,
    Count,
    Day,
    Given,
    Growth,
    Kind,
    NoData,
    NoObject,
    NotApplicable,
    Postpone,
    Reading,
    Refuse,
    Share,
    Signal,
    Text,
    Unreadable,
    Value,
)

CASES = Path(__file__).parent / "cases"
BARE: dict[str, Reading] = {
    "no_data": NoData(),
    "no_object": NoObject(),
    "not_applicable": NotApplicable(),
    "unreadable": Unreadable(),
    **{signal.value: signal for signal in Signal},
}
ESCAPE = re.compile(r"\\(?:n|\\|x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))", re.IGNORECASE)
TOKEN = re.compile(r'"[^"]*"|\S+')
SHARE = re.compile(r"(\d+)/(\d+)")


@dataclass(frozen=True, slots=True)
class Expectation:
    outcome: str
    given: frozenset[Given]
    marks: frozenset[str]
    reasons: frozenset[str]
    note: str

    def fits(self, reading: Reading) -> bool:
        match reading:
            case Value():
                return self.outcome == "value" and self._fits_value(reading)
            case Ask() | Refuse():
                return self.outcome == type(reading).__name__.lower() and self._fits_offer(reading)
            case Postpone(on):
                wanted = {Day(on)} if on else set()
                return self.outcome == "postpone" and self.given <= wanted
        return BARE.get(self.outcome) == reading

    def _fits_value(self, value: Value) -> bool:
        return (
            self.given == {value.given}
            and ("confirm?" in self.marks or value.confirm == ("confirm" in self.marks))
            and value.estimate == ("estimate" in self.marks)
            and self.note in {"", value.note}
        )

    def _fits_offer(self, offer: Ask | Refuse) -> bool:
        return (
            self.given <= set(offer.readings)
            and ("only" not in self.marks or self.given == set(offer.readings))
            and (not self.reasons or offer.reason in self.reasons)
        )


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    kind: Kind
    text: str
    expected: str

    def met_by(self, reading: Reading) -> bool:
        return any(self._expect(part).fits(reading) for part in self.expected.split(" or "))

    def _expect(self, words: str) -> Expectation:
        before, _, note = words.partition(" note ")
        before, _, reasons = before.partition(" because ")
        outcome, *rest = TOKEN.findall(before)
        marks = {"confirm", "confirm?", "estimate", "only"} & set(rest)
        return Expectation(
            outcome,
            frozenset(self._given(token) for token in rest if token not in marks),
            frozenset(marks),
            frozenset(reasons.split("/")) - {""},
            note.strip(),
        )

    def _given(self, token: str) -> Given:
        if token.startswith('"'):
            return Text(unescape(token.strip('"')))
        if share := SHARE.fullmatch(token):
            return Share(int(share[1]), int(share[2]))
        if token.count("-") > 1:
            return Day(date.fromisoformat(token))
        return Growth(Fraction(token)) if self.kind is Kind.GROWTH else Count(int(token))


def unescape(text: str) -> str:
    def character(escape: re.Match[str]) -> str:
        code = escape[1] or escape[2] or escape[3]
        return chr(int(code, 16)) if code else {"n": "\n", "\\": "\\"}[escape[0][1]]

    return ESCAPE.sub(character, text)


def cases() -> Iterator[Case]:
    for file in sorted(CASES.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                name, kind, text, expected = line.split(" | ", 3)
                yield Case(name, Kind(kind), unescape(text), expected)
