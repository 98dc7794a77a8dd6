"""How the standing agency reads what goes back, before it is confirmed and after."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.approval import sheets, wording
from handlers.language import Markup, join
from handlers.reminding.errand import Errand
from handlers.report import topics
from storage.agencies import NamedAgency
from storage.figures import LOCKED
from storage.narratives import Narratives
from storage.tables import Decision, Report
from storage.versions import Versions


def not_there(errand: Errand, agency: NamedAgency, year: int, report: Report | None) -> Markup:
    words, name = errand.words, agency.name
    if report is None or not report.version:
        return words("{agency} has not sent its report of {year}.", agency=name, year=year)
    told = words(
        "The report of {year} of {agency} cannot be sent back: {state}.",
        year=year,
        agency=name,
        state=wording.state(words, report.state),
    )
    locked = report.state in LOCKED
    hint = words("/molai opens it again, with a reason.") if locked else ""
    return join([told, hint], " ")


def card(errand: Errand, report: Report, kept: Mapping[str, Any], on: date) -> Markup:
    words, answers = errand.words, said_of(errand, report)
    return join(
        [
            words(
                "<b>To be sent back – {agency}, report {receipt}</b>",
                agency=sheets.agency_of(errand, report).name,
                receipt=wording.receipt(report),
            ),
            *(wording.reported(words, code, answers.get(code, "")) for code in kept["picked"]),
            words("Reason: {reason}", reason=kept["reason"]),
            words("To be corrected by the end of {day}.", day=words.weekday(on)),
        ]
    )


def told(errand: Errand, report: Report, decision: Decision, said: Mapping[str, str]) -> Markup:
    words = errand.words
    return words(
        "Sent back to {agency}: {codes}, to be corrected by the end of {day}. You will be told "
        "when it comes again.",
        agency=sheets.agency_of(errand, report).name,
        codes=wording.listed(words, said),
        day=words.weekday(decision.until_on or errand.today),
    )


def said_of(errand: Errand, report: Report) -> dict[str, str]:
    """Code → the answer in a word; and how the texts begin."""
    texts = Narratives(errand.session).of(report)
    begun = {topic: topics.excerpt(text.text) for topic, text in texts.items()}
    return {**Versions(errand.session).answers(report.id or 0), **begun}
