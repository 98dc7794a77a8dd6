"""Commands as they are typed, and the menus Telegram shows for them."""

import pytest

from handlers import commands, reading
from handlers.commands import Command
from handlers.language import words_for
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.people import Member
from tests.handlers.scenes import Office

STRANGER = ["start", "trogiup", "dulieucuatoi", "xoadulieu"]
LAST = ["menu", "trogiup", "ngonngu", "xungho", "dulieucuatoi", "xoadulieu", "huy"]
ADMIN = ["thongbao", "traloi", *commands.OF_EASING, *commands.OF_ADMIN]
OFFICE = [*commands.OF_OWING, *commands.OF_REVIEW, *commands.OF_OFFICE]
FOCAL = [*commands.OF_FOCAL, *commands.SHARED, *LAST]


@pytest.mark.parametrize(
    ("typed", "name", "argument"),
    [
        ("/baocao", "baocao", ""),
        ("/BaoCao@tiendo_bot 2023", "baocao", "2023"),
        ("Báo cáo", "baocao", ""),
        ("bao cao 2023", "baocao", "2023"),
        ("sửa", "sua", ""),
        ("Sửa TV1.3 12/15", "sua", "TV1.3 12/15"),
        ("sua tv 1.3", "sua", "tv 1.3"),
        ("sửa IV.10.a", "sua", "IV.10.a"),
        ("/sua 12/15", "sua", "12/15"),
        ("tiếp tục", "tieptuc", ""),
        ("/quaylai", "quaylai", ""),
        ("tiến độ quận 1", "tiendo", "quận 1"),
        ("TIEN DO", "tiendo", ""),
        ("nhiemvu II.2.đ", "nhiemvu", "II.2.đ"),
        ("  /huy  ", "huy", ""),
        ("dữ liệu của tôi", "dulieucuatoi", ""),
        ("du lieu cua toi", "dulieucuatoi", ""),
        ("/DữLiệuCủaTôi", "dulieucuatoi", ""),
        ("Xóa dữ liệu", "xoadulieu", ""),
        ("xóa dữ liệu của tôi", "xoadulieu", ""),
        ("English", "ngonngu", "en"),
        ("tieng viet", "ngonngu", "vi"),
        ("sức khỏe", "suckhoe", ""),
        ("Tin đến", "tinden", ""),
        ("/khongro", "khongro", ""),
        ("Tin chưa rõ kết quả", "khongro", ""),
        ("xin gia hạn đến 15/11", "xingiahan", "đến 15/11"),
        ("gia hạn", "giahan", ""),
        ("Bàn giao", "bangiao", ""),
        ("/ủyquyền 20/10 - 25/10", "uyquyen", "20/10 - 25/10"),
        ("xưng hô", "xungho", ""),
        ("lịch", "lich", ""),
        ("lịch nhắc", "lichnhac", ""),
        ("/lich nghi 16/02/2026 Tết", "lich", "nghi 16/02/2026 Tết"),
        ("Mốc nhắc", "mocnhac", ""),
        ("chạy thử", "chaythu", ""),
        ("/khongco", "?", ""),
        ("/", "?", ""),
    ],
)
def test_reads_a_command(typed: str, name: str, argument: str) -> None:
    found = reading.read(typed, words_for("vi"))
    assert found is not None
    assert (found.name, found.argument) == (name, argument)


@pytest.mark.parametrize(
    "typed",
    [
        *("12/15", "báo cáo 12/15", "em báo cáo", "đúng", "baocaoo", ""),
        *("sửa 13/15", "sửa thành 13/15", "sửa là 13/15", "bỏ qua", "quay lại"),
        *("không rõ", "tin đến muộn", "sức khỏe tốt"),
        *("lịch họp ngày mai", "lịch nghỉ hè của thư viện", "chạy thử phần mềm"),
        *("vướng mắc", "vướng mắc về kinh phí"),
        *("xóa dữ liệu phòng đọc tháng 5", "hạn nộp là hôm nay"),
        *("bàn giao cho phường rồi", "gia hạn thẻ bạn đọc", "ủy quyền cho xã", "tạm hoãn vì bão"),
    ],
)
def test_an_answer_is_no_command(typed: str) -> None:
    assert reading.read(typed, words_for("vi")) is None


def test_buttons_are_typed_in_the_language_of_the_chat() -> None:
    assert reading.read("yearly report", words_for("en")) == Command("baocao", slashed=False)
    assert reading.read("my data", words_for("en")) == Command("dulieucuatoi", slashed=False)


def member(*roles: str, consented: bool = True) -> Member:
    held = frozenset((role, "quan-1") for role in roles)
    return Member(1, "Nguyễn Thị Lan", "vi", "telegram", "101", consented, held)


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        (None, STRANGER),
        (member(), STRANGER),
        (member("focal", consented=False), STRANGER),
        (member("focal"), FOCAL),
        (member("official"), [*commands.SHARED, *OFFICE, *LAST]),
        (member("admin"), [*commands.SHARED, *OFFICE, *ADMIN, *LAST]),
    ],
    ids=["stranger", "former", "not consenting", "focal", "official", "admin"],
)
def test_commands_by_role(who: Member | None, wanted: list[str]) -> None:
    assert list(commands.of(who)) == wanted


async def test_joining_brings_the_command_menu_of_the_role(
    an: Person, office: Office, telegram: Telegram
) -> None:
    office.invite("thu-moi")
    for word in ("/start thu-moi", "đúng", "đồng ý", "Võ Bình An"):
        await an.send(word)
    shown = telegram.world.commands.shown_in(an.chat_id, "vi")
    assert [command["command"] for command in shown] == FOCAL


async def test_every_command_of_the_menu_is_understood(lan: Person) -> None:
    for name in FOCAL:
        assert "Lệnh này không có" not in await lan.send(f"/{name}")
