"""`/thoivai`: a role ends in the chat, is said to whom it concerns, and comes back if it must."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from plan.calendars import local_date
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.absences import Absences
from storage.people import People
from storage.tables import AuditRow
from tests.cast import Cast
from tests.handlers.scenes import Office


@pytest.fixture
def binh(cast: Cast) -> Person:
    """The other administrator."""
    return cast.member(107, "Đặng Thái Bình", "so-vhtt", "admin")


def roles(office: Office, person: Person) -> set[tuple[str, str]]:
    with office.app.database.transaction() as session:
        member = People(session).at("telegram", str(person.chat_id))
        assert member
        return set(member.roles)


def audited(office: Office) -> list[str]:
    with office.app.database.transaction() as session:
        found = session.exec(select(AuditRow).order_by(col(AuditRow.id)))
        return [row.action for row in found if row.action in {"role.ended", "role.restored"}]


@pytest.mark.parametrize("said", ["/thoivai Nguyễn Thị Lan", "/thoivai lan", "/thoivai quan 1"])
async def test_a_role_ends_and_its_person_is_told(
    thu: Person, lan: Person, office: Office, said: str
) -> None:
    asked = await thu.send(said)
    assert (
        "Chấm dứt vai trò đầu mối báo cáo của Nguyễn Thị Lan tại Ủy ban nhân dân Quận 1?" in asked
    )
    assert "không còn đầu mối nào" in asked
    assert roles(office, lan) == {("focal", "quan-1")}
    assert "Đã chấm dứt: Nguyễn Thị Lan" in await thu.click("Chấm dứt vai trò")
    assert "đã chấm dứt vai trò đầu mối báo cáo của anh/chị" in lan.last.text
    assert roles(office, lan) == set()
    assert "chỉ phục vụ người được mời" in await lan.send("/baocao")
    assert audited(office) == ["role.ended"]


async def test_it_is_given_back(thu: Person, lan: Person, office: Office) -> None:
    await thu.send("/thoivai lan")
    await thu.click("Chấm dứt vai trò")
    assert "Đã khôi phục" in await thu.click("Khôi phục vai trò")
    assert "giữ lại vai trò đầu mối báo cáo" in lan.last.text
    assert roles(office, lan) == {("focal", "quan-1")}
    assert "Không khôi phục được" in await thu.click("Khôi phục vai trò")
    assert audited(office) == ["role.ended", "role.restored"]


async def test_not_after_a_week(
    thu: Person, lan: Person, office: Office, clock: PushedClock
) -> None:
    await thu.send("/thoivai lan")
    await thu.click("Chấm dứt vai trò")
    clock.push_to(clock.now() + timedelta(days=7, seconds=1))
    assert "Không khôi phục được" in await thu.click("Khôi phục vai trò")
    assert roles(office, lan) == set()


async def test_of_several_one_is_chosen(
    thu: Person, lan: Person, vy: Person, office: Office
) -> None:
    await thu.send("/thoivai quan 1")
    assert ["2. Đỗ Tường Vy – đầu mối báo cáo, Quận 1"] in thu.buttons
    await thu.click("1. Nguyễn Thị Lan – đầu mối báo cáo, Quận 1")
    assert "không còn đầu mối" not in await thu.send("chấm dứt")
    assert roles(office, lan) == set()
    assert roles(office, vy) == {("focal", "quan-1")}


async def test_the_last_administrator_stays(thu: Person, office: Office) -> None:
    assert "là quản trị viên cuối cùng" in await thu.send("/thoivai thu")
    assert roles(office, thu) == {("admin", "so-vhtt")}


async def test_of_two_administrators_who_end_each_other_one_stays(
    thu: Person, binh: Person, office: Office
) -> None:
    await thu.send("/thoivai bình")
    await binh.send("/thoivai thu")
    await thu.click("Chấm dứt vai trò")
    await binh.send("chấm dứt")
    assert roles(office, thu) == {("admin", "so-vhtt")}
    assert roles(office, binh) == set()


async def test_the_other_administrators_hear_of_it(thu: Person, binh: Person, lan: Person) -> None:
    await thu.send("/thoivai lan")
    await thu.click("Chấm dứt vai trò")
    assert "Trần Minh Thu đã chấm dứt vai trò đầu mối báo cáo của Nguyễn Thị Lan" in binh.last.text
    assert "không còn đầu mối nào liên lạc được" in binh.last.text
    assert lan.messages


@pytest.mark.parametrize("said", ["/thoivai", "/thoivai Lê Thị Không Có", "/thoivai khoiphuc 99"])
async def test_what_is_not_understood_ends_nothing(
    thu: Person, lan: Person, office: Office, said: str
) -> None:
    await thu.send(said)
    await thu.send("chấm dứt")
    assert roles(office, lan) == {("focal", "quan-1")}


async def test_changed_one_s_mind(thu: Person, lan: Person, office: Office) -> None:
    await thu.send("/thoivai lan")
    assert "Chưa có gì thay đổi" in await thu.send("/huy")
    assert roles(office, lan) == {("focal", "quan-1")}


@pytest.mark.parametrize("who", ["lan", "hoa"])
async def test_nobody_else_may(cast: Cast, office: Office, who: str) -> None:
    person, vy = getattr(cast, who)(), cast.vy()
    await person.send("/thoivai vy")
    await person.send("chấm dứt")
    assert roles(office, vy) == {("focal", "quan-1")}


async def test_what_they_had_settled_for_their_absence_ends_with_it(
    thu: Person, lan: Person, vy: Person, office: Office
) -> None:
    await lan.send("/uyquyen 20/9 - 25/9")
    await lan.send("1")
    await lan.send("đúng")
    await thu.send("/thoivai Nguyễn Thị Lan")
    await thu.click("Chấm dứt vai trò")
    with office.app.database.transaction() as session:
        member = People(session).at("telegram", str(lan.chat_id))
        assert member
        assert Absences(session).of(member.person_id, local_date(office.now)) == []
    assert vy.messages
