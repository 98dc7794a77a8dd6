"""One figure of the report: echoed with its ratio, confirmed, kept."""

from aiogram import Router

from handlers.commands import FOCAL
from handlers.language import Markup, Words, join, sentence
from handlers.report import average, cards, colleagues, listed, reasons, subcounts
from handlers.report.buttons import leaving
from handlers.report.closed import too_late
from handlers.report.colleagues import COLLEAGUE
from handlers.report.drafts import Draft, as_of
from handlers.report.interview import FIGURE, Interview
from handlers.report.pending import BEFORE, PART, WITHOUT_FIGURE, Pending, kept, pending_of
from handlers.report.reasons import REASON
from handlers.routing import At, Chose, May, Replies, Reply, as_list, say
from handlers.talk import Link, Option, Talk, Turn
from plan import territory
from plan.answers import Count, NoObject, Share
from plan.catalogue import Indicator, PartsKind, Unit
from storage.figures import Figure
from storage.reports import REPORTED

CONFIRM = "report.confirm"


def confirm(
    interview: Interview, indicator: Indicator, pending: Pending, note: str = ""
) -> Replies:
    """Every figure is echoed with its ratio, and counts only once it is confirmed."""
    talk, words, year = interview.talk, interview.words, interview.year
    earlier, older = _years_before(interview, indicator, pending)
    draft, divides = interview.draft(), _divides(indicator, pending)
    pending = subcounts.with_standing(interview, draft, indicator.code, pending)
    pending = listed.checked(interview, draft, indicator, reasons.weighed(pending, earlier, older))
    answer = cards.answer(words, pending.given)
    lines = [
        words(
            "{code}: I understood <b>{answer}</b>. Is that right?",
            code=_named(interview, indicator),
            answer=cards.about(words, answer, estimate=pending.estimate),
        ),
        Markup(note),
        *cards.parts(words, indicator, dict(pending.parts)),
        _compared(interview, indicator, pending, earlier),
        *reasons.told(words, pending, year - 1),
        subcounts.dropped(interview, draft, indicator, pending),
    ]
    data = kept(talk) | pending.packed()
    if not divides:
        options = [Option("yes", words("Right"), words("yes|ok|correct")), *_others(words)]
        return talk.ask(CONFIRM, join(lines), options, data=data)
    lines.append(_of_parts(words, indicator))
    right = words("Right") if pending.parts else words("Right, the whole only")
    also = "|".join([words("Right"), words("yes|ok|correct"), words("whole|whole only")])
    options = [
        Option("yes", right, also),
        Option("parts", words("Right, now each part"), words("each part|by part")),
        *_others(words),
    ]
    return talk.ask(CONFIRM, join(lines), options, data=data)


def _years_before(
    interview: Interview, indicator: Indicator, pending: Pending
) -> tuple[Figure | None, Figure | None]:
    agency_id, code, year = interview.agency_id, indicator.code, interview.year
    earlier = interview.earlier(agency_id, code, year)
    if earlier is None or not isinstance(pending.given, Count):
        return earlier, None
    return earlier, interview.earlier(agency_id, code, year - 1)


def _others(words: Words) -> list[Option]:
    return [Option("again", words("Enter again"), words("no|wrong")), leaving(words)]


def _named(interview: Interview, indicator: Indicator) -> str:
    """With its name where the answer is not to the question that was put."""
    if not interview.talk.data.get("aside"):
        return indicator.code
    return f"{indicator.code} ({indicator.short})"


def _divides(indicator: Indicator, pending: Pending) -> bool:
    """A share that has parts, none of them given yet: they may be, nobody has to."""
    has_parts = indicator.unit is Unit.SHARE and bool(indicator.parts)
    return has_parts and isinstance(pending.given, Share) and not pending.parts


def _of_parts(words: Words, indicator: Indicator) -> Markup:
    names = "; ".join(part.name for part in indicator.parts)
    if indicator.parts_kind is PartsKind.CONDITIONS:
        return words("It counts what meets all of: {names}. Each can be counted too.", names=names)
    return words("It is the sum of: {names}. Each can be counted too.", names=names)


def _compared(
    interview: Interview, indicator: Indicator, pending: Pending, earlier: Figure | None
) -> Markup:
    """The answer beside last year's, where there is one."""
    words, year = interview.words, interview.year
    if isinstance(pending.given, Count):
        moved = pending.before is None and earlier is not None and earlier.count is not None
        grown = cards.change(words, pending.before, pending.given.value, year - 1, moved=moved)
        mean = average.since_base(interview, indicator.code, pending.given.value)
        return join([cards.counted_before(words, pending.before, year - 1), sentence(grown), mean])
    if earlier is None:
        return Markup()
    return words("{year}: {figure}", year=year - 1, figure=cards.figure(words, earlier))


def save_figure(interview: Interview, talk: Talk, turn: Turn, words: Words, chosen: str) -> Replies:
    """What was confirmed, "no data", "nothing to count", or that the question is left for later."""
    if chosen == "skip":
        return _skip(interview, turn, words)
    if chosen in WITHOUT_FIGURE:
        return save(interview, Pending(WITHOUT_FIGURE[chosen], turn.text))
    return save(interview, pending_of(talk.data))


