"""A person is taken out: what stays is the agency's, and leads to nobody."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from plan.answers import Share
from storage.absences import Absences
from storage.audit import Audit
from storage.erasure import ERASED, Erasure
from storage.evidence import KEPT, REMOVED, WANTED, Exhibits
from storage.inbox import Inbox
from storage.outbox import Lane, Outbox
from storage.people import People
from storage.reports import Reports
from storage.snoozes import Snoozes
from storage.tables import (
    Absence,
    Agency,
    AuditRow,
    Broadcast,
    Conversation,
    Figure,
    InboxRow,
    Membership,
    OutboxRow,
    Person,
    Snooze,
)

LINK = '<a href=\\"tg://user?id=101\\">'
YEAR = timedelta(days=365)


@pytest.fixture
def erasure(session: Session) -> Erasure:
    return Erasure(session)


@pytest.fixture
def minh(session: Session, now: datetime) -> int:
    return People(session).welcome("telegram", "102", "Lê Văn Minh", now)


def one(session: Session, table: Any) -> Any:
    return session.exec(select(table)).one()


def written(session: Session, now: datetime, key: str, **values: str) -> None:
    given = {"address": "101", "kind": "reply", "payload": "words", **values}
    Outbox(session).add(key, lane=Lane.REPLY, channel="telegram", now=now, **given)  # type: ignore[arg-type] # texts all


def left(session: Session) -> dict[str, tuple[str, str, str]]:
    return {
        row.dedupe_key: (row.address, row.payload, row.state)
        for row in session.exec(select(OutboxRow))
    }


def test_the_number_stays_without_name_chat_consent_and_role(
    erasure: Erasure, session: Session, lan: int, now: datetime
) -> None:
    People(session).consent(lan, "2026-11-24", now)
    People(session).join(lan, "quan-1", "focal", now)
    erasure.forget(lan, "x", now)
    assert People(session).at("telegram", "101") is None
    person = session.get_one(Person, lan)
    assert (person.full_name, person.consented_at, person.consent_version) == ("", None, None)
    assert one(session, Membership).until_at == now


def test_a_figure_stays_without_the_words_it_was_typed_in(
    erasure: Erasure, session: Session, lan: int, now: datetime
) -> None:
    report = Reports(session).open("quan-1", 2024, now)
    Reports(session).record(
        report,
        "TV1.2",
        Share(12, 15),
        words="dạ Lan đây, 12/15",
        as_of_on=date(2024, 9, 16),
        person_id=lan,
        channel="telegram",
        now=now,
        message_id=7,
    )
    erasure.forget(lan, "x", now)
    figure = one(session, Figure)
    assert (figure.numerator, figure.denominator, figure.person_id) == (12, 15, lan)
    assert (figure.words, figure.message_id) == ("", None)


@pytest.mark.parametrize(
    ("state", "after"), [(WANTED, (REMOVED, "")), (KEPT, (KEPT, "c")), (REMOVED, (REMOVED, ""))]
)
def test_a_file_stays_when_it_is_the_agencys(
    erasure: Erasure,
    session: Session,
    lan: int,
    now: datetime,
    state: str,
    after: tuple[str, str],
) -> None:
    sent = {"channel": "telegram", "address": "101", "remote_id": "r", "caption": "c"}
    when = {"not_before_at": now, "received_at": now}
    row = Exhibits(session).want(None, "TV1.2", person_id=lan, state=state, **sent, **when)
    erasure.forget(lan, "x", now)
    assert (row.state, row.caption) == after
    assert (row.address, row.remote_id) == ("", "")
    assert row.name, "its bytes are still to be found, or still to be deleted"


@pytest.mark.parametrize("kind", ["reminder", "digest", "broadcast"])
def test_their_letters_go_but_for_the_proof(
    erasure: Erasure, session: Session, lan: int, now: datetime, kind: str
) -> None:
    written(session, now, "upd:1:0")
    written(session, now, "postponed:1", kind="postponed")
    written(session, now, "rem:x:101", kind=kind, agency_id="quan-1")
    erasure.forget(lan, "x", now)
    [(key, row)] = left(session).items()
    assert key.startswith(f"{ERASED}:")
    assert row == (f"{ERASED}:{lan}", "words", "cancelled")


def test_an_absence_stays_without_its_reason_and_a_snooze_goes(
    erasure: Erasure, session: Session, lan: int, minh: int, now: datetime
) -> None:
    away, today = Absences(session), now.date()
    for person_id, deputy_id in ((lan, minh), (minh, lan)):
        span = person_id, "quan-1", today, today
        away.leave(*span, deputy_id=deputy_id, reason="nghỉ ốm", now=now)
        asleep = person_id, "quan-1", "report:2024", today
        Snoozes(session).put_off(*asleep, reason="bận", now=now)
    erasure.forget(lan, "x", now)
    kept = {(row.person_id, row.deputy_id): row.reason for row in session.exec(select(Absence))}
    assert kept == {(lan, minh): "", (minh, lan): "nghỉ ốm"}
    assert one(session, Snooze).person_id == minh


def test_what_they_wrote_goes_but_for_what_is_at_hand(
    erasure: Erasure, session: Session, lan: int, now: datetime
) -> None:
    inbox = Inbox(session)
    updates = [{"update_id": n, "message": {"from": {"id": 101}}} for n in (1, 2)]
    for raw in updates:
        inbox.take_in(7, [raw], now)
    inbox.done([inbox.waiting(now, limit=1)[0].seq], now)
    erasure.forget(lan, "x", now)
    assert [row.update_id for row in session.exec(select(InboxRow))] == [2]


@pytest.mark.usefixtures("minh")
def test_settled_letters_to_others_that_name_them_lose_their_text(
    erasure: Erasure, session: Session, lan: int, now: datetime
) -> None:
    names = {"address": "102", "payload": '{"text":"Nguyễn Thị Lan: 12/15"}'}
    for key in ("sent", "queued", "failed"):
        written(session, now, key, **names)
    written(session, now, "other", address="102")
    for state in ("sent", "failed"):
        row = session.exec(select(OutboxRow).where(OutboxRow.dedupe_key == state)).one()
        row.state = state
    erasure.forget(lan, "x", now)
    assert {key: row[1:] for key, row in left(session).items()} == {
        "sent": ("", "sent"),
        "queued": (names["payload"], "queued"),
        "failed": ("", "cancelled"),
        "other": ("words", "queued"),
    }


@pytest.mark.usefixtures("minh")
def test_a_request_for_help_goes_also_before_it_was_sent(
    erasure: Erasure, session: Session, lan: int, now: datetime
) -> None:
    written(session, now, "help:1", address="102", payload=LINK)
    written(session, now, "help:2", address="102", payload=LINK.replace("101", "1011"))
    erasure.forget(lan, "x", now)
    assert left(session)["help:1"] == ("102", "", "cancelled")
    assert left(session)["help:2"][2] == "queued"


@pytest.mark.parametrize(
    ("name", "after"),
    [("Nguyễn Thị Lan", "người số 1 <x> vừa nhập"), ("Lan", "Lan vừa nhập")],
    ids=["full name", "one word"],
)
def test_a_colleagues_open_question_names_them_no_more(
    erasure: Erasure, session: Session, lan: int, now: datetime, name: str, after: str
) -> None:
    People(session).rename(lan, name, now)
    said = f"{name} vừa nhập"
    place: dict[str, Any] = {"channel": "telegram", "address": "102", "step": "s", "token": "t"}
    aside = {"aside": {"prompt": said, "options": [[said]], "n": 1}}
    session.add(Conversation(prompt=said, data=aside, updated_at=now, **place))
    erasure.forget(lan, "người số 1 <x>", now)
    row = one(session, Conversation)
    shown = after.replace("<x>", "&lt;x&gt;")
    assert row.prompt == shown
    assert row.data == {"aside": {"prompt": shown, "options": [[shown]], "n": 1}}


def test_a_notice_stays_without_the_chat_of_who_sent_it(
    erasure: Erasure, session: Session, lan: int, now: datetime
) -> None:
    sent: dict[str, Any] = {
        "text": "Mời họp",
        "audience": "everyone",
        "recipients": 1,
        "changed_at": now,
    }
    session.add(Broadcast(person_id=lan, channel="telegram", address="101", **sent))
    erasure.forget(lan, "x", now)
    notice = one(session, Broadcast)
    assert (notice.text, notice.person_id, notice.address) == ("Mời họp", lan, "")


def test_the_log_knows_the_number_only(
    erasure: Erasure, session: Session, lan: int, now: datetime
) -> None:
    People(session).join(lan, "quan-1", "focal", now)
    erasure.forget(lan, "x", now)
    noted = session.exec(select(AuditRow.action, AuditRow.subject, AuditRow.before)).all()
    assert list(noted)[1:] == [
        ("role.ended", f"person {lan}", "quan-1 focal"),
        ("person.erased", f"person {lan}", "no consent"),
    ]


def test_who_comes_back_is_somebody_else(
    erasure: Erasure, session: Session, lan: int, now: datetime
) -> None:
    erasure.forget(lan, "x", now)
    assert People(session).welcome("telegram", "101", "Nguyễn Thị Lan", now) != lan


def test_a_stranger_s_chat_is_forgotten(erasure: Erasure, session: Session, now: datetime) -> None:
    written(session, now, "upd:1:0", address="105")
    written(session, now, "upd:2:0", address="106")
    erasure.forget_chat("telegram", "105")
    assert list(left(session)) == ["upd:2:0"]


@pytest.mark.parametrize(
    ("ended", "agency_until", "former"),
    [
        (None, None, False),
        (YEAR, None, False),
        (YEAR + timedelta(seconds=1), None, True),
        (None, YEAR, False),
        (None, YEAR + timedelta(days=1), True),
    ],
    ids=["holds a role", "a year ago", "before that", "agency, a year ago", "agency, before"],
)
def test_who_has_held_no_role_for_a_year(
    erasure: Erasure,
    session: Session,
    lan: int,
    now: datetime,
    *,
    ended: timedelta | None,
    agency_until: timedelta | None,
    former: bool,
) -> None:
    People(session).join(lan, "quan-1", "focal", now)
    later = now + 3 * YEAR
    one(session, Membership).until_at = later - ended if ended else None
    if agency_until:
        session.get_one(Agency, "quan-1").valid_to = (later - agency_until).date()
    session.flush()
    before = later - YEAR
    assert erasure.former(before, before.date(), most=9) == ([lan] if former else [])


def test_the_erased_are_not_former_any_more(erasure: Erasure, lan: int, now: datetime) -> None:
    later = now + 3 * YEAR
    assert erasure.former(later, later.date(), most=9) == [lan]
    erasure.forget(lan, "x", later)
    assert erasure.former(later, later.date(), most=9) == []


def test_the_erased_are_known_by_number_and_first_day(
    erasure: Erasure, session: Session, lan: int, now: datetime
) -> None:
    erasure.forget(lan, "x", now)
    gone = erasure.erased()
    assert gone == {(lan, now)}
    assert erasure.present(gone) == []
    People(session).rename(lan, "Nguyễn Thị Lan", now)
    assert erasure.present(gone) == [lan]
    assert erasure.present({(lan, now + YEAR)}) == []


def test_the_chain_of_the_log_holds(
    erasure: Erasure, session: Session, lan: int, now: datetime
) -> None:
    Audit(session).act_as("telegram", lan)
    erasure.forget(lan, "x", now)
    assert Audit(session).seal() == 1
