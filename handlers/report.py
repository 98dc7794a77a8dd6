"""`/baocao`: the yearly report, question by question. Each confirmed answer is kept at once."""

from datetime import date
from typing import TypeAlias

from aiogram import Router

from handlers import cards
from handlers.commands import FOCAL, Command
from handlers.drafts import PLAN_ENDS, PLAN_STARTS, Draft, as_of
from handlers.interview import FIGURE, NOTE, STATUS, Interview
from handlers.language import Markup, Words, join
from handlers.misreadings import explain
from handlers.routing import Asked, At, Chose, May, Replies, say
from handlers.talk import Option, Talk, Turn
from plan.answers import (
    Ask,
    Count,
    NoData,
    NoObject,
    Reading,
    Refuse,
    Share,
    Unreadable,
    read_count,
    read_share,
)
from plan.calendars import WorkingCalendar
from plan.catalogue import Catalogue, Indicator, Unit
from plan.deadlines import yearly_deadline

TOTAL, CONFIRM = "report.total", "report.confirm"

Given: TypeAlias = Share | Count | NoData | NoObject


def begin(
    command: Command, interview: Interview, talk: Talk, words: Words, calendar: WorkingCalendar
) -> Replies:
    """Starts the report of a year, or goes on where it was left."""
    year = _year(command.argument, interview.today)
    if year is None:
        example = interview.today.year
        told = words(
            "Please type a year of the plan, for example /{command} {year}.",
            command=command.name,
            year=example,
        )
        return [talk.say(told), *talk.ask_again()]
    draft = interview.draft(year)
    if not draft.codes:
        return talk.say(words("Nothing is assigned to your agency yet, so there is no report."))
    if draft.report.state not in {"draft", "returned"}:
        return interview.sent(draft)
    talk.close()
    code = draft.first_open()
    if code is None:
        return interview.review(draft)
    n, total = draft.position(code)
    if n > 1:
        told = words("You are at question {n} of {total}.", n=n, total=total)
    else:
        told = _opening(interview, draft, calendar)
    return [talk.say(told), interview.ask(draft, code)]


def _opening(interview: Interview, draft: Draft, calendar: WorkingCalendar) -> Markup:
    words, year = interview.words, draft.report.year
    deadline = yearly_deadline(year, calendar, interview.catalogue.reporting)
    if deadline.passed(interview.now):
        late = words(
            "The deadline was before {before}. The report is still accepted and will be marked "
            "as late.",
            before=words.day(deadline.before),
        )
        title = words("<b>{agency} – report of {year}</b>", agency=draft.agency.name, year=year)
        return join([title, late])
    return words(
        "<b>{agency} – report of {year}</b>\n"
        "{count} questions. Deadline: before {before} (until the end of {last}). "
        "You can leave at any time: every confirmed answer is kept.",
        agency=draft.agency.name,
        year=year,
        count=len(draft.codes),
        before=words.day(deadline.before),
        last=words.weekday(deadline.last_day),
    )


def _year(argument: str, today: date) -> int | None:
    if not argument:
        return today.year
    if not argument.isdecimal():
        return None
    year = int(argument)
    return year if PLAN_STARTS <= year <= min(today.year, PLAN_ENDS) else None


def read_figure(interview: Interview, talk: Talk, turn: Turn, catalogue: Catalogue) -> Replies:
    """Reads a typed figure. What is not certain is asked about, never recorded."""
    indicator = catalogue.indicator(talk.data["code"])
    return take(interview, indicator, _read(turn.text, indicator), turn.text)


def take(interview: Interview, indicator: Indicator, reading: Reading, said: str) -> Replies:
    talk, words = interview.talk, interview.words
    match reading:
        case Ask((Count(met),), "total_missing"):
            return ask_total(talk, words, indicator, met, said)
        case (Share() | Count() | NoData() | NoObject()) as given:
            return confirm(interview, indicator, given, said)
        case Ask((given, *_), _):
            return confirm(interview, indicator, given, said)
        case Ask((), "no_object?"):
            return confirm(interview, indicator, NoObject(), said)
        case (Refuse() | Unreadable() | Ask()) as problem:
            # The question stands right above, its buttons still good: no need to repeat it.
            return talk.say(explain(words, problem, said, indicator))


def ask_total(talk: Talk, words: Words, indicator: Indicator, met: int, said: str) -> Replies:
    """Half an answer is kept; only the other half is asked for."""
    question = words(
        "{number} met. Out of how many in total?\n{total}",
        number=words.number(met),
        total=indicator.total,
    )
    options = [Option("again", words("Enter again"))]
    return talk.ask(TOTAL, question, options, data={**talk.data, "met": met, "half": said})


def read_total(interview: Interview, talk: Talk, turn: Turn, catalogue: Catalogue) -> Replies:
    data = talk.data
    indicator = catalogue.indicator(data["code"])
    match read_count(turn.text):
        case Count(total) | Ask((Count(total), *_), _):
            both = read_share(f"{data['met']}/{total}")
            return take(interview, indicator, both, f"{data['half']} / {turn.text}")
        case _:
            # Perhaps the whole answer came after all: "12/15".
            return read_figure(interview, talk, turn, catalogue)


