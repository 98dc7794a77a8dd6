from datetime import datetime

import pytest
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session

from storage.broadcasts import Broadcasts
from storage.people import Member


@pytest.fixture
def thu(lan: int) -> Member:
    return Member(lan, "Trần Minh Thu", "vi", "telegram", "101", consented=True, roles=frozenset())


def test_a_confirmed_notice_runs_until_it_is_finished(
    session: Session, thu: Member, now: datetime
) -> None:
    broadcasts = Broadcasts(session)
    notice = broadcasts.confirm("Kính gửi", "everyone", 35, thu, now)
    assert broadcasts.running() == [notice]
    broadcasts.finish(notice, now)
    assert broadcasts.running() == []
    assert notice.finished_at == now


def test_a_notice_is_found_by_its_number(session: Session, thu: Member, now: datetime) -> None:
    notice = Broadcasts(session).confirm("Kính gửi", "everyone", 35, thu, now)
    assert Broadcasts(session).text(notice.id or 0) == "Kính gửi"
    with pytest.raises(NoResultFound):
        Broadcasts(session).text(0)
