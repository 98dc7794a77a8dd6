"""`/chotnam`: a year is closed as it stands, and closed anew where it was corrected since.

Once it is closed, progress of that year is shown from what was kept then.
"""

from collections.abc import Sequence

from aiogram import Router

from handlers.approval import asked, wording
from handlers.approval.rights import rights_of
from handlers.commands import ADMIN, Command, split_year
from handlers.language import Markup, Words, first_of, join
from handlers.lookup import refuse_year
from handlers.reminding.errand import Errand
from handlers.report.drafts import PLAN_ENDS, PLAN_STARTS
from handlers.routing import Asked, At, Chose, May, Open, Replies, Reply, say
from handlers.talk import FREE, Option
from plan.approval import REASON_LEAST, weigh_reason
from plan.attainment.judging import FIRST
from plan.catalogue import Duty
from plan.freezing import Difference
from storage.freezing import Draft, Edition, Frozen
from storage.years import Year

REASON, CONFIRM = "chotnam.reason", "chotnam.confirm"
SHOWN = 30
"""Differences that are listed; the others are counted."""
SIGNS = 12
"""Signs of the hash that are shown: enough to compare two papers by."""


def begin(command: Command, errand: Errand) -> Replies:
    words, today = errand.words, errand.today
    said, year = split_year(command.argument, 0)
    if said or not PLAN_STARTS <= year <= min(today.year, PLAN_ENDS):
        example = Command("chotnam")
        return refuse_year(errand.talk, words, example, today)
    deadline = errand.rules.deadline(year)
    if not deadline.passed(errand.now):
        told = words(
            "{year} cannot be closed yet: reports are on time until the end of {day}.",
            year=year,
            day=words.weekday(deadline.last_day),
        )
        return errand.say(told)
    draft = _draft(errand, year)
    if draft.before is None:
        return _confirm(errand, draft, "")
    if draft.before.sha256 == draft.sha256:
        return errand.say(_same(errand, draft.before))
    return _ask_reason(errand, draft)


def _draft(errand: Errand, year: int) -> Draft:
    return Frozen(errand.session).draft(errand.lookup.catalogue, Year(year, errand.today))


def _same(errand: Errand, edition: Edition) -> Markup:
    words = errand.words
    told = words("Nothing has changed since, so there is nothing to close anew.")
    return join([_closed(errand, edition), told])


def _closed(errand: Errand, edition: Edition) -> Markup:
    words = errand.words
    return words(
        "{year} is closed as {number}: {who}. Hash {hash}.",
        year=edition.year,
        number=edition.number,
        who=wording.by(words, errand.people, edition.person_id, edition.at),
        hash=edition.sha256[:SIGNS],
    )


def _ask_reason(errand: Errand, draft: Draft, told: Markup | None = None) -> Replies:
    words = errand.words
    head = [_closed(errand, draft.before)] if draft.before else []
    question = words(
        "Why is it closed anew? Please type the reason, at least {least} characters.",
        least=REASON_LEAST,
    )
    parts = [*head, *_differences(errand, draft.changes), question]
    kept = {"year": draft.contents.year, FREE: True}
    return errand.ask(REASON, join(parts), [_out(errand)], kept, told=told)


def read_reason(errand: Errand) -> Replies:
    words, reason = errand.words, errand.talk.turn.text.strip()
    draft = _draft(errand, errand.talk.data["year"])
    if weigh_reason(reason):
        return _ask_reason(errand, draft, asked.bad_reason(words, reason))
    return _confirm(errand, draft, reason)


def _confirm(errand: Errand, draft: Draft, reason: str) -> Reply:
    words, year = errand.words, draft.contents.year
    lines = [
        words("<b>Close the year {year}</b>", year=year),
        *_coverage(errand, year),
        *(_differences(errand, draft.changes) if draft.before else []),
        words("Reason: {reason}", reason=reason) if reason else Markup(),
        words("From then on progress of {year} is shown as it stands now.", year=year),
        words("The judgement on the targets of 2025 then stands in all later years.")
        if year == FIRST
        else Markup(),
        words("A later correction makes another edition; this one is kept."),
    ]
    yes = Option("close", words("Close the year"), words("close|yes|ok"))
    data = {"year": year, "sha256": draft.sha256, "reason": reason, "aside": errand.waiting()}
    return errand.talk.ask(CONFIRM, join(lines), [yes, _out(errand)], data=data)


