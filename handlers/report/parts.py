"""The sub-counts of a compound indicator, part by part; whoever has only the whole keeps it."""

from collections.abc import Sequence

from aiogram import Router

from handlers.commands import FOCAL
from handlers.language import Markup, Words, join
from handlers.report import cards, failures
from handlers.report.buttons import leaving
from handlers.report.figures import CONFIRM, ask_same, confirm, keep, tell
from handlers.report.interview import FIGURE, Interview
from handlers.report.misreadings import explain
from handlers.report.pending import PART, Pending, kept, pending_of
from handlers.report.readings import read_for
from handlers.report.reasons import proceed
from handlers.report.signals import obey
from handlers.routing import At, Chose, May, Replies, Reply, say
from handlers.talk import Option, Talk, Turn
from plan import compound
from plan.answers import (
    Ask,
    Count,
    NoData,
    NoObject,
    Reading,
    Refuse,
    Share,
    Signal,
    Unreadable,
    Value,
)
from plan.catalogue import Catalogue, Indicator, PartsKind
from plan.compound import Misfit
from storage.figures import Figure

NONE = Share(0, 0)
"""A group that the agency does not have."""


def begin(interview: Interview, talk: Talk, catalogue: Catalogue) -> Replies:
    """From the card: who has only the groups need not add them up."""
    indicator = catalogue.indicator(talk.data["code"])
    return ask_part(interview, indicator, kept(talk) | {"said": ""}, None, [])


def begin_with_whole(interview: Interview, talk: Talk, catalogue: Catalogue) -> Replies:
    """The whole was confirmed with this very press: it is kept before its parts are asked for."""
    data, draft = talk.data, interview.draft()
    pending = pending_of(data)
    found = keep(interview, draft, pending)
    if not isinstance(found, Figure):
        return found
    indicator = catalogue.indicator(found.indicator)
    asked = ask_part(interview, indicator, kept(talk) | pending.packed(), _whole(pending), [])
    return [tell(interview, draft, found), asked]


def ask_part(
    interview: Interview,
    indicator: Indicator,
    data: dict[str, object],
    whole: Share | None,
    given: Sequence[Share],
) -> Reply:
    talk, words, n = interview.talk, interview.words, len(given) + 1
    lines = [
        words(
            "{code}, part {n} of {total}: <b>{part}</b>",
            code=indicator.code,
            n=n,
            total=len(indicator.parts),
            part=indicator.parts[n - 1].name,
        ),
        _wanted(words, indicator, whole),
    ]
    options = [
        Option("whole", words("The whole only"), words("whole|whole only")),
        Option("again", words("Enter again"), words("no|wrong")),
        leaving(words),
    ]
    if indicator.parts_kind is PartsKind.GROUPS:
        options.insert(0, Option("none", words("Nothing to count"), words("no object")))
        left = compound.rest(whole, given) if whole and n == len(indicator.parts) else None
        if left and left.denominator:
            label = cards.ratio(words, left.numerator, left.denominator)
            options.insert(0, Option("rest", label, f"{left.numerator}/{left.denominator}"))
    counts = [[each.numerator, each.denominator] for each in given]
    return talk.ask(PART, join(lines), options, data=data | {"counts": counts})


def _wanted(words: Words, indicator: Indicator, whole: Share | None) -> Markup:
    if indicator.parts_kind is PartsKind.CONDITIONS and whole:
        return words(
            "How many of the {total}? From {met} to {total}, because {met} meet every part.",
            total=words.number(whole.denominator),
            met=words.number(whole.numerator),
        )
    asked = words("How many met, of how many? For example: {example}", example="8/10")
    if whole is None:
        return asked
    shown = cards.ratio(words, whole.numerator, whole.denominator)
    return join([words("The whole: {figure}", figure=shown), asked])


def read_part(interview: Interview, talk: Talk, turn: Turn, catalogue: Catalogue) -> Replies:
    indicator = catalogue.indicator(talk.data["code"])
    reading = read_for(interview, indicator, turn.text)
    match reading:
        case Value(Share() as given, estimate=about) | Ask((Share() as given,), _, estimate=about):
            talk.note(estimate=about or talk.data.get("estimate", False))
            return _add(interview, indicator, given, turn.text)
        case Ask((Count(met),), "total_missing") if total := _total(interview, indicator):
            return _add(interview, indicator, Share(met, total), turn.text)
        case NoObject() | Ask((), "no_object?"):
            return add_none(interview, talk, turn, catalogue)
        case NoData():
            return go_without(interview, talk)
    return _obey(interview, indicator, reading, turn.text)


def _obey(interview: Interview, indicator: Indicator, reading: Reading, said: str) -> Replies:
    """Words about the conversation; anything else could not be read."""
    talk = interview.talk
    match reading:
        case Signal.SKIP:
            return go_without(interview, talk)
        case Signal.NO:
            return ask_same(interview, talk)
    if obeyed := obey(interview, indicator, reading):
        return obeyed
    problem = reading if isinstance(reading, Refuse | Ask) else Unreadable()
    return failures.tell(interview, explain(interview.words, problem, said, indicator), said)


