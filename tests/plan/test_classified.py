"""What is taken for a marking of state secrets, and what merely sounds like one."""

import unicodedata

import pytest
from babel.messages.pofile import read_po

from handlers.language import LOCALES
from plan.classified import is_marked

MARKED = [
    "TUYỆT MẬT",
    "Tối mật",
    "tuyệt mật",
    "(MẬT)",
    "(mật)",
    "MẬT",
    "Mật",
    "[MẬT] Báo cáo số 12",
    "Độ mật: Mật",
    "độ mật: tối mật",
    "ĐỘ MẬT - MẬT",
    "đóng dấu mật",
    "Văn bản có đóng dấu “Mật”",
    "văn bản mật",
    "TÀI LIỆU MẬT",
    "tài liệu tối mật",
    "Gửi kèm công văn mật số 12/UBND",
    "MẬT\nBáo cáo tình hình địa bàn",
    "Báo cáo tình hình\n\n   TỐI   MẬT",
    "TUYỆT\nMẬT",
    "MẬT - HỎA TỐC",
    "12/BC-UBND (Mật)",
    "Công văn 12 MẬT của quận",
    "TUYET MAT",
    "TOI MAT",
    "(TOI MAT)",
    "BC_TUYET_MAT_2024.pdf",
    "Báo cáo TOI MAT của quận",
    "tai lieu tuyet mat",
    "van ban toi mat",
    "Độ mật: TOI MAT",
    "TUYỆT MAT",
    "tuyet mat",
    "T U Y Ệ T  M Ậ T",
    "M.Ậ.T",
    "𝐓𝐔𝐘𝐄𝐓 𝐌𝐀𝐓",
    "12/15 (Tuyệt mật)",
    "không có văn bản mật, nhưng phần sau là tối mật",
]
HARMLESS = [
    "",
    "12/15",
    "bảo mật",
    "BẢO MẬT",
    "bí mật kinh doanh",
    "Tập huấn bảo vệ bí mật nhà nước",
    "mật độ",
    "MẬT ĐỘ DÂN SỐ",
    "báo cáo mật độ dân số",
    "buổi tối mật độ người đọc cao",
    "mật khẩu",
    "quên mật khẩu rồi",
    "Mật khẩu mới",
    "mật ong",
    "Sản phẩm MẬT ONG của xã",
    "kế hoạch mật thiết với dân",
    "tôi mất 2 giờ",
    "toi mat 2 gio",
    "TOI MAT 2 GIO",
    "tôi mất",
    "toi mat",
    "tai lieu mat roi",
    "tài liệu mất",
    "chị Tuyết mất sổ",
    "bề mặt, có mặt đầy đủ",
    "tối mắt tối mũi",
    "tài liệu bảo mật thông tin",
    "Xác định độ mật của văn bản theo quy định",
    "Không gửi nội dung mật.",
    "Đơn vị không có tài liệu mật",
    "ngọt mật chết ruồi",
    "TV1.3 8/10",
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", MARKED)
def test_a_marking_is_seen(text: str, form: str) -> None:
    # What NFD takes apart may come so from a phone.
    assert is_marked(unicodedata.normalize("NFD", text) if form == "NFD" else text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_sounds_like_one_is_let_through(text: str, form: str) -> None:
    assert not is_marked(unicodedata.normalize("NFD", text) if form == "NFD" else text)


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_nothing_that_the_system_says_is_taken_for_one(locale: str) -> None:
    """People answer by quoting: the quotation comes back inside their message."""
    with (LOCALES / locale / "LC_MESSAGES" / "messages.po").open("rb") as source:
        said = [message.string for message in read_po(source, locale=locale)]
    assert not [text for text in said if isinstance(text, str) and is_marked(text)]
