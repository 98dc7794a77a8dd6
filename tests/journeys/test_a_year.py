"""One year of the plan, told from the phones of four people."""

from datetime import UTC, datetime

from bot.app import App
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.invites import Invites
from tests.cast import Cast


def at(month: int, day: int, hour: int, year: int = 2024) -> datetime:
    """A moment by the city's clocks, seven hours ahead of UTC."""
    return datetime(year, month, day, hour - 7, tzinfo=UTC)


async def morning(app: App, clock: PushedClock, moment: datetime) -> None:
    clock.push_to(moment)
    await app.tick()
    await app.pump()


async def answer(person: Person, figure: str) -> str:
    await person.send(figure)
    return await person.click("Đúng")


async def enrol(app: App, cast: Cast, clock: PushedClock) -> Person:
    """An invited stranger reads the notice, agrees, and is the focal point of District 3."""
    with app.database.transaction() as session:
        Invites(session).create("thu-moi", "quan-3", "focal", clock.now())
    an = cast.an()
    assert "Ủy ban nhân dân Quận 3" in await an.send("/start thu-moi")
    assert "dữ liệu cá nhân" in await an.click("Đúng")
    await an.click("Đồng ý")
    assert "đầu mối báo cáo của Ủy ban nhân dân Quận 3" in await an.send("Võ Bình An")
    return an


async def report(an: Person) -> None:
    """Three figures and two tasks; the rest is left for later."""
    assert "Câu 1/10" in await an.click("Bắt đầu báo cáo")
    assert "12/15 (80,0%)" in await answer(an, "12/15")
    await answer(an, "9 trên 10")
    await answer(an, "1/1")
    await an.click("Bỏ qua")
    assert "năm 2023 có bao nhiêu lượt" in await an.send("125.000")
    await an.click("Chưa có")
    assert "125.000 lượt" in await an.click("Đúng")
    await an.click("Bỏ qua")
    assert "IV.10.a" in await an.click("Bỏ qua")
    await an.click("Hoàn thành")
    await an.click("vướng mắc")
    assert "IV.10.c" in await an.send("Chưa bố trí được kinh phí năm 2024 <chờ duyệt>")
    assert "Rà soát" in await an.click("Bỏ qua")


async def test_from_invitation_to_the_next_year(app: App, cast: Cast, clock: PushedClock) -> None:
    an, hoa, thu = await enrol(app, cast, clock), cast.hoa(), cast.thu()

    await morning(app, clock, at(9, 23, 8))
    assert "Kính gửi anh/chị An (Quận 3)" in an.last.text
    assert "hết thứ Hai, 04/11/2024" in an.last.text

    await report(an)
    assert "BC-2024-0001/1" in await an.click("Nộp báo cáo")

    seen = await hoa.send("/tiendo")
    assert "1/27 đơn vị" in seen
    assert "12/15 (80,0%) · 1/22 đơn vị đã báo cáo" in seen
    assert "IV.10.b: có khó khăn, vướng mắc – Chưa bố trí" in await hoa.send("/tiendo quan 3")

    await thu.send("/thongbao")
    await thu.send("Kính mời dự lễ phát động Tuần lễ học tập suốt đời.")
    assert "1 người" in await thu.click("Tất cả đầu mối")
    await thu.click("Gửi")
    await morning(app, clock, at(9, 23, 9))
    assert "Kính mời dự lễ phát động" in an.last.text
    await morning(app, clock, at(9, 23, 10))
    assert "1/1" in thu.last.text

    await morning(app, clock, at(10, 7, 9))
    assert "Kính mời dự lễ phát động" in "".join(m.text for m in an.messages[-2:])

    await morning(app, clock, at(2, 10, 9, year=2025))
    await an.send("/baocao")
    assert "Năm 2024: 12/15 (80,0%)" in an.last.text


async def test_every_step_typed_and_no_button_pressed(
    app: App, cast: Cast, clock: PushedClock
) -> None:
    with app.database.transaction() as session:
        Invites(session).create("thu-moi", "quan-3", "focal", clock.now())
    an, thu = cast.an(), cast.thu()
    for typed in ("/start thu-moi", "đúng", "đồng ý", "Võ Bình An", "bao cao"):
        said = await an.send(typed)
    assert "Câu 1/10" in said
    for typed in ("12/15", "đúng", "9/10", "dung", "khong co doi tuong", "đúng", "chưa có số liệu"):
        said = await an.send(typed)
    if "đúng không" in said:
        said = await an.send("đúng")
    assert "Câu 5/10" in said
    for typed in (
        "125 000",
        "chưa có",
        "đúng",
        "bỏ qua",
        "bo qua",
        "3",
        "vướng mắc",
        "không mô tả",
    ):
        said = await an.send(typed)
    assert "IV.10.c" in said
    assert "Rà soát" in await an.send("1")
    assert "BC-2024-0001/1" in await an.send("nop bao cao")
    for typed in ("thông báo", "Đề nghị các đơn vị báo cáo.", "tat ca dau moi bao cao", "1"):
        said = await thu.send(typed)
    assert "1 người" in said
    await morning(app, clock, at(9, 16, 10))
    assert "Đề nghị các đơn vị báo cáo." in an.last.text


async def test_reported_agencies_are_not_reminded_again(
    app: App, cast: Cast, clock: PushedClock
) -> None:
    lan, minh = cast.lan(), cast.minh()
    await lan.send("/baocao")
    await answer(lan, "1/1")
    await lan.click("Lưu, làm sau")
    await morning(app, clock, at(9, 23, 8))
    assert "còn thiếu 9 câu" in lan.last.text
    assert "Kính gửi anh/chị Minh (Sở GD&ĐT)" in minh.last.text
    before = len(lan.messages)
    await lan.send("/baocao")
    for _ in range(9):
        await lan.click("Bỏ qua")
    await lan.click("Nộp báo cáo")
    said = len(lan.messages)
    assert said > before
    await morning(app, clock, at(10, 16, 8))
    assert "Kính gửi" not in "".join(m.text for m in lan.messages[said:])
    assert "Hạn nộp" in minh.last.text


async def test_two_readings_are_both_offered(app: App, cast: Cast) -> None:
    assert app.settings.bot_token
    lan = cast.lan()
    await lan.send("/baocao")
    assert "có thể hiểu theo nhiều cách" in await lan.send("12 150")
    assert lan.buttons[0][0].startswith("1. ")
    assert "Đã ghi nhận: TV1.2" in await lan.send("1")


async def test_a_colleague_s_change_is_seen_before_it_is_sent(app: App, cast: Cast) -> None:
    assert app.settings.bot_token
    lan, vy = cast.lan(), cast.member(106, "Đỗ Tường Vy", "quan-1", "focal")
    for person in (lan, vy):
        await person.send("/baocao")
    await answer(lan, "1/1")
    for _ in range(9):
        await lan.click("Bỏ qua")
    assert "vừa nhập 1/1" in await answer(vy, "1/100")
    await vy.click("Thay bằng 1/100")
    assert "vui lòng xem lại" in await lan.click("Nộp báo cáo")
    assert "1/100 (1,0%)" in lan.last.text
    assert "BC-2024-0001/1" in await lan.click("Nộp báo cáo")
