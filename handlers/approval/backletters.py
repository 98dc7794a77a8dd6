"""Letters about a question that an agency asks back: to whoever sent it back, and the answer."""

from handlers.approval import sheets, wording
from handlers.language import Markup, Words, join
from handlers.reminding import telling
from handlers.reminding.errand import Errand
from handlers.talk import Link
from storage.agencies import NamedAgency
from storage.approvals import Approvals
from storage.people import People
from storage.tables import Inquiry, Report


def unmoved(words: Words, report: Report) -> Markup:
    """Nothing once the report has come again."""
    if report.state != "returned" or report.return_until_on is None:
        return Markup()
    return words(
        "It is still to be corrected by the end of {day}.",
        day=words.weekday(report.return_until_on),
    )


def letter(
    words: Words, people: People, inquiry: Inquiry, report: Report, agency: NamedAgency
) -> Markup:
    back = Approvals(people.session).last(report.id or 0, "returned")
    return join(
        [
            words(
                "<b>The agency asks back – {agency}, report of {year}</b>",
                agency=agency.name,
                year=report.year,
            ),
            words(
                "{code} ({who}): “{question}”",
                code=wording.named(words, inquiry.code),
                who=wording.by(words, people, inquiry.person_id, inquiry.at),
                question=inquiry.question,
            ),
            words("Sent back because: “{reason}”", reason=back.reason) if back else Markup(),
            unmoved(words, report),
        ]
    )


def tell_question(errand: Errand, inquiry: Inquiry, report: Report) -> bool:
    """To whoever sent it back; to all who may decide, where they may no more."""
    back = Approvals(errand.session).last(report.id or 0, "returned")
    agency = sheets.agency_of(errand, report)
    deciders = list(telling.deciders(errand.people))
    theirs = [each for each in deciders if back and each[0].person_id == back.person_id]
    for to, words in theirs or deciders:
        text = letter(words, errand.people, inquiry, report, agency)
        links = [
            Link(words("Answer (no. {n})", n=inquiry.id), f"giaitrinh {inquiry.id}"),
            Link(words("Look at it"), f"duyet {report.agency_id} {report.year}"),
        ]
        key = f"inquiry:{inquiry.id}"
        telling.tell(errand.people, key, to, text, errand.now, links)
    return bool(deciders)


def tell_answer(errand: Errand, inquiry: Inquiry, report: Report) -> None:
    """To whoever asked; to all focal points of the agency, where they cannot be reached."""
    agency, people = sheets.agency_of(errand, report), errand.people
    asker = list(telling.person(people, inquiry.person_id))
    for to, words in asker or telling.focal_points(people, agency.id):
        code = wording.named(words, inquiry.code)
        text = join(
            [
                words(
                    "<b>The standing agency answers – {agency}, report of {year}</b>",
                    agency=agency.name,
                    year=report.year,
                ),
                words("{code}: “{note}”", code=code, note=inquiry.question),
                words(
                    "Answer ({who}): “{answer}”",
                    who=wording.by(words, people, inquiry.answered_by, errand.now),
                    answer=inquiry.answer,
                ),
                unmoved(words, report),
            ]
        )
        place = f"{agency.id} {report.year} {inquiry.code}"
        links = [
            Link(words("Correct {code}", code=code), f"sua {place}"),
            Link(words("Ask the official back"), f"hoilai {place}"),
        ]
        key = f"inquiry:{inquiry.id}:answered"
        shown = links if report.state == "returned" else []
        telling.tell(people, key, to, text, errand.now, shown)
