"""The register as a workbook that can be changed and sent back."""

from collections.abc import Callable
from functools import partial
from html import unescape

from exports import register
from exports.register import Listed, Texts
from handlers.errands.material import Material
from handlers.language import Words
from plan import facilities
from storage.agencies import Agencies
from storage.facilities import Facilities
from storage.tables import Errand


def gather(row: Errand, material: Material) -> Callable[[], bytes]:
    """What stands and what is to come; what has ended stays in the register by itself."""
    agencies = Agencies(material.session)
    known = facilities.categories(material.catalogue)
    names = {each.key: each.name for each in known}
    short = agencies.short_names(material.today)
    found = Facilities(material.session).lasting(material.today, row.wanted.get("agency"))
    order = {each.key: place for place, each in enumerate(known)}
    rows = [
        Listed(
            short.get(each.agency_id, each.agency_id),
            names.get(each.category, each.category),
            each.name,
            each.address,
            each.valid_from,
            each.valid_to,
            each.note,
            each.number,
        )
        for each in sorted(found, key=lambda each: (each.agency_id, order.get(each.category, 0)))
    ]
    texts = _texts(
        material.words,
        [(each.name, ", ".join(each.codes)) for each in known],
        [each.short for each in agencies.on(material.today)],
    )
    return partial(register.write, texts, rows)


def _texts(words: Words, categories: list[tuple[str, str]], agencies: list[str]) -> Texts:
    return Texts(
        sheet=unescape(words("Register")),
        headings=[
            words("Agency"),
            words("Category"),
            words("Name of the facility"),
            words("Address"),
            words("From"),
            words("To"),
            words("Note"),
            words("Number (do not change)"),
        ],
        guide_sheet=words("Guide"),
        guide=[unescape(line) for line in _guide(words)],
        categories_sheet=words("Categories"),
        categories=categories,
        agencies_sheet=words("Agencies"),
        agencies=agencies,
    )


def _guide(words: Words) -> list[str]:
    return [
        words("1. One line for each facility. Agency, category and name are needed."),
        words("2. The category may be its name or a code of the plan, for example TV1.3."),
        words(
            "3. From and to are days, for example 01/05/2019. To is the last day. An empty cell "
            "keeps what is recorded; for a new facility it means always."
        ),
        words("4. To rename a facility, change its name and leave its number as it is."),
        words(
            "5. A facility that is deleted here is proposed to end, where its agency and category "
            "still have a line. With a day in the column To, it ends after that day."
        ),
        words(
            "6. Save the file and send it back in the chat with the system. It shows what would "
            "change; nothing is recorded before you confirm it."
        ),
        words("Do not type classified content."),
    ]
