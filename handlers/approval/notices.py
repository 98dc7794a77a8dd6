"""What an agency is told of a decision on its report, and the office of one that came again."""

from collections.abc import Callable, Iterator, Sequence

from handlers.approval import wording
from handlers.commands import OFFICIAL
from handlers.language import Markup, Words, join
from handlers.reminding import telling
from handlers.reminding.errand import Errand
from handlers.report.drafts import Draft
from handlers.report.interview import Interview
from handlers.talk import Link
from storage.agencies import NamedAgency
from storage.approvals import Approvals
from storage.people import People, Recipient
from storage.tables import Decision, Report
from storage.versions import Change, Versions

LINKS_MOST = 8
Tell = Callable[[Words], tuple[Markup, Sequence[Link]]]


def to_agency(errand: Errand, key: str, report: Report, tell: Tell) -> int:
    """To its focal points and to whoever sent it, each once; how many those are."""
    count = 0
    for to, words in _receivers(errand.people, report):
        text, links = tell(words)
        telling.tell(errand.people, key, to, text, errand.now, links)
        count += 1
    return count


def approved(errand: Errand, report: Report, agency: NamedAgency, decision: Decision) -> int:
    def tell(words: Words) -> tuple[Markup, Sequence[Link]]:
        told = words(
            "The {year} report (receipt {receipt}) is approved: its figures are official now and "
            "are not changed any more. To have something corrected, please contact the standing "
            "agency.",
            year=report.year,
            receipt=wording.receipt(report),
        )
        return join([_title(words, agency), told]), ()

    return to_agency(errand, _key(decision), report, tell)


def partly_approved(
    errand: Errand,
    report: Report,
    agency: NamedAgency,
    decision: Decision,
    picked: Sequence[str],
) -> int:
    def tell(words: Words) -> tuple[Markup, Sequence[Link]]:
        told = words(
            "Of the {year} report (receipt {receipt}) these are approved: {codes}. They are "
            "official now and are not changed any more; the others wait for approval.",
            year=report.year,
            receipt=wording.receipt(report),
            codes=", ".join(picked),
        )
        return join([_title(words, agency), told]), ()

    return to_agency(errand, _key(decision), report, tell)


def endorsed(errand: Errand, report: Report, agency: NamedAgency, decision: Decision) -> int:
    def tell(words: Words) -> tuple[Markup, Sequence[Link]]:
        told = words(
            "{agency}: the agency's leader has agreed to the {year} report ({receipt}). It waits "
            "for the standing agency.",
            agency=agency.name,
            year=report.year,
            receipt=wording.receipt(report),
        )
        return told, ()

    return to_agency(errand, _key(decision), report, tell)


def sent_back(
    errand: Errand, report: Report, agency: NamedAgency, decision: Decision, said: dict[str, str]
) -> int:
    """The reason first. `said`: code → the answer that is to be corrected, in a word."""

    def tell(words: Words) -> tuple[Markup, Sequence[Link]]:
        lines = [
            words(
                "<b>Sent back to be corrected – {agency}, report {receipt}</b>",
                agency=agency.name,
                receipt=wording.receipt(report),
            ),
            words(
                "Reason ({who}): “{reason}”",
                who=wording.by(words, errand.people, decision.person_id, decision.at),
                reason=decision.reason,
            ),
            *(wording.reported(words, code, each) for code, each in said.items()),
            words("All other answers stay as they were sent."),
            words(
                "To be corrected by the end of {day}.",
                day=words.weekday(decision.until_on or errand.today),
            ),
        ]
        links = [
            Link(
                words("Correct {code}", code=wording.named(words, code)),
                f"sua {agency.id} {report.year} {code}",
            )
            for code in list(said)[:LINKS_MOST]
        ]
        asks = f"hoilai {agency.id} {report.year}"
        links.append(Link(words("Ask the official back"), asks))
        return join(lines), links

    return to_agency(errand, _key(decision), report, tell)


def reopened(errand: Errand, report: Report, agency: NamedAgency, decision: Decision) -> int:
    def tell(words: Words) -> tuple[Markup, Sequence[Link]]:
        told = words(
            "The {year} report ({receipt}) is open again: its figures count as provisional until "
            "it is approved anew. Reason ({who}): “{reason}”",
            year=report.year,
            receipt=wording.receipt(report),
            who=wording.by(words, errand.people, decision.person_id, decision.at),
            reason=decision.reason,
        )
        todo = words("There is nothing to do until a figure is sent back to be corrected.")
        return join([_title(words, agency), told, todo]), ()

    return to_agency(errand, _key(decision), report, tell)


def came_again(interview: Interview, draft: Draft) -> None:
    """To whoever sent it back, with what differs; to all who may decide, where they may no more."""
    people, report = interview.people, draft.report
    approvals = Approvals(people.session)
    back = approvals.last(report.id or 0, "returned")
    if back is None or _settled(approvals, report, back):
        return
    found = Versions(people.session).since(report.id or 0, back.version)
    for to, words in _deciders(people, back.person_id):
        link = Link(words("Look at it"), f"duyet {report.agency_id} {report.year}")
        text = _again(words, draft, back, found)
        telling.tell(
            people, f"report:{report.id}:v{report.version}", to, text, interview.now, [link]
        )


def tell_leaders(interview: Interview, draft: Draft) -> None:
    """Whoever leads the agency may agree before the standing agency decides."""
    people, report, agency = interview.people, draft.report, draft.agency
    if agency.standing:
        return
    for to, words in telling.each_once(people, people.holding(OFFICIAL, agencies=[agency.id])):
        text = words(
            "{agency}: the {year} report has been sent by {name} (receipt {receipt}). If you wish, "
            "look at it and agree; it goes to the standing agency in any case.",
            agency=agency.name,
            year=report.year,
            name=interview.member.full_name,
            receipt=wording.receipt(report),
        )
        link = Link(words("Look at it"), f"duyet {agency.id} {report.year}")
        key = f"report:{report.id}:v{report.version}:leader"
        telling.tell(people, key, to, text, interview.now, [link])


def _again(words: Words, draft: Draft, back: Decision, found: Sequence[Change]) -> Markup:
    title = words(
        "<b>Corrected and sent again – {agency}, report {receipt}</b>",
        agency=draft.agency.name,
        receipt=wording.receipt(draft.report),
    )
    why = words("It had been sent back because: “{reason}”", reason=back.reason)
    none = words("No answer differs from the version that was sent back.")
    return join([title, why, *(wording.changes(words, found) or [none])])


def _settled(approvals: Approvals, report: Report, back: Decision) -> bool:
    """Decided on since: it has come again before, then."""
    later = [each for each in approvals.of(report.id or 0) if (each.id or 0) > (back.id or 0)]
    return any(each.kind != "endorsed" for each in later)


def _deciders(people: People, person_id: int) -> Iterator[tuple[Recipient, Words]]:
    deciders = list(telling.deciders(people))
    theirs = [each for each in deciders if each[0].person_id == person_id]
    yield from theirs or deciders


def _receivers(people: People, report: Report) -> Iterator[tuple[Recipient, Words]]:
    found = [to for to, _ in telling.focal_points(people, report.agency_id)]
    if report.submitted_by:
        known = {each.person_id for each in found}
        sender = telling.person(people, report.submitted_by)
        found += [to for to, _ in sender if to.person_id not in known]
    yield from telling.each_once(people, found)


def _title(words: Words, agency: NamedAgency) -> Markup:
    return words("<b>From the standing agency – {agency}</b>", agency=agency.name)


def _key(decision: Decision) -> str:
    return f"decision:{decision.id}"
