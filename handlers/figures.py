"""One figure of the report: read, echoed with its ratio, confirmed, kept."""

from collections.abc import Sequence
from typing import TypeAlias

from aiogram import Router

from handlers import cards
from handlers.commands import FOCAL
from handlers.drafts import as_of
from handlers.interview import FIGURE, Interview, leaving
from handlers.language import Words, join
from handlers.misreadings import explain
from handlers.routing import At, Chose, May, Replies, say
from handlers.talk import Option, Talk, Turn
from plan.answers import (
    Ask,
    Count,
    Given,
    NoData,
    NoObject,
    Reading,
    Refuse,
    Share,
    Unreadable,
    Value,
    read_count,
    read_share,
)
from plan.catalogue import Catalogue, Indicator, Unit
from storage.reports import REPORTED

TOTAL, WHICH, CONFIRM = "report.total", "report.which", "report.confirm"

KEPT = ("year", "agency", "code", "from_review")

Answer: TypeAlias = Share | Count | NoData | NoObject


def read_figure(interview: Interview, talk: Talk, turn: Turn, catalogue: Catalogue) -> Replies:
    """Reads a typed figure. What is not certain is asked about, never recorded."""
    indicator = catalogue.indicator(talk.data["code"])
    return take(interview, indicator, _read(turn.text, indicator), turn.text)


def take(interview: Interview, indicator: Indicator, reading: Reading, said: str) -> Replies:
    talk, words = interview.talk, interview.words
    match reading:
        case Ask((Count(met),), "total_missing"):
            return ask_total(talk, words, indicator, met, said)
        case Value((Share() | Count()) as given):
            return confirm(interview, indicator, given, said)
        case (NoData() | NoObject()) as given:
            return confirm(interview, indicator, given, said)
        case Ask((_, _, *_) as readings, _):
            return ask_which(interview, _figures(readings), said)
        case Ask(((Share() | Count()) as given,), _):
            return confirm(interview, indicator, given, said)
        case Ask((), "no_object?"):
            return confirm(interview, indicator, NoObject(), said)
        case Refuse() | Unreadable() | Ask():
            problem: Refuse | Unreadable | Ask = reading
        case _:
            problem = Unreadable()
    # The question stands right above, its buttons still good: no need to repeat it.
    return talk.say(explain(words, problem, said, indicator, total_only=talk.step == TOTAL))


def _figures(readings: Sequence[Given]) -> list[Share | Count]:
    return [given for given in readings if isinstance(given, Share | Count)]


def ask_which(interview: Interview, readings: Sequence[Share | Count], said: str) -> Replies:
    """Two ways to read the same words: both are shown, neither is guessed."""
    talk, words = interview.talk, interview.words
    options = [
        *(Option(str(n), cards.answer(words, given)) for n, given in enumerate(readings)),
        Option("again", words("Enter again"), words("no|wrong")),
        leaving(words),
    ]
    question = words(
        "{code}: “{said}” can be read in more than one way. Which one is meant?",
        code=talk.data["code"],
        said=said[:60],
    )
    data = _kept(talk) | {"said": said, "readings": [_packed(given) for given in readings]}
    return talk.ask(WHICH, question, options, numbered=True, data=data)


def save_reading(
    interview: Interview, talk: Talk, turn: Turn, words: Words, chosen: str
) -> Replies:
    given = _unpacked(talk.data["readings"][int(chosen)])
    indicator = interview.catalogue.indicator(talk.data["code"])
    if indicator.unit is Unit.SHARE and isinstance(given, Count):
        return ask_total(talk, words, indicator, given.value, talk.data["said"])
    talk.note(given=_packed(given))
    return save_figure(interview, talk, turn, words, "yes")


def ask_total(talk: Talk, words: Words, indicator: Indicator, met: int, said: str) -> Replies:
    """Half an answer is kept; only the other half is asked for."""
    question = words(
        "{number} met. Out of how many in total?\n{total}",
        number=words.number(met),
        total=indicator.total,
    )
    options = [Option("again", words("Enter again")), leaving(words)]
    return talk.ask(TOTAL, question, options, data={**talk.data, "met": met, "half": said})


def read_total(interview: Interview, talk: Talk, turn: Turn, catalogue: Catalogue) -> Replies:
    data = talk.data
    indicator = catalogue.indicator(data["code"])
    match read_count(turn.text):
        case Value(Count(total)) | Ask((Count(total), *_), _):
            both = read_share(f"{data['met']}/{total}")
            return take(interview, indicator, both, f"{data['half']} / {turn.text}")
        case _:
            # Perhaps the whole answer came after all: "12/15".
            return read_figure(interview, talk, turn, catalogue)


def confirm(interview: Interview, indicator: Indicator, given: Answer, said: str) -> Replies:
    """Every figure is echoed with its ratio, and counts only once it is confirmed."""
    talk, words = interview.talk, interview.words
    earlier = interview.earlier(interview.agency_id, indicator.code, interview.year)
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
        leaving(words),
    ]
    data = _kept(talk) | {"said": said, "given": _packed(given)}
    return talk.ask(CONFIRM, question, options, data=data)


def _kept(talk: Talk) -> dict[str, object]:
    data = talk.data
    return {key: data[key] for key in KEPT if key in data}


def read_again(
    interview: Interview, talk: Talk, turn: Turn, words: Words, catalogue: Catalogue
) -> Replies:
    """A new answer in place of a confirmation; the same answer once more is a yes."""
    indicator = catalogue.indicator(talk.data["code"])
    match _read(turn.text, indicator):
        case Value((Share() | Count()) as given) | ((NoData() | NoObject()) as given):
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
    if not draft.is_open:
        return interview.sent(draft)
    code = data["code"]
    if code not in draft.codes:
        return interview.go_on(draft, code)
    plain: dict[str, Answer | None] = {"no_data": NoData(), "no_object": NoObject(), "skip": None}
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
    if chosen == "skip":
        told = words("{code} is skipped; you can answer it later.", code=code)
    return [talk.say(told), *interview.go_on(draft, code)]


def leave(interview: Interview, talk: Talk, words: Words) -> Replies:
    report = interview.draft().report
    told = [words("Saved. Type /baocao whenever you like: the report goes on where you left it.")]
    if report.version and report.state not in REPORTED:
        told.append(
            words(
                "The report has not been sent again; until then your agency counts as not reported."
            )
        )
    talk.close()
    return talk.say(join(told))


def ask_same(interview: Interview, talk: Talk) -> Replies:
    return interview.ask(interview.draft(), talk.data["code"])


def _packed(given: Answer) -> list[int | str]:
    match given:
        case Share(numerator, denominator):
            return ["share", numerator, denominator]
        case Count(value):
            return ["count", value]
        case NoData():
            return ["no_data"]
        case NoObject():
            return ["no_object"]


def _unpacked(packed: list[int | str]) -> Answer:
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
    router = Router(name="figures")
    focal, pending = May(FOCAL), At(TOTAL, WHICH, CONFIRM)
    say(router, save_figure, focal, At(FIGURE), Chose("no_data", "no_object", "skip"))
    say(router, save_figure, focal, At(CONFIRM), Chose("yes"))
    say(router, ask_same, focal, pending, Chose("again"))
    say(router, leave, focal, pending, Chose("leave"))
    say(router, save_reading, focal, At(WHICH), Chose())
    say(router, read_total, focal, At(TOTAL))
    say(router, read_again, focal, At(CONFIRM))
    # What is no button of the card is an answer; the card's other buttons come before.
    say(router, read_figure, focal, At(FIGURE, WHICH))
    return router
