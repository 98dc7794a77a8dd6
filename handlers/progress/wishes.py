"""What a person wants to see, as typed after a command: `TV1.3 quan 1 2025 trang 2`."""

import re
from dataclasses import dataclass

from handlers.commands import Command, split_year
from plan.answers import fold
from plan.catalogue import Catalogue

PAGE = re.compile(r"(?:^| )trang ([0-9]{1,3})$")
CODE = re.compile(r"(?:^|(?<= ))(tv|bt|vh) ?([0-9])(?:[. ]?([0-9]))?(?= |$)", re.IGNORECASE)
CITY = frozenset(
    {"thanh pho", "toan thanh pho", "tp", "tphcm", "tp hcm", "ca thanh pho", "the whole city"}
)


@dataclass(frozen=True, slots=True)
class Wish:
    """`said` is what is left of the words: an agency's name. More than one of `codes` is unclear:
    TV1 is a sentence of the plan with six indicators.
    """

    said: str
    year: int
    codes: tuple[str, ...] = ()
    page: int = 1
    unknown: str = ""
    """A code as it was typed, which no indicator bears."""

    @property
    def code(self) -> str | None:
        return self.codes[0] if len(self.codes) == 1 else None

    @property
    def of_city(self) -> bool:
        return fold(self.said) in CITY

    def command(self, name: str) -> Command:
        """The same in one order, the agency first, so that a name can be put in its place."""
        page = f"trang {self.page}" if self.page > 1 else ""
        parts = [self.said, *self.codes, str(self.year), page]
        return Command(name, " ".join(part for part in parts if part))


def read(argument: str, catalogue: Catalogue, this_year: int) -> Wish:
    text = " ".join(argument.split())
    page = PAGE.search(fold(text))
    if page:
        text = " ".join(text.split()[:-2])
    text, year = split_year(text, this_year)
    found = CODE.search(text)
    number = int(page.group(1)) if page else 1
    if found is None:
        return Wish(text, year, page=max(1, number))
    said = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
    typed = found.group(1).upper() + ".".join(filter(None, found.groups()[1:]))
    codes = tuple(
        each.code
        for each in catalogue.indicators
        if each.code == typed or each.code.startswith(f"{typed}.")
    )
    return Wish(said, year, codes, max(1, number), "" if codes else typed)