def _total(interview: Interview, indicator: Indicator) -> int:
    """Conditions are counted over the total of the whole, which need not be typed again."""
    whole = _known(interview)
    return whole.denominator if whole and indicator.parts_kind is PartsKind.CONDITIONS else 0


def add_none(interview: Interview, talk: Talk, turn: Turn, catalogue: Catalogue) -> Replies:
    indicator = catalogue.indicator(talk.data["code"])
    if total := _total(interview, indicator):
        return _add(interview, indicator, Share(0, total), turn.text)
    return _add(interview, indicator, NONE, turn.text)


def add_rest(interview: Interview, talk: Talk, turn: Turn, catalogue: Catalogue) -> Replies:
    """What the other parts leave of the whole: one press instead of a subtraction."""
    whole = _known(interview)
    left = compound.rest(whole, _given(talk)) if whole else None
    return _add(interview, catalogue.indicator(talk.data["code"]), left or NONE, turn.text)


def _add(interview: Interview, indicator: Indicator, part: Share, said: str) -> Replies:
    talk, whole = interview.talk, _known(interview)
    given = [*_given(talk), part]
    conditions, count = indicator.parts_kind is PartsKind.CONDITIONS, len(indicator.parts)
    if conditions and whole and (problem := compound.misfit(whole, given, count)):
        told = _misfit(interview.words, indicator, problem, whole, given)
        return failures.tell(interview, told, said)
    before, shown = talk.data["said"], said or f"{part.numerator}/{part.denominator}"
    said = f"{before}; {shown}" if before else shown
    if len(given) < count:
        data = {**talk.data, "said": said, "failures": 0}
        return ask_part(interview, indicator, data, whole, given)
    return _confirm(interview, indicator, said, given)


def _confirm(
    interview: Interview, indicator: Indicator, said: str, given: Sequence[Share]
) -> Replies:
    """The sum of the groups, shown with them; of conditions the whole as it was."""
    words, whole, codes = interview.words, _known(interview), [p.code for p in indicator.parts]
    parts = tuple(zip(codes, given, strict=True))
    about = interview.talk.data.get("estimate", False)
    if indicator.parts_kind is PartsKind.CONDITIONS and whole:
        return confirm(interview, indicator, Pending(whole, said, about, parts=parts))
    total = compound.pooled(given)
    if total == NONE:
        return confirm(interview, indicator, Pending(NoObject(), said))
    note = Markup()
    if whole and total != whole:
        note = words(
            "The parts come to another figure than {whole}, which was recorded before.",
            whole=cards.ratio(words, whole.numerator, whole.denominator),
        )
    return confirm(interview, indicator, Pending(total, said, about, parts=parts), note)


def _misfit(
    words: Words, indicator: Indicator, problem: Misfit, whole: Share, given: Sequence[Share]
) -> Markup:
    met, total = words.number(whole.numerator), words.number(whole.denominator)
    if problem is Misfit.OVERLAP:
        least = words.number(compound.least(given))
        return words(
            "{code}: with these parts at least {least} must meet every one of them, not {met}.",
            code=indicator.code,
            least=least,
            met=met,
        )
    return words(
        "{code}: this part lies between {met}, which meet every part, and {total} in all.",
        code=indicator.code,
        met=met,
        total=total,
    )


def go_without(interview: Interview, talk: Talk) -> Replies:
    """The whole that was kept stands; without one, it is asked for."""
    draft, code = interview.draft(), talk.data["code"]
    whole = _known(interview)
    if whole is None or code not in draft.figures:
        return ask_same(interview, talk)
    if cards.figure_answer(draft.figures[code]) != whole:
        return interview.go_on(draft, code)  # A colleague has recorded another one meanwhile.
    return proceed(interview, draft, draft.figures[code], pending_of(talk.data))


def _known(interview: Interview) -> Share | None:
    data = interview.talk.data
    return _whole(pending_of(data)) if "given" in data else None


def _whole(pending: Pending) -> Share | None:
    return pending.given if isinstance(pending.given, Share) else None


def _given(talk: Talk) -> list[Share]:
    return [Share(met, total) for met, total in talk.data["counts"]]


def build_router() -> Router:
    router = Router(name="parts")
    focal, here = May(FOCAL), At(PART)
    say(router, begin, focal, At(FIGURE), Chose("parts"))
    say(router, begin_with_whole, focal, At(CONFIRM), Chose("parts"))
    say(router, add_none, focal, here, Chose("none"))
    say(router, add_rest, focal, here, Chose("rest"))
    say(router, go_without, focal, here, Chose("whole", "skip"))
    say(router, read_part, focal, here)
    return router
