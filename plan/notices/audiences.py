"""Who a notice is meant for, as terms: `kind:district not_reported -agency:quan-1`.

Terms of the same sort add up, terms of different sorts narrow each other down, and a minus takes
away: districts that have not reported, but for District 1.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

SCOPES, STANDINGS = ("kind", "agency"), ("not_reported", "returned")
PEOPLE = ("missed", "got", "unacked")
"""Of an earlier notice, by number: whom it did not reach, who got it, who has not confirmed."""
ALL = "all"
ROLE, DUTY = "role", "duty"


@dataclass(frozen=True, slots=True)
class Audience:
    terms: tuple[str, ...] = ()
    but: tuple[str, ...] = field(default=())

    @classmethod
    def read(cls, expression: str) -> "Audience":
        parts = expression.split()
        return cls(
            tuple(part for part in parts if not part.startswith("-")),
            tuple(part[1:] for part in parts if part.startswith("-")),
        )

    def __str__(self) -> str:
        return " ".join(chain(self.terms, (f"-{term}" for term in self.but)))

    def values(self, *sorts: str) -> list[str]:
        return values(self.terms, *sorts)

    def adding(self, other: "Audience") -> "Audience":
        """What the other names beside this: “all” says nothing any more where something narrows."""
        terms = [term for term in self.terms if term != ALL or not other.terms]
        return Audience(_once([*terms, *other.terms]), _once([*self.but, *other.but]))


def sort_of(term: str) -> str:
    return term.partition(":")[0]


def value_of(term: str) -> str:
    return term.partition(":")[2]


def values(terms: Iterable[str], *sorts: str) -> list[str]:
    """What the terms of these sorts name; a sort without a value names itself."""
    return [value_of(term) or term for term in terms if sort_of(term) in sorts]


def _once(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))
