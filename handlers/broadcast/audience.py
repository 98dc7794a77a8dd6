"""Audiences in words, and words as audiences: `cac so, chua bao cao, tru So Y te`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handlers.broadcast.bureau import Bureau
from handlers.language import Markup, Words, plain
from handlers.lookup import search
from handlers.report.drafts import code_meant
from plan.answers import fold
from plan.notices.audiences import PEOPLE, Audience, sort_of, value_of

SPOKEN = {
    "all": ("tat ca", "tat ca moi nguoi", "moi nguoi", "everyone", "all"),
    "role:focal": (
        "dau moi",
        "tat ca dau moi",
        "tat ca dau moi bao cao",
        "cac dau moi",
        "focal points",
    ),
    "role:official": ("lanh dao", "can bo tong hop", "tong hop", "officials"),
    "role:admin": ("quan tri", "quan tri vien", "administrators"),
    "kind:department": ("so", "cac so", "so nganh", "cac so nganh", "nganh", "departments"),
    "kind:district": ("quan huyen", "cac quan huyen", "quan", "huyen", "districts"),
    "kind:association": ("hoi", "cac hoi", "associations"),
    "kind:broadcaster": ("dai", "cac dai", "bao dai", "broadcasters"),
    "kind:armed_force": ("luc luong vu trang", "armed forces"),
    "kind:front": ("mat tran", "front"),
    "not_reported": (
        "chua bao cao",
        "chua nop",
        "chua nop bao cao",
        "chua gui bao cao",
        "not reported",
    ),
    "returned": ("bi tra lai", "tra lai", "bao cao bi tra lai", "returned"),
}
MISSED = ("chua nhan duoc", "lan truoc khong nhan duoc", "khong nhan duoc", "unreachable last time")
BUT = {"tru", "ngoai", "except"}
"""What follows these words, accents or not, is taken away."""
SEPARATORS = re.compile(r"[,;\n]+")
OF_NOTICE = {
    "got": re.compile(r"(?:nguoi )?(?:da )?nhan thong bao (?:so )?([0-9]+)"),
    "unacked": re.compile(r"chua (?:xac nhan|bam da nhan)(?: thong bao)? (?:so )?([0-9]+)"),
    "missed": re.compile(r"chua nhan duoc thong bao (?:so )?([0-9]+)"),
}
OFFERED = 6


@dataclass
class Meant:
    """`unread`: parts that nothing was meant by. `unsure`: parts that may be several agencies."""

    terms: list[str] = field(default_factory=list)
    but: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unsure: dict[str, list[str]] = field(default_factory=dict)

    @property
    def audience(self) -> Audience:
        return Audience().adding(Audience(tuple(self.terms), tuple(self.but)))


def read(bureau: Bureau, said: str) -> Meant:
    """Parts between commas add up as `Audience` says; what follows “except” is taken away."""
    wanted, excluded = _split(said)
    meant = Meant()
    saved = {fold(row.name): row.expression for row in bureau.audiences.saved()}
    for part in _parts(wanted):
        if fold(part) in saved:
            kept = Audience.read(saved[fold(part)])
            meant.terms += kept.terms
            meant.but += kept.but
        else:
            meant.terms += _term(bureau, part, meant)
    for part in _parts(excluded):
        meant.but += _term(bureau, part, meant)
    return meant


def _split(said: str) -> tuple[str, str]:
    """Before and after the first “except”; a second one says no more than a comma."""
    wanted: list[str] = []
    excluded: list[str] = []
    minus = False
    for word in said.replace(",", " , ").replace("\n", " , ").split():
        if fold(word) in BUT:
            minus = True
            excluded.append(",")
        else:
            (excluded if minus else wanted).append(word)
    return " ".join(wanted), " ".join(excluded)


def _parts(said: str) -> list[str]:
    return [part.strip() for part in SEPARATORS.split(said) if part.strip()]


def _term(bureau: Bureau, part: str, meant: Meant) -> list[str]:
    key = fold(part)
    for term, ways in SPOKEN.items():
        if key in ways:
            return [term]
    for sort, pattern in OF_NOTICE.items():
        if (found := pattern.fullmatch(key)) and bureau.broadcasts.get(int(found[1])):
            return [f"{sort}:{found[1]}"]
    if key in MISSED and (last := bureau.broadcasts.latest(1)):
        return [f"missed:{last[0].id}"]
    if code := code_meant(part, bureau.catalogue.codes()):
        return [f"duty:{code}"]
    found_agencies = search(part, bureau.agencies.on(bureau.today), bureau.catalogue)
    if certain := found_agencies.certain:
        return [f"agency:{certain.id}"]
    if found_agencies.agencies:
        meant.unsure[part] = [each.short for each in found_agencies.agencies[:OFFERED]]
    else:
        meant.unread.append(part)
    return []


def shown(words: Words, bureau: Bureau, audience: Audience) -> Markup:
    """In words; by the sorts in which it narrows itself down."""
    told = _joined(words, bureau, audience.terms) or words("focal points")
    if not audience.but:
        return plain(told)
    return words("{whom}, except {others}", whom=told, others=_joined(words, bureau, audience.but))


def _joined(words: Words, bureau: Bureau, terms: Sequence[str]) -> str:
    return ", ".join(_named(words, bureau, term) for term in terms)


def _named(words: Words, bureau: Bureau, term: str) -> str:
    sort, value = sort_of(term), value_of(term)
    if sort == "agency":
        agency = bureau.agencies.find(value, bureau.today)
        return agency.short if agency else value
    if sort == "duty":
        return str(words("responsible for {code}", code=value))
    if sort in PEOPLE:
        told = {
            "missed": words("not reached by notice no. {n}", n=value),
            "got": words("got notice no. {n}", n=value),
            "unacked": words("have not confirmed notice no. {n}", n=value),
        }
        return str(told[sort])
    return str(names(words).get(term, term))


def names(words: Words) -> Mapping[str, Markup]:
    return {
        "all": words("everyone"),
        "role:focal": words("focal points"),
        "role:official": words("officials"),
        "role:admin": words("administrators"),
        "kind:department": words("departments"),
        "kind:district": words("districts"),
        "kind:association": words("associations"),
        "kind:broadcaster": words("broadcasters"),
        "kind:armed_force": words("armed forces"),
        "kind:front": words("the Fatherland Front"),
        "not_reported": words("have not reported this year"),
        "returned": words("report returned"),
    }
