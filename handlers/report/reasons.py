"""What is unusual beside last year or the register is said; once confirmed, one short reason is
asked for.
"""

from dataclasses import replace
from fractions import Fraction

from aiogram import Router

from handlers.commands import FOCAL
from handlers.language import Markup, Words, join, paged
from handlers.report import listed
from handlers.report.buttons import leaving
from handlers.report.cards import figure_answer
from handlers.report.closed import too_late
from handlers.report.drafts import Draft
from handlers.report.interview import Interview
from handlers.report.pending import Pending, kept, listed_of
from handlers.routing import At, Chose, May, Replies, Reply, say
from handlers.talk import FREE, Option, Talk, Turn
from plan import territory, warnings
from plan.answers import Count, Kind, Postpone, Share, Signal, read
from plan.attainment import growth
from plan.warnings import OF_TOTALS, Unusual
from storage.figures import Figure

REASON = "report.reason"
REASON_MOST = 300
SHOWN = 60
FITTING = {
    Unusual.TENFOLD: ("recount",),
    Unusual.SHRUNK: ("merged", "recount"),
    Unusual.TOTAL: ("founded", "merged", "recount"),
    Unusual.UP: ("more", "founded", "recount"),
    Unusual.DOWN: ("less", "merged", "recount"),
    Unusual.TURNED: ("more", "less", "recount"),
    Unusual.FEWER: ("merged", "recount"),
    Unusual.MORE: ("founded", "unlisted"),
}
"""The quick reasons that can explain it."""
QUICK = tuple(dict.fromkeys(name for names in FITTING.values() for name in names))


def weighed(pending: Pending, earlier: Figure | None, older: Figure | None = None) -> Pending:
    """The answer with what is unusual in it beside last year's; `older` is the year before that."""
    before = figure_answer(earlier) if earlier else None
    found: tuple[Unusual, ...] = ()
    match pending.given, before:
        case Share() as now, Share() as then:
            found = warnings.of_share(now, then)
        case Count(now), _:
            found = warnings.of_count(now, pending.before, _grew(pending, earlier, older))
    return replace(pending, unusual=found)


def _grew(pending: Pending, earlier: Figure | None, older: Figure | None) -> Fraction | None:
    """Last year's own growth, where this year is compared with that very count."""
    if earlier is None or earlier.count is None or earlier.count != pending.before:
        return None
    return growth(territory.base(earlier, older), earlier.count)


def told(words: Words, pending: Pending, year: int) -> list[Markup]:
    """A line for each, `year` being last year's."""
    total = listed.total_of(pending.given) or 0
    register = listed.note(words, pending.listed, total) if pending.listed else Markup()
    lines = {
        Unusual.FEWER: register,
        Unusual.MORE: register,
        Unusual.TENFOLD: words(
            "Please note: ten times more or less than in {year}. Is a digit missing or doubled?",
            year=year,
        ),
        Unusual.SHRUNK: words(
            "Please note: all are met because the total is smaller than in {year}.", year=year
        ),
        Unusual.TOTAL: words("Please note: the total differs from that of {year}.", year=year),
        Unusual.UP: words("Please note: more than 30% above {year}.", year=year),
        Unusual.DOWN: words("Please note: more than 30% below {year}.", year=year),
        Unusual.TURNED: words(
            "Please note: the trend has turned compared with the growth of {year}.", year=year
        ),
    }
    return [lines[each] for each in pending.unusual]


def proceed(interview: Interview, draft: Draft, figure: Figure, pending: Pending) -> list[Reply]:
    """The reason first, where one is wanted; then what comes next in the report."""
    if not pending.unusual or pending.because:
        return interview.go_on(draft, figure.indicator)
    talk, words = interview.talk, interview.words
    seen = [Option("list", words("Show the list"), words("list"))] if pending.listed else []
    fitting = dict.fromkeys(name for each in pending.unusual for name in FITTING[each])
    options = [
        *(option for option in _quick(words) if option.key in fitting),
        *seen,
        Option("none", words("No reason given"), words("none|nothing")),
        leaving(words),
    ]
    data = kept(talk) | {"code": figure.indicator, "figure": figure.id, FREE: True}
    data["listed"] = pending.packed()["listed"]
    asked = _question(interview, figure.indicator, pending)
    return [talk.ask(REASON, asked, options, numbered=True, data=data)]