def confirm(interview: Interview, indicator: Indicator, given: Given, said: str) -> Replies:
    """Every figure is echoed with its ratio, and counts only once it is confirmed."""
    talk, words = interview.talk, interview.words
    earlier = interview.earlier(indicator.code, interview.year)
    question = join(
        [
            words(
                "{code}: I understood <b>{answer}</b>. Is that right?",
                code=indicator.code,
                answer=cards.answer(words, given),
            ),
            cards.compared(words, given, earlier, interview.year),
        ]
    )
    options = [
        Option("yes", words("Right"), words("yes|ok|correct")),
        Option("again", words("Enter again"), words("no|wrong")),
    ]
    kept: dict[str, object] = {
        key: talk.data[key] for key in ("year", "code", "from_review") if key in talk.data
    }
    return talk.ask(CONFIRM, question, options, data=kept | {"said": said, "given": _packed(given)})


def read_again(
    interview: Interview, talk: Talk, turn: Turn, words: Words, catalogue: Catalogue
) -> Replies:
    """A new answer in place of a confirmation; the same answer once more is a yes."""
    indicator = catalogue.indicator(talk.data["code"])
    match _read(turn.text, indicator):
        case (Share() | Count() | NoData() | NoObject()) as given:
            same = _packed(given) == talk.data["given"]
        case Ask((), "no_object?"):
            same = talk.data["given"] == _packed(NoObject())
        case _:
            same = False
    if same:
        return save_figure(interview, talk, turn, words, "yes")
    return read_figure(interview, talk, turn, catalogue)


def _read(text: str, indicator: Indicator) -> Reading:
    return read_share(text) if indicator.unit is Unit.SHARE else read_count(text)


def save_figure(interview: Interview, talk: Talk, turn: Turn, words: Words, chosen: str) -> Replies:
    """Keeps the confirmed answer, "no data", "nothing to count" or "skipped", and goes on."""
    data, draft = talk.data, interview.draft()
    if draft.report.state not in {"draft", "returned"}:
        return interview.sent(draft)
    code = data["code"]
    plain: dict[str, Given | None] = {"no_data": NoData(), "no_object": NoObject(), "skip": None}
    kept = draft.figures.get(code)
    if chosen != "skip" or kept is None:
        kept = interview.reports.record(
            draft.report,
            code,
            plain[chosen] if chosen in plain else _unpacked(data["given"]),
            words=data.get("said", turn.text),
            as_of_on=as_of(draft.report.year, interview.today),
            person_id=interview.member.person_id,
            channel=turn.channel,
            now=interview.now,
        )
    draft.figures[code] = kept
    told = words("Recorded: {code} – {figure}", code=code, figure=cards.figure(words, kept))
    return [talk.say(told), *interview.go_on(draft, code)]


def ask_same(interview: Interview, talk: Talk) -> Replies:
    return interview.ask(interview.draft(), talk.data["code"])


def ask_previous(interview: Interview, talk: Talk, words: Words) -> Replies:
    draft = interview.draft()
    if talk.data.get("from_review"):
        return interview.review(draft)
    code = draft.before(talk.data["code"])
    if code is None:
        return [talk.say(words("This is the first question.")), *talk.ask_again()]
    return interview.ask(draft, code)


def show_full(talk: Talk, words: Words, catalogue: Catalogue) -> Replies:
    return [talk.say(cards.full_text(words, catalogue, talk.data["code"])), *talk.ask_again()]


def leave(talk: Talk, words: Words) -> Replies:
    talk.close()
    return talk.say(
        words("Saved. Type /baocao whenever you like: the report goes on where you left it.")
    )


def _packed(given: Given) -> list[int | str]:
    match given:
        case Share(numerator, denominator):
            return ["share", numerator, denominator]
        case Count(value):
            return ["count", value]
        case NoData():
            return ["no_data"]
        case NoObject():
            return ["no_object"]


def _unpacked(packed: list[int | str]) -> Given:
    match packed:
        case ["share", int(numerator), int(denominator)]:
            return Share(numerator, denominator)
        case ["count", int(value)]:
            return Count(value)
        case ["no_data"]:
            return NoData()
        case _:
            return NoObject()


def build_router() -> Router:
    router = Router(name="report")
    focal, questions = May(FOCAL), At(FIGURE, STATUS)
    say(router, save_figure, focal, At(FIGURE), Chose("no_data", "no_object", "skip"))
    say(router, ask_previous, focal, questions, Chose("back"))
    say(router, leave, focal, questions, Chose("leave"))
    say(router, show_full, focal, questions, Chose("full"))
    say(router, read_figure, focal, At(FIGURE))
    say(router, ask_same, focal, At(TOTAL, CONFIRM, NOTE), Chose("again"))
    say(router, read_total, focal, At(TOTAL))
    say(router, save_figure, focal, At(CONFIRM), Chose("yes"))
    say(router, read_again, focal, At(CONFIRM))
    say(router, begin, focal, Asked("baocao"))
    return router
