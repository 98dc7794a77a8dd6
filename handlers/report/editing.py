"""A message that is edited after it was an answer: read anew, or asked about, never slipped in."""

from aiogram import Router

from handlers.commands import FOCAL
from handlers.language import Words, join
from handlers.report import cards, listed, reasons, subcounts
from handlers.report.changing import answer
from handlers.report.drafts import Draft, indicator_of
from handlers.report.figures import save_figure
from handlers.report.growth import consider
from handlers.report.interview import FIGURE, STATUS, Interview, whose
from handlers.report.pending import Pending
from handlers.report.readings import coded, read_for
from handlers.report.understanding import read_figure
from handlers.routing import At, Chose, Kind, May, Replies, say
from handlers.talk import Option, Talk, Turn
from plan.answers import Count, NoData, NoObject, NotApplicable, Share, Value
from plan.catalogue import Indicator
from storage.figures import Figure
from storage.reports import OPEN, Reports
from storage.tables import Report

AMEND = "report.amend"


def take_edit(
    interview: Interview, talk: Talk, turn: Turn, words: Words, reports: Reports
) -> Replies:
    """An answer that awaits its confirmation is read anew; one that is recorded is asked about."""
    data, mine = talk.data, interview.member.person_id
    if "code" in data and turn.written_id in {data.get("written"), data.get("unread_id")}:
        return _anew(interview, talk, turn)
    found = reports.answered_in(turn.written_id, mine, turn.channel) if turn.written_id else None
    if found is None:
        return [talk.say(_no_answer(words)), *talk.ask_again()]
    figure, report = found
    if report.state not in OPEN:
        told = words(
            "{code} was sent in the report of {year} as {figure}; editing a message does not "
            "change that. To correct it, type /sua {code}.",
            code=figure.indicator,
            year=report.year,
            figure=cards.figure(words, figure),
        )
        return [talk.say(told), *talk.ask_again()]
    return _amend(interview, figure, report)


def _anew(interview: Interview, talk: Talk, turn: Turn) -> Replies:
    if talk.step in {FIGURE, STATUS}:
        return answer(interview, turn.text, [])
    if indicator_of(interview.catalogue, talk.data["code"]) is None:
        return [talk.say(_no_answer(interview.words)), *talk.ask_again()]
    return read_figure(interview, talk, turn, interview.catalogue)


def _no_answer(words: Words) -> str:
    return words(
        "This message is not an answer of the report being filled in, so editing it changes "
        "nothing. To correct an answer, type /sua and its code, for example /sua TV1.3."
    )


def _amend(interview: Interview, figure: Figure, report: Report) -> Replies:
    """Recorded is recorded: the change is put as a question, then what it interrupted returns."""
    talk, words, code = interview.talk, interview.words, figure.indicator
    draft = interview.draft_for(report.agency_id, report.year)
    indicator = indicator_of(interview.catalogue, code)
    if indicator is None or code not in draft.codes:
        return [talk.say(_no_answer(words)), *talk.ask_again()]
    if code in draft.locked:
        told = interview.unchanged(draft, code)
        return [talk.say(told), *talk.ask_again()]
    _, said = coded(interview, talk.turn.text)
    match read_for(interview, indicator, said):
        case Value((Share() | Count()) as given, estimate=estimate):
            pending = Pending(given, talk.turn.text, estimate, figure.count_before)
        case (NoData() | NoObject() | NotApplicable()) as given:
            pending = Pending(given, talk.turn.text)
        case _:
            told = words(
                "{code} stays {figure}: the edited message could not be read as another figure. "
                "To correct it, type for example /sua {code} 12/15.",
                code=code,
                figure=cards.figure(words, figure),
            )
            return [talk.say(told), *talk.ask_again()]
    if (cards.figure_answer(figure), figure.estimate) == (given, pending.estimate):
        old = cards.figure(words, figure)
        told = words("{code} is recorded as {figure} already.", code=code, figure=old)
        return [talk.say(told), *talk.ask_again()]
    return _ask(interview, draft, indicator, figure, pending)


def _ask(
    interview: Interview, draft: Draft, indicator: Indicator, figure: Figure, pending: Pending
) -> Replies:
    """The change as a question, with what is unusual in it as for any other answer."""
    talk, words, code, year = interview.talk, interview.words, figure.indicator, draft.report.year
    aside = talk.data.get("aside") or talk.set_aside()
    place = whose(draft) | {"code": code, "shown": figure.id, "written": talk.turn.written_id}
    old = cards.figure(words, figure)
    if isinstance(pending.given, Count) and figure.count is None:
        # There was no count before, so nobody has been asked for last year's.
        interview.ask(draft, code)
        talk.note(**place, aside=aside)
        note = words("Recorded now: {figure}", figure=old)
        return consider(interview, indicator, pending, note)
    years = [interview.earlier(draft.agency.id, code, each) for each in (year, year - 1)]
    pending = reasons.weighed(subcounts.with_standing(interview, draft, code, pending), *years)
    pending = listed.checked(interview, draft, indicator, pending)
    question = words(
        "Do you want to change {code} from <b>{old}</b> to <b>{new}</b>?",
        code=code,
        old=old,
        new=cards.about(words, cards.answer(words, pending.given), estimate=pending.estimate),
    )
    lines = [
        question,
        *reasons.told(words, pending, year - 1),
        subcounts.dropped(interview, draft, indicator, pending),
    ]
    options = [
        Option("yes", words("Right"), words("yes|ok|correct")),
        Option("keep", words("Keep {answer}", answer=old), words("keep|no")),
    ]
    return talk.ask(AMEND, join(lines), options, data=place | pending.packed() | {"aside": aside})


def keep(interview: Interview, talk: Talk, words: Words) -> Replies:
    told = words("{code} stays as it was recorded.", code=talk.data["code"])
    talk.take_up(talk.data["aside"])
    return [talk.say(told), *interview.ask_still()]


def build_router() -> Router:
    router = Router(name="editing")
    focal = May(FOCAL)
    say(router, take_edit, focal, Kind("edited"))
    say(router, save_figure, focal, At(AMEND), Chose("yes"))
    say(router, keep, focal, At(AMEND), Chose("keep"))
    say(router, read_figure, focal, At(AMEND))
    return router
