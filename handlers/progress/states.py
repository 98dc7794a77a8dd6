"""How a judgement is put into words: reached or not, or which kind of nothing there is."""

from datetime import timedelta

from handlers.language import Markup, Words
from handlers.report import cards
from plan.attainment import BASES, Assessment, Judgement, Standing
from plan.attainment.judging import FIRST

WITHOUT_BASE = frozenset({Standing.NO_BASE, Standing.ZERO_BASE, Standing.OTHER_GROUND})


def effective(judgement: Judgement) -> Standing:
    """What the figures say, be they official or provisional; `WAITING` says neither."""
    if judgement.standing is Standing.WAITING and judgement.provisional_standing:
        return judgement.provisional_standing
    return judgement.standing


def main(found: Assessment) -> Judgement:
    """The one that the year is about: 2025 up to that year, 2030 after it."""
    return found.in_2025 if found.year <= FIRST else found.in_2030


def other(found: Assessment) -> Judgement:
    return found.in_2030 if found.year <= FIRST else found.in_2025


def shown(found: Assessment) -> Judgement:
    """The one that there are figures for; that of the year itself before the other."""
    return other(found) if not main(found).best and other(found).best else main(found)


def head(words: Words, found: Assessment, *, draft: bool = False) -> Markup:
    """Both targets in one line, with what is provisional said first."""
    both = found.in_2025, found.in_2030
    if all(effective(each) is Standing.MET for each in both):
        targets = [cards.target(each.goal.target) for each in both]
        told = words(
            "targets of 2025 ({t2025}) and 2030 ({t2030}) met", t2025=targets[0], t2030=targets[1]
        )
    else:
        first, second = (verdict(words, each) for each in both)
        told = words("{first}, {second}", first=first, second=second)
    if all(each.standing is not Standing.WAITING for each in both):
        return told
    if draft:
        return words("draft, provisionally: {head}", head=told)
    return words("waiting for approval, provisionally: {head}", head=told)


def verdict(words: Words, judgement: Judgement) -> Markup:
    year, wanted = judgement.goal.year, cards.target(judgement.goal.target)
    match effective(judgement):
        case Standing.EXCEEDED:
            return words("above the {year} target ({target})", year=year, target=wanted)
        case Standing.MET:
            return words("{year} target met ({target})", year=year, target=wanted)
        case Standing.NOT_MET:
            return words("{year} target not met ({target})", year=year, target=wanted)
        case Standing.UNDERWAY:
            return words("on the way to the {year} target ({target})", year=year, target=wanted)
    return words("{year} target: {state}", year=year, state=grey(words, judgement))


def grey(words: Words, judgement: Judgement) -> Markup:
    """Why there is no figure to judge. None of these is zero."""
    covered, base = judgement.coverage, BASES[judgement.goal.year]
    if judgement.standing is Standing.ENDED:
        return _ended(words, judgement)
    told = {
        Standing.NOT_ASSIGNED: words("not assigned"),
        Standing.NOT_DUE: words("not due yet"),
        Standing.NOT_REPORTED: words("not reported"),
        Standing.NO_DATA: words("no data yet"),
        Standing.WAITING: words("waiting for approval"),
        Standing.NO_BASE: words("not enough data: no figure of {year} to count from", year=base),
        Standing.ZERO_BASE: words(
            "{year} counted 0 visits, so there is no growth to compute", year=base
        ),
        Standing.OTHER_GROUND: words(
            "not comparable with {year}, counted on another territory", year=base
        ),
    }
    if judgement.standing in told:
        return told[judgement.standing]
    if covered.not_applicable and not covered.no_object:
        return words("not for this agency to answer")
    return words("nothing to count")


def _ended(words: Words, judgement: Judgement) -> Markup:
    last = judgement.why.ended_on
    if last is None:
        return words("nothing to count")
    return words("no such object since {day}", day=words.day(last + timedelta(days=1)))