def save(interview: Interview, pending: Pending) -> Replies:
    """Keeps what was confirmed, says what the database holds now, and goes on."""
    draft = interview.draft()
    if isinstance(pending.given, NoObject) and pending.listed is None:
        # Pressed at the question itself, where nothing has been compared yet.
        indicator = interview.catalogue.indicator(interview.talk.data["code"])
        pending = listed.checked(interview, draft, indicator, pending)
    found = keep(interview, draft, pending)
    if not isinstance(found, Figure):
        return found
    return [tell(interview, draft, found), *reasons.proceed(interview, draft, found, pending)]


def keep(interview: Interview, draft: Draft, pending: Pending) -> Figure | list[Reply]:
    """The row as the database holds it; or what to say where the answer cannot be kept now."""
    talk, code = interview.talk, interview.talk.data["code"]
    if not draft.is_open:
        return too_late(interview, draft)
    if code not in draft.codes:
        return interview.moved_on(draft, code)
    if code in draft.locked:
        return interview.stays(draft, code)
    theirs = colleagues.newer(interview, draft.figures.get(code))
    if theirs and not _completes(interview, draft, theirs, pending):
        return as_list(_beside(interview, theirs, pending))
    written = talk.data.get("written") if "said" in talk.data else talk.turn.written_id
    as_of_on = as_of(draft.report.year, interview.today)
    counted = isinstance(pending.given, Count)
    draft.figures[code] = interview.reports.record(
        draft.report,
        code,
        pending.given,
        words=pending.said,
        as_of_on=as_of_on,
        person_id=interview.member.person_id,
        channel=talk.turn.channel,
        message_id=written,
        now=interview.now,
        estimate=pending.estimate,
        before=pending.before,
        basis=territory.basis_of(as_of_on, draft.agency.kind) if counted else "",
        parts=dict(pending.parts),
        reason=pending.because,
    )
    return draft.figures[code]


def tell(interview: Interview, draft: Draft, figure: Figure) -> Reply:
    """Read back from the database, not from what was just typed."""
    words, code = interview.words, figure.indicator
    indicator = interview.catalogue.indicator(code)
    parts = interview.reports.parts(draft.report).get(code, {}) if indicator.parts else {}
    told = words("Recorded: {code} – {figure}", code=code, figure=cards.figure(words, figure))
    details = cards.details(words, indicator, figure, parts)
    # Who has no figure yet may want to be asked again when there is one.
    again = [Link(words("Remind me of {code}", code=code), f"nhactoi {code}")]
    links = again if figure.state == "no_data" else []
    return interview.talk.say(join([told, sentence(details)]), links)


def _skip(interview: Interview, turn: Turn, words: Words) -> Replies:
    """Nothing that was answered before is lost by it."""
    talk, draft = interview.talk, interview.draft()
    code = talk.data["code"]
    if not draft.is_open:
        return interview.sent(draft)
    if code not in draft.codes:
        return interview.moved_on(draft, code)
    if code not in draft.figures:
        draft.figures[code] = interview.reports.record(
            draft.report,
            code,
            None,
            words=turn.text,
            as_of_on=as_of(draft.report.year, interview.today),
            person_id=interview.member.person_id,
            channel=turn.channel,
            now=interview.now,
        )
    told = words("{code} is skipped; you can answer it later.", code=code)
    if draft.has(code) and not draft.is_skipped(code):
        told = words("{code} stays as it was recorded.", code=code)
    return [talk.say(told), *interview.go_on(draft, code)]


def _beside(interview: Interview, theirs: Figure, pending: Pending) -> Replies:
    """A colleague was quicker: the same is agreed upon, anything else is asked about."""
    if cards.figure_answer(theirs) == pending.given:
        return colleagues.agree(interview, theirs)
    mine = cards.answer(interview.words, pending.given)
    return colleagues.ask(interview, COLLEAGUE, theirs, mine, **pending.packed())


def _completes(interview: Interview, draft: Draft, theirs: Figure, pending: Pending) -> bool:
    """The same value with what a colleague's lacks: its parts, or last year's count."""
    if cards.figure_answer(theirs) != pending.given:
        return False
    counted = pending.before is not None and theirs.count_before is None
    divided = pending.parts and not interview.reports.parts(draft.report).get(theirs.indicator)
    return counted or bool(divided)


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


def build_router() -> Router:
    router = Router(name="figures")
    focal, details = May(FOCAL), At(CONFIRM, PART, BEFORE)
    say(router, save_figure, focal, At(FIGURE), Chose("no_data", "no_object", "skip"))
    say(router, save_figure, focal, At(CONFIRM), Chose("yes"))
    say(router, save_figure, focal, At(COLLEAGUE), Chose("replace"))
    say(router, ask_same, focal, details, Chose("again"))
    say(router, leave, focal, At(CONFIRM, PART, BEFORE, REASON), Chose("leave"))
    return router
