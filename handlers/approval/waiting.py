"""What waits for a decision, the oldest first."""

from handlers.approval import sheets, wording
from handlers.approval.rights import rights_of
from handlers.language import Markup, join
from handlers.reminding.errand import Errand
from handlers.routing import Replies
from handlers.talk import Link
from plan.approval import Filing, filing
from storage.approvals import Approvals
from storage.awaiting import Waiting

PER_PAGE = 8
PAGE = "trang"


def listed(errand: Errand, page: int, year: int | None = None) -> Replies:
    words, rights = errand.words, rights_of(errand)
    found = [each for each in Approvals(errand.session).waiting(year) if rights.see(each.agency_id)]
    if not found:
        return errand.say(words("No report waits for approval."))
    pages = -(-len(found) // PER_PAGE)
    page = min(max(page, 1), pages)
    start = (page - 1) * PER_PAGE
    shown = found[start : start + PER_PAGE]
    title = words.plural(
        "<b>{count} report waits for approval</b>",
        "<b>{count} reports wait for approval</b>",
        len(found),
    )
    lines = [_line(errand, n, each) for n, each in enumerate(shown, start + 1)]
    hint = words("Press one, or type /duyet and the name of an agency.")
    links = [_link(errand, each) for each in shown]
    if page < pages:
        links.append(Link(words("Further reports"), f"duyet {PAGE} {page + 1}"))
    return errand.say(join([title, *lines, hint]), *links)


def _line(errand: Errand, number: int, each: Waiting) -> Markup:
    words = errand.words
    report = errand.reports.of(each.agency_id, each.year)
    filed = filing(each.first_submitted_at, errand.rules.deadline(each.year), each.extended_until)
    marks = [
        wording.filed(words, filed) if filed is not Filing.ON_TIME else Markup(),
        words("sent again") if each.version > 1 else Markup(),
        words("its leader has agreed") if each.endorsed else Markup(),
        words.plural(
            "{count} answer approved already", "{count} answers approved already", each.approved
        )
        if each.approved
        else Markup(),
    ]
    name = sheets.agency_of(errand, report).name if report else each.agency_id
    return words(
        "{n}. {agency}, {year}: sent {time}{marks}",
        n=number,
        agency=name,
        year=each.year,
        time=words.moment(each.submitted_at),
        marks=Markup("".join(f"; {mark}" for mark in marks if mark)),
    )


def _link(errand: Errand, each: Waiting) -> Link:
    report = errand.reports.of(each.agency_id, each.year)
    short = sheets.agency_of(errand, report).short if report else each.agency_id
    label = short if each.year == errand.today.year else f"{short} {each.year}"
    return Link(label, f"duyet {each.agency_id} {each.year}")
