"""One figure of one agency: who typed which words when, what shows it, and what became of it."""

from handlers.language import Markup, Words, join
from handlers.progress import blocks, forecast
from handlers.progress.city import city_block
from handlers.progress.viewing import Viewing
from handlers.report import cards
from plan.catalogue import Indicator
from storage.agencies import NamedAgency
from storage.provenance import Origin, Provenance, Typed
from storage.reports import REPORTED
from storage.years import Year


def of_figure(
    viewing: Viewing, agency: NamedAgency, indicator: Indicator, year: Year
) -> list[Markup]:
    words = viewing.words
    origin = Provenance(viewing.agencies.session).of(agency.id, year.number, indicator.code)
    known = viewing.standings.view(year, [indicator.code], agency_id=agency.id, draft=True)
    judged = known[indicator.code].judged(year, due=viewing.due(year.number, agency.id))
    title = words(
        "<b>{code} – {agency}, {year}</b>\n{short}",
        code=indicator.code,
        agency=agency.name,
        year=year.number,
        short=indicator.short,
    )
    facts = [blocks.on_the_year_before(words, judged), blocks.guide(words, judged)]
    shown = blocks.of_its_year(words, judged)
    by_itself = bool(origin.answers and origin.answers[0].figure.approval_id)
    draft = origin.state not in REPORTED and not by_itself
    standing = blocks.block(words, indicator, judged, shown, facts, draft=draft)
    ahead = forecast.in_short(words, indicator, judged)
    closed = viewing.closed(year.number)
    parts = [
        title,
        *([closed] if closed else []),
        join([standing.text, ahead]),
        *told(words, origin),
    ]
    return [*parts, total(viewing, indicator, year)]


def told(words: Words, origin: Origin) -> list[Markup]:
    """From the words that were typed to the version that was sent."""
    if not origin.answers:
        return [words("Nothing has been answered here.")]
    current, *earlier = origin.answers
    parts = [join([words("<b>Where it comes from</b>"), *_current(words, current, origin)])]
    if earlier:
        lines = [_earlier(words, each) for each in earlier]
        parts.append(join([words("<b>Answered before</b>"), *lines]))
    return parts


def _current(words: Words, typed: Typed, origin: Origin) -> list[Markup]:
    figure = typed.figure
    lines = [
        words(
            "Figure: {figure}, as of {day}",
            figure=cards.figure(words, figure),
            day=words.day(figure.as_of_on),
        ),
        _typed(words, typed),
        words("Reason: {reason}", reason=figure.reason) if figure.reason else Markup(),
        words("Entered from paper no. {number}", number=figure.document)
        if figure.document
        else Markup(),
        _files(words, origin.files),
        _sent(words, origin, typed),
    ]
    return [line for line in lines if line]


def _typed(words: Words, typed: Typed) -> Markup:
    when = words.moment(typed.figure.recorded_at)
    who = typed.by or words("somebody whose data was erased")
    if not typed.figure.words:
        return words("Entered by {name}, {time}", name=who, time=when)
    said = {"words": typed.figure.words, "name": who, "time": when}
    return words("Typed: “{words}” – {name}, {time}", **said)


def _earlier(words: Words, typed: Typed) -> Markup:
    figure = cards.figure(words, typed.figure)
    return words("• {figure}. {typed}", figure=figure, typed=_typed(words, typed))


def _files(words: Words, count: int) -> Markup:
    if not count:
        return words("Evidence: none")
    return words.plural("Evidence: {count} file", "Evidence: {count} files", count)


def _sent(words: Words, origin: Origin, current: Typed) -> Markup:
    if origin.sent_at is None:
        return words("The report has not been sent yet.")
    sent = words(
        "Report: version {version}, sent by {name}, {time}",
        version=origin.version,
        name=origin.sent_by or words("somebody whose data was erased"),
        time=words.moment(origin.sent_at),
    )
    if current.figure.approval_id is not None:
        state = _approved(words, origin)
        return words("{sent} · {state}", sent=sent, state=state)
    states = {
        "submitted": words("not approved yet"),
        "approved": _approved(words, origin),
        "frozen": words("{approved}, the year is closed", approved=_approved(words, origin)),
        "draft": words("taken back for changes"),
        "returned": words("returned for correction"),
    }
    return words("{sent} · {state}", sent=sent, state=states[origin.state])


def _approved(words: Words, origin: Origin) -> Markup:
    if origin.approved_at is None:
        return words("approved")
    name = origin.approved_by or words("somebody whose data was erased")
    time = words.moment(origin.approved_at)
    return words("approved by {name}, {time}", name=name, time=time)


def total(viewing: Viewing, indicator: Indicator, year: Year) -> Markup:
    """The city beside it, which everybody may see."""
    known = viewing.standings.view(year, [indicator.code])[indicator.code]
    found = known.judged(year, due=viewing.due(year.number))
    title = viewing.words("<b>The whole city</b>")
    return join([title, city_block(viewing, found).text])
