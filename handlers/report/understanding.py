"""What a typed answer turns out to be, and what is asked next because of it."""

from dataclasses import replace
from fractions import Fraction

from aiogram import Router

from handlers.commands import FOCAL
from handlers.language import Words
from handlers.report import cards, failures, listed
from handlers.report.choices import TOTAL, WHICH, ask_instead, ask_nothing, ask_total, ask_which
from handlers.report.figures import CONFIRM, ask_same, leave, save, save_figure
from handlers.report.growth import consider
from handlers.report.interview import FIGURE, Interview
from handlers.report.misreadings import doubt, explain
from handlers.report.pending import Answer, Pending, pending_of, unpacked
from handlers.report.readings import coded, read_for
from handlers.report.reasons import weighed
from handlers.report.signals import obey
from handlers.routing import At, Chose, May, Replies, say
from handlers.talk import Talk, Turn
from plan.answers import (
    Ask,
    Count,
    Kind,
    NoData,
    NoObject,
    NotApplicable,
    Postpone,
    Reading,
    Refuse,
    Share,
    Signal,
    Unreadable,
    Value,
    read,
)
from plan.answers.shares import checked
from plan.catalogue import Catalogue, Indicator, Unit


def read_figure(interview: Interview, talk: Talk, turn: Turn, catalogue: Catalogue) -> Replies:
    """Reads a typed figure. What is not certain is asked about, never recorded."""
    named, rest = coded(interview, turn.text)
    if named is not None and named.code != talk.data["code"]:
        return take_elsewhere(interview, named, rest, turn.text)
    indicator = catalogue.indicator(talk.data["code"])
    return take(interview, indicator, read_for(interview, indicator, rest), turn.text)


def take_elsewhere(interview: Interview, indicator: Indicator, text: str, said: str) -> Replies:
    """An answer to another question than the open one, which comes back afterwards."""
    talk, words, draft = interview.talk, interview.words, interview.draft()
    code = indicator.code
    if code not in draft.codes:
        told = words("There is no question “{code}” in your report.", code=code)
        return [talk.say(told), *talk.ask_again()]
    reading = read_for(interview, indicator, text)
    if isinstance(reading, Signal | Postpone | Unreadable) or _is_refused(reading):
        problem = reading if isinstance(reading, Refuse | Ask) else Unreadable()
        return failures.tell(interview, explain(words, problem, said, indicator), said)
    aside, figure = talk.data.get("aside") or talk.set_aside(), draft.figures.get(code)
    talk.note(code=code, aside=aside, shown=figure.id if figure else None)
    return take(interview, indicator, reading, said)


def take(interview: Interview, indicator: Indicator, reading: Reading, said: str) -> Replies:
    match reading:
        case Value((Share() | Count()) as given):
            return consider(interview, indicator, Pending(given, said, reading.estimate))
        case NoData() | NoObject() | NotApplicable():
            return consider(interview, indicator, Pending(reading, said))
        case Signal() | Postpone():
            obeyed = obey(interview, indicator, reading)
            return obeyed or refuse(interview, indicator, reading, said)
        case Ask() if not _is_refused(reading):
            return weigh(interview, indicator, reading, said)
        case _:
            return refuse(interview, indicator, reading, said)


def weigh(interview: Interview, indicator: Indicator, reading: Ask, said: str) -> Replies:
    """Perhaps this, perhaps that: what is still open is asked for, and nothing else."""
    words, readings = interview.words, _figures(reading)
    match readings:
        case [Count(met)] if indicator.unit is Unit.SHARE:
            return _complete(interview, indicator, met, reading, said)
        case [given]:
            pending = Pending(given, said, reading.estimate)
            return consider(interview, indicator, pending, doubt(words, reading.reason))
        case [_, *_]:
            return ask_which(interview, indicator, readings, said, estimate=reading.estimate)
    if reading.reason == "as_before":
        return take_last_years(interview, indicator, said)
    if reading.reason == "none?":
        return ask_nothing(interview, indicator, said)
    return consider(interview, indicator, Pending(NoObject(), said))


def _is_refused(reading: Reading) -> bool:
    """Asking has no candidate to offer: then it says why nothing could be made of the words."""
    if isinstance(reading, Ask):
        return not _figures(reading) and reading.reason not in {"as_before", "none?", "no_object?"}
    return isinstance(reading, Refuse) and not reading.readings


def _figures(reading: Ask | Refuse) -> list[Answer]:
    return [given for given in reading.readings if isinstance(given, Share | Count)]


def _complete(
    interview: Interview, indicator: Indicator, met: int, reading: Ask, said: str
) -> Replies:
    """After an echo a single number corrects what was met; the total stands as it was told."""
    talk = interview.talk
    before = pending_of(talk.data).given if talk.step == CONFIRM else None
    if isinstance(before, Share) and met <= before.denominator:
        given = replace(before, numerator=met)
        return consider(interview, indicator, Pending(given, f"{said} / {before.denominator}"))
    return ask_total(interview, indicator, met, said, estimate=reading.estimate)


