"""The ledger, and what an operator or a person settles beside it, on both databases."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from plan.reminding.addressing import Entry
from plan.reminding.deciding import Item, To, Why
from plan.reminding.ladder import Step
from storage.absences import Absences
from storage.audit import Audit
from storage.choices import Choices
from storage.daysoff import DaysOff
from storage.digests import Digest, Digests
from storage.easings import Easings
from storage.ledger import Ledger
from storage.ownplans import OwnPlans
from storage.situations import Situations
from storage.snoozes import Snoozes

AIM, HOUR = date(2024, 11, 4), timedelta(hours=1)


def entry(now: datetime, step: str = "0", person_id: int = 1, why: Why | None = None) -> Entry:
    made = Step(step, now, now + HOUR)
    return Entry(Item("quan-1", "report:2024", AIM, made, (To.FOCAL,)), person_id, why)


def noted(session: Session, now: datetime) -> list[tuple[str, str, str, str]]:
    rows = Audit(session).since(now - HOUR, 50)
    return [(row.action, row.subject, row.before, row.after) for row in rows]


def test_a_line_is_written_once(session: Session, now: datetime) -> None:
    ledger = Ledger(session)
    ledger.write([entry(now), entry(now, person_id=0, why=Why.MISSED)], now)
    ledger.write([entry(now + HOUR, why=Why.REPORTED)], now)
    assert [(line.person_id, line.fate) for line in ledger.of_agency("quan-1", 2024)] == [
        (1, "planned"),
        (0, "skipped"),
    ]


@pytest.mark.parametrize(("after", "known"), [(-HOUR, True), (0 * HOUR, False), (HOUR, False)])
def test_what_is_accounted_for_is_known_by_when_it_was_due(
    session: Session, now: datetime, after: timedelta, *, known: bool
) -> None:
    Ledger(session).write([entry(now)], now)
    keys = {"quan-1": {("report:2024", AIM, "0")}} if known else {}
    assert Ledger(session).accounted(now + after) == keys


def letter(session: Session, now: datetime, person_id: int = 1) -> int:
    made = Digest(person_id, "telegram", "101", "quan-1", now + HOUR)
    return Digests(session).queue(AIM, "morning", [made], now, now)[person_id]


def test_a_letter_is_queued_once_a_day_and_person(session: Session, now: datetime) -> None:
    assert letter(session, now) == letter(session, now + HOUR)
    assert letter(session, now, person_id=2) != letter(session, now)


def test_a_line_has_its_letters_fate(session: Session, now: datetime) -> None:
    ledger, number = Ledger(session), letter(session, now)
    ledger.write([entry(now)], now, letters={1: number})
    assert [line.fate for line in ledger.of_agency("quan-1", 2024)] == ["planned"]
    ledger.drop({ledger.of_letter(number)[0].id: "reported"}, now)
    (line,) = ledger.of_agency("quan-1", 2024)
    assert (line.fate, line.reason, line.letter) == ("skipped", "reported", "queued")


def test_only_a_press_in_its_own_chat_answers(session: Session, now: datetime) -> None:
    ledger, number = Ledger(session), letter(session, now)
    ledger.write([entry(now)], now, letters={1: number})
    assert not ledger.answered(number, "telegram", "102", now)
    assert ledger.answered(number, "telegram", "101", now)
    assert not ledger.answered(number, "telegram", "101", now + HOUR)
    (line,) = ledger.of_agency("quan-1", 2024)
    assert (line.fate, line.answered_at) == ("answered", now)


def test_of_easings_the_last_counts_and_none_that_is_revoked(
    session: Session, now: datetime
) -> None:
    easings = Easings(session)
    easings.grant("quan-1", 2024, "extension", date(2024, 11, 10), reason="Bão", now=now)
    last = easings.grant("quan-1", 2024, "extension", date(2024, 11, 20), reason="Bão", now=now)
    assert easings.extended_until("quan-1", 2024) == date(2024, 11, 20)
    assert easings.revoke(last.id or 0, now)
    assert not easings.revoke(last.id or 0, now)
    assert easings.extended_until("quan-1", 2024) == date(2024, 11, 10)
    assert noted(session, now)[-1][:3] == (
        "easing.revoked",
        "quan-1 2024 extension",
        "2024-11-20",
    )


def test_every_change_of_a_choice_is_counted_and_noted(session: Session, now: datetime) -> None:
    choices = Choices(session)
    before = choices.revision()
    choices.settle("weekend", "next", now)
    choices.settle("weekend", "next", now)
    choices.settle("weekend", None, now)
    assert choices.revision() == before + 2
    assert choices.get("weekend") is None
    assert [row[2:] for row in noted(session, now)] == [("", '"next"'), ('"next"', "")]


def test_a_day_off_is_put_and_taken_away(session: Session, now: datetime) -> None:
    days = DaysOff(session)
    days.put(AIM, "off", "Bão", now)
    assert days.all()[AIM].kind == "off"
    days.remove([AIM], now)
    assert days.all() == {}
    assert [row[0] for row in noted(session, now)] == ["calendar.changed"] * 2


def test_the_situation_of_an_agency_is_whole(session: Session, now: datetime, lan: int) -> None:
    OwnPlans(session).say("quan-1", 2024, issued=True, person_id=lan, now=now)
    until = date(2024, 10, 1)
    Snoozes(session).put_off(lan, "quan-1", "report:2024", until, reason="", now=now)
    Easings(session).grant("quan-1", 2024, "mute", None, reason="Sáp nhập", now=now)
    (found,) = Situations(session).on(now.date(), ["quan-1"])
    assert (found.short, found.asked, "IV.10.a" in found.leads) == ("Quận 1", True, True)
    assert found.issued == {("plan", 2024)}
    assert [doze.until_on for doze in found.dozes] == [until]
    assert found.muted(date(2030, 1, 1))


def test_everybody_is_read_in_a_fixed_number_of_statements(session: Session, now: datetime) -> None:
    situations, roster = Situations(session).everybody(now.date())
    assert len(situations) == 35
    office = next(each for each in situations if each.standing)
    assert "Quận 1" in office.unreached
    assert not roster.reached("quan-1", now.date())


def test_leave_ends_once(session: Session, now: datetime, lan: int) -> None:
    absences = Absences(session)
    first, last = date(2024, 9, 16), date(2024, 9, 20)
    row = absences.leave(lan, "quan-1", first, last, deputy_id=None, reason="Phép", now=now)
    assert [each.id for each in absences.of(lan, last)] == [row.id]
    assert absences.end(row.id or 0, now)
    assert not absences.end(row.id or 0, now)
    assert absences.of(lan, first) == []