def _coverage(errand: Errand, year: int) -> list[Markup]:
    """How many are approved, and whose figures would stay provisional or missing for good."""
    words, on = errand.words, Year(year, errand.today).on
    agencies = errand.agencies.on(on)
    states = errand.reports.states(year)
    approved = sum(state in {"approved", "frozen"} for state in states.values())
    waiting = [each.short for each in agencies if states.get(each.id) == "submitted"]
    owing = [
        each.short
        for each in agencies
        if each.duty == Duty.REQUIRED and states.get(each.id) in {None, "draft", "returned"}
    ]
    lines = [words("Approved reports: {count}.", count=approved)]
    for told, names in (
        (words("Not approved, so provisional for good"), waiting),
        (words("Not sent, so missing"), owing),
    ):
        if names:
            shown, more = first_of(names)
            rest = words("and {count} more", count=words.number(more)) if more else Markup()
            named = join([Markup(shown), rest], " ")
            lines.append(
                words("{what} ({count}): {names}.", what=told, count=len(names), names=named)
            )
    return lines


def _differences(errand: Errand, found: Sequence[Difference]) -> list[Markup]:
    words = errand.words
    if not found:
        return [words("No answer differs; who is asked, or the review of 2025, does.")]
    head = words.plural("{count} difference from it:", "{count} differences from it:", len(found))
    more = len(found) - SHOWN
    rest = [words("and {count} more", count=words.number(more))] if more > 0 else []
    return [head, *(_difference(errand, each) for each in found[:SHOWN]), *rest]


def _difference(errand: Errand, each: Difference) -> Markup:
    words = errand.words
    agency = errand.agencies.find(each.agency_id, errand.today)
    before, after = _answer(words, each.before), _answer(words, each.after)
    if each.before and each.after and each.approved_before != each.approved:
        now = words("approved") if each.approved else words("not approved")
        after = words("{answer}, {state}", answer=after, state=now)
    return words(
        "• {agency}, {year}, {code}: {old} → <b>{new}</b>",
        agency=agency.short if agency else each.agency_id,
        year=each.year,
        code=each.code,
        old=before,
        new=after,
    )


def _answer(words: Words, said: str) -> str:
    """With what was said beside it: sub-counts in brackets, or what stands in the way of a task."""
    place = min(at for at in (said.find(" ("), said.find(" – "), len(said)) if at >= 0)
    return f"{wording.answer(words, said[:place])}{said[place:]}"


def close(errand: Errand) -> Replies:
    """Only what was shown: what has changed since is shown first."""
    words, data = errand.words, errand.talk.data
    if not (errand.member.may(ADMIN) and rights_of(errand).office):
        return errand.finish(words("You may not close a year any more."))
    draft = _draft(errand, data["year"])
    if draft.sha256 != data["sha256"]:
        told = words("Something has changed since this was shown. Please look again.")
        return [errand.talk.say(told), _confirm(errand, draft, data["reason"])]
    edition = Frozen(errand.session).freeze(
        draft,
        reason=data["reason"],
        person_id=errand.member.person_id,
        channel=errand.talk.turn.channel,
        now=errand.now,
    )
    return errand.finish(_closed(errand, edition))


def leave(errand: Errand) -> Replies:
    return errand.finish(errand.words("The year was not closed."))


def _out(errand: Errand) -> Option:
    return Option("leave", errand.words("Do not close"), errand.words("no|drop it"))


def build_router() -> Router:
    router = Router(name="closing")
    admin, here = May(ADMIN), (REASON, CONFIRM)
    say(router, begin, admin, Asked("chotnam"))
    say(router, leave, admin, At(*here), Chose("leave"))
    say(router, leave, admin, Open(*here), Asked("huy"))
    say(router, read_reason, admin, At(REASON))
    say(router, close, admin, At(CONFIRM), Chose("close"))
    return router
