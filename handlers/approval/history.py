"""`/lichsu`: the versions of a report with what differs, and every decision with its reason."""

from datetime import datetime

from aiogram import Router

from handlers.approval import wording
from handlers.approval.rights import rights_of
from handlers.commands import ADMIN, FOCAL, OFFICIAL, Command, split_year
from handlers.language import Markup, join
from handlers.lookup import step_of
from handlers.reminding.errand import Errand
from handlers.routing import Asked, At, May, Replies, say
from storage.agencies import NamedAgency
from storage.approvals import Approvals
from storage.tables import Decision, Report, ReportVersion
from storage.versions import Change, Versions
from storage.years import Year


def begin(command: Command | None, errand: Errand) -> Replies:
    """`/lichsu` of one's own agency; `/lichsu quan 1 2024` for those who decide."""
    command = errand.lookup.meant(command)
    words = errand.words
    said, year = split_year(command.argument, errand.today.year)
    agency = errand.lookup.asked(command, said, on=Year(year, errand.today).on)
    if not isinstance(agency, NamedAgency):
        return agency
    own = agency.id in errand.member.agencies_as(FOCAL)
    if not own and not rights_of(errand).see(agency.id):
        return errand.say(words("You can see your own agency only."))
    report = errand.reports.of(agency.id, year)
    if report is None or not report.version:
        told = words("{agency} has not sent its report of {year}.", agency=agency.name, year=year)
        return errand.say(told)
    title = words("<b>History – {agency}, report of {year}</b>", agency=agency.name, year=year)
    state = words("Now: {state}.", state=wording.state(words, report.state))
    pages = errand.talk.pages([join([title, state]), *_events(errand, report)])
    return [*pages, *errand.talk.ask_again()]


def _events(errand: Errand, report: Report) -> list[Markup]:
    """What was sent and what was decided, in the order in which it was."""
    versions, approvals = Versions(errand.session), Approvals(errand.session)
    kept = versions.of(report.id or 0)
    dated: list[tuple[datetime, int, Markup]] = []
    for place, version in enumerate(kept):
        before = kept[place - 1] if place else None
        told = _sent(errand, version, _between(versions, before, version))
        dated.append((version.submitted_at, 2 * version.version, told))
    for decision in approvals.of(report.id or 0):
        codes = approvals.picked(decision.id or 0)
        told = _decided(errand, decision, sorted(codes))
        dated.append((decision.at, 2 * decision.version + 1, told))
    return [told for _, _, told in sorted(dated, key=lambda each: each[:2])]


def _between(
    versions: Versions, before: ReportVersion | None, after: ReportVersion
) -> list[Change]:
    """What a version changed; the first one is no change."""
    if before is None:
        return []
    old = versions.answers(before.report_id, before)
    new = versions.answers(after.report_id, after)
    codes = dict.fromkeys([*old, *new])
    pairs = ((code, old.get(code, ""), new.get(code, "")) for code in codes)
    return [Change(code, then, now) for code, then, now in pairs if then != now]


def _sent(errand: Errand, version: ReportVersion, found: list[Change]) -> Markup:
    words = errand.words
    who = wording.by(words, errand.people, version.submitted_by, version.submitted_at)
    head = words("<b>Version {n}</b> – sent by {who}.", n=version.version, who=who)
    return join([head, *wording.changes(words, found)])


def _decided(errand: Errand, decision: Decision, codes: list[str]) -> Markup:
    words = errand.words
    kinds = {
        "endorsed": words("the agency's leader agreed"),
        "partly": words("some figures approved"),
        "approved": words("approved"),
        "returned": words("sent back to be corrected"),
        "reopened": words("opened again"),
    }
    head = words(
        "Version {n} – {what}: {who}.",
        n=decision.version,
        what=kinds[decision.kind],
        who=wording.by(words, errand.people, decision.person_id, decision.at),
    )
    picked = wording.listed(words, codes)
    until = words("Approved: {codes}.", codes=picked) if codes else Markup()
    if decision.until_on:
        until = words(
            "To be corrected by the end of {day}: {codes}.",
            day=words.weekday(decision.until_on),
            codes=picked,
        )
    reason = words("Reason: {reason}", reason=decision.reason) if decision.reason else Markup()
    return join([head, reason, until])


def build_router() -> Router:
    router = Router(name="history")
    reader = May(FOCAL, OFFICIAL, ADMIN)
    say(router, begin, reader, Asked("lichsu"))
    say(router, begin, reader, At(step_of("lichsu")))
    return router
