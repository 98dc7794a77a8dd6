"""Which answers of a report are meant, as officials type their codes."""

import re
from collections.abc import Sequence

from handlers.commands import YEAR_DIGITS
from handlers.language import Markup
from handlers.reminding.errand import Errand
from handlers.report.drafts import code_meant
from plan.words import fold
from storage.approvals import Approvals
from storage.tables import Report

ALL = ("tat ca", "toan bo", "all")
BUT = ("tru", "but", "except")
AND = ("va", "and")
BETWEEN = re.compile(r"\s*[,;]\s*")


def waiting(errand: Errand, report: Report) -> list[str]:
    """What it answers and what is not approved by itself, in the plan's order."""
    held = Approvals(errand.session).held(report).waiting
    return [code for code in errand.lookup.catalogue.codes() if code in held]


def split(argument: str, errand: Errand) -> tuple[str, int, str]:
    """`quan 1 2024 TV1.3 mẫu số…` → the agency, the year, and what follows from the first code."""
    typed, codes = argument.split(), errand.lookup.catalogue.codes()
    place = next((n for n in range(len(typed)) if n and _code_at(typed, n, codes)), len(typed))
    before, rest = typed[:place], " ".join(typed[place:])
    year = errand.today.year
    if before and before[-1].isdecimal() and len(before[-1]) == YEAR_DIGITS:
        year = int(before.pop())
    return " ".join(before), year, rest


def _code_at(typed: Sequence[str], place: int, codes: Sequence[str]) -> tuple[str, int] | None:
    """The code that stands there, and of how many words: `TV1.3,` or `TV 1.3`."""
    for length in (2, 1):
        said = " ".join(typed[place : place + length]).rstrip(",;:")
        # "Quận 1 tv" is no code, nor is a bare number.
        if len(typed) >= place + length and not said.isdecimal():
            code = code_meant(said, codes)
            if code is not None:
                return code, length
    return None


def read_codes(said: str, codes: Sequence[str]) -> tuple[list[str], str]:
    """The codes at its head, and the words after them."""
    typed, picked, place = said.split(), list[str](), 0
    while place < len(typed) and (found := _code_at(typed, place, codes)):
        picked.append(found[0])
        place += found[1]
    return list(dict.fromkeys(picked)), " ".join(typed[place:]).lstrip("-–: ")


def read_picked(said: str, codes: Sequence[str]) -> tuple[list[str], str]:
    """`TV1.3, VH2`, "tất cả", "tất cả trừ TV2.3" → those of the codes, and what is none of them."""
    words = [word for word in BETWEEN.sub(" ", said).split() if fold(word) not in AND]
    folded = [fold(word).strip(":") for word in words]
    whole = next((n for n in (2, 1) if " ".join(folded[:n]) in ALL), 0)
    but = whole < len(folded) and folded[whole] in BUT
    listed = " ".join(words[whole + but :])
    picked, rest = read_codes(listed, codes)
    if but:
        return ([code for code in codes if code not in picked] if picked else []), rest
    if whole:
        return (list(codes) if not listed else []), listed
    return picked, rest


def unknown(errand: Errand, report: Report, said: str) -> Markup:
    """Why what was typed picks nothing."""
    every = errand.lookup.catalogue.codes()
    if told := decided_already(errand, report, read_codes(BETWEEN.sub(" ", said), every)[0]):
        return told
    return errand.words("There is no answer “{code}” in this report.", code=said[:20])


def decided_already(errand: Errand, report: Report, picked: Sequence[str]) -> Markup:
    """Nothing, where none of them is approved."""
    approved = Approvals(errand.session).held(report).approved
    found = [code for code in picked if code in approved]
    if not found:
        return Markup()
    return errand.words(
        "Approved already: {codes}. To be changed, the report is opened again by /molai.",
        codes=", ".join(found),
    )