def _question(interview: Interview, code: str, pending: Pending) -> Markup:
    """One question, whatever there is to explain: register and last year may differ in the same."""
    words, year = interview.words, interview.year - 1
    if pending.listed is None:
        return words(
            "{code}: what explains the difference from {year}? Press a reason or type your own, "
            "at most {most} characters.",
            code=code,
            year=year,
            most=REASON_MOST,
        )
    also = words("And what explains the difference from {year}?", year=year)
    lines = [
        listed.question(words, code, pending),
        also if set(pending.unusual) - OF_TOTALS else Markup(),
        words("Press a reason or type your own, at most {most} characters.", most=REASON_MOST),
    ]
    return join(lines)


def show_list(interview: Interview, talk: Talk) -> Replies:
    """What the total is compared with; the question comes again after it."""
    found = listed_of(talk.data.get("listed"))
    if found is None:
        return [*talk.ask_again()]
    lines = listed.names(interview, talk.data["code"], found)
    return [*(talk.say(page) for page in paged(lines)), *talk.ask_again()]


def save_quick(interview: Interview, words: Words, chosen: str) -> Replies:
    return _keep(interview, next(each.label for each in _quick(words) if each.key == chosen))


def save_typed(interview: Interview, talk: Talk, turn: Turn, words: Words) -> Replies:
    reason = turn.text.strip()
    if _is_none(interview, reason):
        told = words(
            "“{said}” was not recorded as a reason. Press one, type one in a few words, or press "
            "“No reason given”.",
            said=reason[:SHOWN],
        )
        return [talk.say(told), *talk.ask_again()]
    if len(reason) > REASON_MOST:
        told = words(
            "Your reason has {length} characters, {most} is the most. Please shorten it.",
            length=len(reason),
            most=REASON_MOST,
        )
        return [talk.say(told), *talk.ask_again()]
    return _keep(interview, reason)


def _is_none(interview: Interview, said: str) -> bool:
    """A second yes, a call for help, a figure: typed in haste, and no reason for this one."""
    kinds = Kind.TEXT, Kind.CONFIRM
    readings = [read(kind, said, today=interview.today, year=interview.year) for kind in kinds]
    meant = any(isinstance(reading, Signal | Postpone) for reading in readings)
    return meant or not any(sign.isalpha() for sign in said)


def go_without(interview: Interview, talk: Talk) -> Replies:
    return interview.go_on(interview.draft(), talk.data["code"])


def _keep(interview: Interview, reason: str) -> Replies:
    talk, words, draft = interview.talk, interview.words, interview.draft()
    if not draft.is_open:
        return too_late(interview, draft)
    if talk.data["code"] in draft.locked:
        return interview.stays(draft, talk.data["code"])
    told = words("Reason recorded: {reason}", reason=reason)
    explained = interview.reports.explain(draft.report, talk.data["figure"], reason, interview.now)
    if explained:
        draft.figures[explained.indicator] = explained
    else:
        told = words(
            "{code} has been changed meanwhile, so the reason was not recorded.",
            code=talk.data["code"],
        )
    return [talk.say(told), *interview.go_on(draft, talk.data["code"])]


def _quick(words: Words) -> list[Option]:
    return [
        Option("founded", words("Newly founded"), words("new|founded")),
        Option("merged", words("Merged or dissolved"), words("merged|dissolved")),
        Option("more", words("Activities extended"), words("extended|more activities")),
        Option("less", words("Activities reduced or paused"), words("reduced|paused")),
        Option("recount", words("Counted anew"), words("recount|counted again")),
        Option("unlisted", words("Not in the register yet"), words("not listed yet|not listed")),
    ]


def build_router() -> Router:
    router = Router(name="reasons")
    focal, here = May(FOCAL), At(REASON)
    say(router, go_without, focal, here, Chose("none", "skip"))
    say(router, show_list, focal, here, Chose("list"))
    say(router, save_quick, focal, here, Chose(*QUICK))
    say(router, save_typed, focal, here)
    return router
