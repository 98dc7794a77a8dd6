"""A notice's life: each step starts from the state that it names."""

from datetime import datetime

import pytest
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session

from storage.broadcasts import Broadcasts
from storage.people import Member
from storage.tables import Broadcast


@pytest.fixture
def thu(lan: int) -> Member:
    return Member(lan, "Trần Minh Thu", "vi", "telegram", "101", consented=True, roles=frozenset())


@pytest.fixture
def notice(session: Session, thu: Member, now: datetime) -> Broadcast:
    return Broadcasts(session).draft(thu, now, text="Kính gửi", audience="all")


def test_two_who_confirm_at_once_confirm_once(
    session: Session, notice: Broadcast, now: datetime
) -> None:
    broadcasts = Broadcasts(session)
    assert broadcasts.move(notice, ("draft",), "undoable", now)
    assert not broadcasts.move(notice, ("draft",), "undoable", now)
    assert notice.state == "undoable"


def test_who_agrees_agrees_to_what_they_were_shown(
    session: Session, notice: Broadcast, thu: Member, now: datetime
) -> None:
    broadcasts = Broadcasts(session)
    broadcasts.move(notice, ("draft",), "awaiting", now)
    assert broadcasts.change(notice, thu, now, text="Kính mời")
    assert (notice.state, notice.revision) == ("draft", 2)
    assert not broadcasts.move(notice, ("awaiting",), "undoable", now)


def test_what_is_on_its_way_is_changed_no_more(
    session: Session, notice: Broadcast, thu: Member, now: datetime
) -> None:
    broadcasts = Broadcasts(session)
    broadcasts.move(notice, ("draft",), "sending", now)
    assert not broadcasts.change(notice, thu, now, text="Kính mời")
    assert notice.text == "Kính gửi"


def test_a_notice_is_found_by_its_number(session: Session, notice: Broadcast) -> None:
    assert Broadcasts(session).content(notice.id or 0).text == "Kính gửi"
    with pytest.raises(NoResultFound):
        Broadcasts(session).content(0)
