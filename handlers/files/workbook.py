"""`/bieumau`: the report as a workbook, out prefilled and back with what was filled in."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler

from exports import returned
from exports.forms import Marker, Unusable
from handlers.commands import FOCAL, Command, split_year
from handlers.files import bulk
from handlers.files.batch import Batch
from handlers.files.parcels import Parcel
from handlers.files.prefilled import PARCEL
from handlers.files.rows import Rows
from handlers.language import Markup, Words
from handlers.lookup import Lookup, refuse_year, step_of
from handlers.report.drafts import PLAN_ENDS, PLAN_STARTS, Draft, asked_of
from handlers.report.interview import Interview
from handlers.routing import Asked, At, Kind, May, Replies, say
from handlers.talk import Talk, Turn
from storage.agencies import NamedAgency
from storage.evidence import KEPT, XLSX, Exhibits
from storage.files import Files
from storage.years import Year


def send_form(
    command: Command | None, talk: Talk, words: Words, lookup: Lookup, interview: Interview
) -> Replies:
    """The form of a year, this one if none is named: `/bieumau 2024`."""
    command, today = lookup.meant(command), interview.today
    said, year = split_year(command.argument, today.year)
    if not PLAN_STARTS <= year <= min(today.year, PLAN_ENDS) or said.isdecimal():
        return refuse_year(talk, words, command, today)
    found = lookup.asked(command, said, on=today)
    if not isinstance(found, NamedAgency):
        return found
    if found.id not in interview.member.agencies_as(FOCAL):
        return [talk.say(words("You can report for your own agency only.")), *talk.ask_again()]
    if not asked_of(found.id, interview.agencies, Year(year, today).on):
        told = words("Nothing is assigned to your agency yet, so there is no report.")
        return [talk.say(told), *talk.ask_again()]
    draft = interview.draft_for(found.id, year)
    if not draft.is_open:
        return interview.sent(draft)
    parcel = Parcel(talk.turn.address, PARCEL, {"agency": found.id, "year": year})
    return [parcel, *talk.ask_again()]


def take_back(
    interview: Interview,
    talk: Talk,
    words: Words,
    turn: Turn,
    exhibits: Exhibits,
    files: Files,
) -> Replies:
    """One of our forms, filled in. Shows the differences; every other file is evidence."""
    file = exhibits.get(turn.file) if turn.file is not None else None
    if file is None or file.state != KEPT or file.media_type != XLSX:
        raise SkipHandler
    found = returned.read(files.read(file.name))
    if found is None:
        raise SkipHandler
    exhibits.remove(file, interview.now)
    problem = (
        _unusable(words, found)
        if isinstance(found, Unusable)
        else _foreign(interview, found.marker)
    )
    if isinstance(found, Unusable) or problem:
        return [talk.say(problem), *talk.ask_again()]
    draft = interview.draft_for(found.marker.agency_id, found.marker.year)
    batch = Batch(words, notices=_outdated(words, draft, found.marker))
    rows = Rows(interview, draft, batch)
    for row in found.rows:
        rows.read(row)
    return bulk.show(interview, draft, batch)


def _unusable(words: Words, found: Unusable) -> Markup:
    reasons = {
        "size": words("it is far larger than the form was."),
        "format": words("its columns are not those of the present form."),
        "damaged": words("the file is damaged."),
    }
    return words(
        "The form could not be read: {why} Nothing was recorded. Type /bieumau for a new form.",
        why=reasons[found.reason],
    )


def _foreign(interview: Interview, marker: Marker) -> Markup:
    """Why this form is not for the report that is being filled in; empty where it is."""
    words, data = interview.words, interview.talk.data
    held = interview.member.agencies_as(FOCAL)
    if marker.agency_id not in held:
        return words("This form belongs to another agency. Nothing was recorded.")
    reporting = {"agency", "year"} <= data.keys()
    agency_id = data["agency"] if reporting else marker.agency_id
    year = data["year"] if reporting else interview.today.year
    if (marker.agency_id, marker.year) == (agency_id, year):
        return Markup()
    agency = interview.agencies.named(marker.agency_id, interview.today)
    return words(
        "This form is that of {agency} for {year}, another report than the present one. Nothing "
        "was recorded. To fill in that one, type “/baocao {short} {year}” and send the form again.",
        agency=agency.name,
        short=agency.short,
        year=marker.year,
    )


def _outdated(words: Words, draft: Draft, marker: Marker) -> list[Markup]:
    newer = [
        code
        for newest, kept in ((marker.figure, draft.figures), (marker.status, draft.statuses))
        for code, row in kept.items()
        if (row.id or 0) > newest
    ]
    if not newer:
        return []
    codes = ", ".join(code for code in draft.codes if code in newer)
    return [words("Changed here since the form was made: {codes}. Please check.", codes=codes)]


def build_router() -> Router:
    router = Router(name="workbook")
    say(router, send_form, May(FOCAL), Asked("bieumau"))
    say(router, send_form, May(FOCAL), At(step_of("bieumau")))
    say(router, take_back, May(FOCAL), Kind("fetched"))
    return router
