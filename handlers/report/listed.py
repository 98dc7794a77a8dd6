"""A total beside the facility register: where they differ it is asked why, nothing is refused."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.language import Markup, Words
from handlers.report.drafts import Draft, as_of
from handlers.report.interview import Interview
from handlers.report.pending import Answer, Pending
from plan import facilities
from plan.answers import NoObject, Share
from plan.catalogue import Catalogue, Indicator
from plan.facilities import Listed
from plan.warnings import OF_TOTALS
from storage.facilities import Facilities
from storage.figures import Figure

NAMES_SHOWN = 40


def total_of(given: Answer) -> int | None:
    """What was counted in all; nothing to count is none."""
    match given:
        case Share(_, total):
            return total
        case NoObject():
            return 0
    return None


def beside(catalogue: Catalogue, indicator: Indicator, pending: Pending, listed: Listed) -> Pending:
    """The answer with what is unusual in it beside the register."""
    total = total_of(pending.given)
    asked = None if total is None else facilities.question(listed.count, total)
    if asked is None or not facilities.key_of(catalogue, indicator):
        return pending
    return replace(pending, unusual=(asked, *pending.unusual), listed=listed)


def checked(interview: Interview, draft: Draft, indicator: Indicator, pending: Pending) -> Pending:
    """As of the day of the figures; with the reason that was given for this very total before."""
    catalogue, on = interview.catalogue, as_of(draft.report.year, interview.today)
    key = facilities.key_of(catalogue, indicator)
    if total_of(pending.given) is None or not key:
        return pending
    count = Facilities(interview.reports.session).count(draft.agency.id, key, on)
    listed = Listed(count, on, indicator.category, indicator.system)
    pending = beside(catalogue, indicator, pending, listed)
    if pending.listed is None or set(pending.unusual) - OF_TOTALS:
        return pending
    return replace(pending, because=_explained(catalogue, draft, key, pending))


def _explained(catalogue: Catalogue, draft: Draft, key: str, pending: Pending) -> str:
    """The same difference is asked about once, whichever indicator it is met at."""
    total = total_of(pending.given)
    for code, figure in draft.figures.items():
        same = facilities.key_of(catalogue, catalogue.indicator(code)) == key
        if same and figure.reason and _total(figure) == total:
            return figure.reason
    return ""


def _total(figure: Figure) -> int | None:
    return 0 if figure.state == "no_object" else figure.denominator


def note(words: Words, listed: Listed, total: int) -> Markup:
    return words(
        "Please note: the register of {day} has {count} {what}, reported are {total}.",
        day=words.day(listed.on),
        count=words.number(listed.count),
        what=_lower(listed.name),
        total=words.number(total),
    )


def question(words: Words, code: str, pending: Pending) -> Markup:
    """Which of them: that is what somebody at the agency knows and nobody else."""
    listed, total = pending.listed, total_of(pending.given) or 0
    if listed is None:
        return Markup()
    which = _which_is_gone(words) if total < listed.count else _which_is_new(words)
    return words(
        "{code}: the register of {day} has {count} {what}, you report {total}. {which}",
        code=code,
        day=words.day(listed.on),
        count=words.number(listed.count),
        what=_lower(listed.name),
        total=words.number(total),
        which=which.get(listed.system, which[""]),
    )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _which_is_gone(words: Words) -> Mapping[str, Markup]:
    return {
        "thu_vien": words("Which library is no more?"),
        "bao_tang": words("Which museum is no more?"),
        "": words("Which centre is no more?"),
    }


def _which_is_new(words: Words) -> Mapping[str, Markup]:
    return {
        "thu_vien": words("Which library is not in the register yet?"),
        "bao_tang": words("Which museum is not in the register yet?"),
        "": words("Which centre is not in the register yet?"),
    }


def names(interview: Interview, code: str, listed: Listed) -> list[Markup]:
    """The list that the total is compared with, in the register's own words."""
    words, catalogue = interview.words, interview.catalogue
    key = facilities.key_of(catalogue, catalogue.indicator(code))
    held = Facilities(interview.reports.session)
    found = held.standing(listed.on, interview.agency_id, key)
    (rows,) = facilities.by_place(found).values() if found else ([],)
    title = words(
        "<b>Register on {day}: {what}, {count}</b>",
        day=words.day(listed.on),
        what=listed.name,
        count=words.number(len(rows)),
    )
    lines = [words("{n}. {name}", n=n, name=each.name) for n, each in enumerate(rows, 1)]
    shown = lines[:NAMES_SHOWN]
    if more := len(lines) - len(shown):
        shown.append(words("… and {count} more", count=words.number(more)))
    return [title, *shown]