def take_last_years(interview: Interview, indicator: Indicator, said: str) -> Replies:
    """Last year's figure is looked up and shown; like any other it counts once confirmed."""
    words, year = interview.words, interview.year - 1
    earlier = interview.earlier(interview.agency_id, indicator.code, year + 1)
    given = cards.figure_answer(earlier) if earlier else None
    if given is None:
        told = words("{code}: there is no figure of {year} here.", code=indicator.code, year=year)
        return failures.tell(interview, told, said)
    note = words("This is the figure of {year}.", year=year)
    return consider(interview, indicator, Pending(given, said), note)


def refuse(interview: Interview, indicator: Indicator, reading: Reading, said: str) -> Replies:
    """What was read, why it is not accepted, one example; and what may have been meant."""
    words, talk = interview.words, interview.talk
    problem = reading if isinstance(reading, Refuse | Ask) else Unreadable()
    if indicator.unit is Unit.GROWTH and _is_growth(interview, problem, said):
        problem = Refuse("growth")
    told = explain(words, problem, said, indicator, total_only=talk.step == TOTAL)
    if isinstance(problem, Refuse) and (readings := _figures(problem)):
        return ask_instead(interview, told, readings, said)
    return failures.tell(interview, told, said)


def _is_growth(interview: Interview, problem: Refuse | Ask | Unreadable, said: str) -> bool:
    """A percentage, as in "tăng 12%", answers a question that is not put: it is computed here."""
    if problem == Refuse("percent"):
        return True
    reading = read(Kind.GROWTH, said, today=interview.today, year=interview.year)
    return isinstance(problem, Unreadable) and isinstance(reading, Value | Ask)


def save_reading(interview: Interview, talk: Talk, chosen: str) -> Replies:
    """The reading that was picked; it was shown as it counts, so it needs no second yes."""
    data, indicator = talk.data, interview.catalogue.indicator(talk.data["code"])
    given, estimate = unpacked(data["readings"][int(chosen)]), data.get("estimate", False)
    pending = Pending(given, data["said"], estimate)
    if isinstance(given, Count) and indicator.unit is Unit.SHARE:
        return ask_total(interview, indicator, given.value, pending.said, estimate=estimate)
    if isinstance(pending.given, Share) and (
        indicator.parts or _is_unusual(interview, indicator, pending)
    ):
        return consider(interview, indicator, pending)
    if isinstance(pending.given, Count):
        return consider(interview, indicator, pending)
    return save(interview, pending)


def _is_unusual(interview: Interview, indicator: Indicator, pending: Pending) -> bool:
    earlier = interview.earlier(interview.agency_id, indicator.code, interview.year)
    seen = weighed(pending, earlier)
    return bool(listed.checked(interview, interview.draft(), indicator, seen).unusual)


def read_total(interview: Interview, talk: Talk, turn: Turn, catalogue: Catalogue) -> Replies:
    data = talk.data
    indicator = catalogue.indicator(data["code"])
    match read(Kind.COUNT, turn.text, today=interview.today, year=interview.year):
        case Value(Count()) | Ask((Count(), *_), _) as reading:
            both = _completed(data["met"], reading, estimate=data.get("estimate", False))
            return take(interview, indicator, both, f"{data['half']} / {turn.text}")
        case _:
            # Perhaps the whole answer came after all: "12/15".
            return read_figure(interview, talk, turn, catalogue)


def _completed(met: int, reading: Value | Ask, *, estimate: bool) -> Reading:
    """With each total that may be meant: a doubtful one, or one of several, is asked about."""
    totals = reading.readings if isinstance(reading, Ask) else (reading.given,)
    found = [
        checked(Fraction(met), Fraction(total.value))
        for total in totals
        if isinstance(total, Count)
    ]
    estimate = estimate or reading.estimate
    shares = tuple(both.given for both in found if isinstance(both, Value))
    if isinstance(reading, Ask) and shares:
        return Ask(shares, reading.reason, estimate)
    return replace(found[0], estimate=estimate) if isinstance(found[0], Value) else found[0]


def read_again(
    interview: Interview, talk: Talk, turn: Turn, words: Words, catalogue: Catalogue
) -> Replies:
    """A new answer in place of a confirmation; the same answer once more is a yes."""
    agreed = read(Kind.CONFIRM, turn.text, today=interview.today, year=interview.year)
    if agreed is Signal.NO:
        return ask_same(interview, talk)
    named, rest = coded(interview, turn.text)
    indicator = catalogue.indicator(talk.data["code"])
    match read_for(interview, indicator, rest):
        case _ if agreed is Signal.YES:
            same = True
        case Value((Share() | Count()) as given) | ((NoData() | NoObject()) as given):
            same = given == pending_of(talk.data).given and named in {None, indicator}
        case _:
            same = False
    if same:
        return save_figure(interview, talk, turn, words, "yes")
    return read_figure(interview, talk, turn, catalogue)


def build_router() -> Router:
    """After the buttons of figures and report: what is none of them is an answer."""
    router = Router(name="understanding")
    focal, halves = May(FOCAL), At(TOTAL, WHICH)
    say(router, ask_same, focal, halves, Chose("again"))
    say(router, leave, focal, halves, Chose("leave"))
    say(router, save_reading, focal, At(WHICH), Chose())
    say(router, read_total, focal, At(TOTAL))
    say(router, read_again, focal, At(CONFIRM))
    say(router, read_figure, focal, At(FIGURE, WHICH))
    return router
