"""What the bot is asked to do by name, and who may ask it."""

from dataclasses import dataclass

from storage.people import Member

ALONE = ("han", "lichnhac", "nhatky")
OF_NOTICES = ("danhan", "hoi", "tatthongbao", "batthongbao")
SHARED = (
    "nhiemvu",
    "tiendo",
    "visao",
    "dubao",
    "bieudo",
    "lichsu",
    "giaitrinh",
    *ALONE,
    "vuongmac",
    "danhmuc",
    *OF_NOTICES,
)
OF_CODES = ("visao", "dubao")
"""Without a slash, commands only where an indicator's code follows."""
OF_OWING = ("chuanop", "nhac")
OF_OFFICE = ("lich", "mocnhac")
"""For officials to look at and for administrators to change."""
OF_ADMIN = ("chotnam", "thoivai", "chaythu", "suckhoe", "khongro", "tindi", "tinden")
OF_REVIEW = ("duyet", "tralai", "molai", "nhapthay")
OF_EASING = ("giahan", "tatnhac")
OF_ABSENCE = ("tamhoan", "uyquyen", "bangiao")
EVERYDAY = {
    *ALONE,
    "danhmuc",
    "lichsu",
    "giaitrinh",
    "hoilai",
    *OF_REVIEW,
    *OF_EASING,
    *OF_ABSENCE,
    "xungho",
}
"""What people say of other things as well, "bàn giao cho phường": with more words, an answer."""
NEVER_BARE = {*OF_OWING, "viec", "vuongmac", "hoi", "traloi"}
"""Said of many things, "nhắc lại giúp tôi": with a slash only."""
NAMES = (
    "start",
    "menu",
    "baocao",
    "tieptuc",
    "sua",
    "quaylai",
    "boqua",
    "minhchung",
    "bieumau",
    "loivan",
    "nhactoi",
    "viec",
    "nhiemvu",
    "tiendo",
    "visao",
    "dubao",
    "bieudo",
    *OF_OWING,
    "lichsu",
    "giaitrinh",
    "hoilai",
    *ALONE,
    "vuongmac",
    "danhmuc",
    *OF_NOTICES,
    "thongbao",
    "traloi",
    *OF_OFFICE,
    *OF_ADMIN,
    *OF_REVIEW,
    *OF_EASING,
    *OF_ABSENCE,
    "xingiahan",
    "xungho",
    "trogiup",
    "ngonngu",
    "dulieucuatoi",
    "xoadulieu",
    "huy",
)
MUTING = ("tatthongbao", "batthongbao")
OWN_DATA = ("dulieucuatoi", "xoadulieu")
"""For everybody, strangers too: about whoever asks."""
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
YEAR_DIGITS = 4
MOVES = {"quaylai": ("back", "again", "review"), "boqua": ("skip",)}
"""What stands for a button of the open question: with a slash only, or it may be an answer."""
FOCAL, OFFICIAL, ADMIN = "focal", "official", "admin"
ROLES = (FOCAL, OFFICIAL, ADMIN)
OF_FOCAL = (
    "baocao",
    "tieptuc",
    "sua",
    "quaylai",
    "boqua",
    "minhchung",
    "bieumau",
    "loivan",
    "nhactoi",
    "viec",
    "hoilai",
    "xingiahan",
    *OF_ABSENCE,
)


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    argument: str = ""
    slashed: bool = True


def split_year(argument: str, this_year: int) -> tuple[str, int]:
    """`quan 3 2024` → ("quan 3", 2024); without a year, this one."""
    words = argument.split()
    if words and words[-1].isdecimal() and len(words[-1]) == YEAR_DIGITS:
        return " ".join(words[:-1]), int(words[-1])
    return argument, this_year


def of(member: Member | None) -> tuple[str, ...]:
    """The commands a person can use, in the order of the menu."""
    if member is None or not member.may(*ROLES):
        return ("start", "trogiup", *OWN_DATA)
    own = OF_FOCAL if member.may(FOCAL) else ()
    admins = ("thongbao", "traloi", *OF_EASING, *OF_ADMIN) if member.may(ADMIN) else ()
    office = (*OF_OWING, *OF_REVIEW, *OF_OFFICE) if member.may(OFFICIAL, ADMIN) else ()
    last = ("menu", "trogiup", "ngonngu", "xungho", *OWN_DATA, "huy")
    return (*own, *SHARED, *office, *admins, *last)
