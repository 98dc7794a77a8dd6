"""Figures with words of a second thought around them, or with letters that look like digits."""

import re

# Said before a correction, in any number: "à", "xin lỗi em".
_OOPS = (
    r"(?:à|a|ủa|ua|ý|y|í|i|ấy|ay|ui|úi|á|xin lỗi|xin loi|sr|sorry|em|cho em|dạ|da|ừ|không|khong"
    r"|ko|chưa đúng|thôi)"
)
_SLIP = (
    r"(?:nhầm|nham|lộn|lon|sai|sửa|sua|đính chính|dinh chinh|chỉnh|chinh|gõ sai|gõ nhầm|ghi sai"
    r"|ghi nhầm|viết nhầm|nhập sai|nhập nhầm|đổi|doi|quên|quen)"
)
_FILLING = (
    r"(?: (?:lại|lai|thành|thanh|số|so|rồi|roi|là|la|ạ|a|nhé|nhe|em|sang|chút|tí|phải|giúp|giùm))*"
)
_INSTEAD = re.compile(
    rf"(?:{_OOPS}[,.]? )*(?:{_SLIP}{_FILLING}[,.:]?|(?:ý|y) (?:em|anh|chị|tôi|mình) (?:là|la)"
    r"|(?:xin lỗi|xin loi|sorry|à|ủa)(?: em| anh| chị)?[,.]?"
    r"|(?:phải|phai|đúng ra|dung ra|chính xác|chinh xac|thật ra|that ra|lẽ ra|le ra) (?:là|la)"
    r"|(?:không phải|khong phai|ko phai) .+? (?:mà|ma)(?: là| la)?) (?P<rest>.+)"
)
_THEN = re.compile(
    r".*?[0-9][^ ]* ?[,.]? (?!(?:không|khong|ko) (?:nhầm|nham|sai|lộn|lon)|sai [0-9])"
    rf"(?:{_OOPS}[,.]? )*{_SLIP}{_FILLING}[,.:]? (?P<rest>.+)"
)
_BECOMES = re.compile(
    rf"(?:(?:{_OOPS} )*(?:{_SLIP}|từ|tu) .*?[0-9][^ ]* (?:thành|thanh|sang)(?: (?:là|la))?"
    r"|.*?[0-9][^ ]* ?(?:=>|->|→)) ?(?P<rest>.+)"
)
_NOT_THAT = re.compile(
    r"(?P<rest>.*?[0-9].*?),? (?:chứ|chu)(?: (?:không|khong|ko|k|hông|hong)) (?:phải|phai) .+"
)
_BLAMED = re.compile(
    r"(?:.* )?(?:gõ|ghi|viết|nhập|go|viet|nhap|bấm|bam|đánh|danh) (?:sai|nhầm|nham|lộn|lon)"
    r" [^ ]*[0-9][^ ]*(?: (?:rồi|roi|r))?"
)
_ONLY_RIGHT = re.compile(r"(?P<rest>.+?) (?:mới đúng|moi dung|mới phải|moi phai|cơ|chứ|chu)")
_ANSWERED = re.compile(
    r"(?:đúng|dung|vâng|vang|phải|phai|ừ|ok|oke|không|khong|ko|k|sai|sai rồi|sai roi|dạ không"
    r"|chưa đúng)(?:[,.] (?P<more>.*[0-9].*)| (?P<rest>[0-9].*))"
)
_DENIED = re.compile(r"(?:không|khong|ko|k) (?:phải|phai)[,.:] (?P<rest>[0-9].*)")
_OR_RATHER = re.compile(
    r".*?[0-9][^ ]* ?[,.]? (?:à|a|ấy|ay|ủa|ua|ý|y|ui)[,.]? (?:không|khong|ko|k)(?: (?:phải|phai))?"
    r"[,.]? (?P<rest>[0-9].*)"
)
_LOOK_ALIKE = re.compile(
    r"(?<![^\W\d_])(?=[0-9]*[olis|])(?=[olis|]*[0-9])[0-9olis|]+(?![^\W\d_])"
    r"|(?<![^\W_])[ol](?=/)|(?<=/)[ol](?![^\W_])"
)
_SHAPES = (_NOT_THAT, _BECOMES, _INSTEAD, _THEN, _DENIED, _OR_RATHER, _ONLY_RIGHT, _ANSWERED)
_DIGITS = str.maketrans("oli|s", "01115")

_PLACE = (
    "thư viện|thu vien|bảo tàng|bao tang|trường|truong|cơ sở|co so|đơn vị|don vi|điểm|diem|xã|xa"
    "|nhà văn hóa|nha van hoa|trung tâm|trung tam|điểm sinh hoạt|diem sinh hoat|tv"
)
_NAMED = re.compile(
    r"(?<!\w)(?:phường|phuong|quận|(?<!binh )quan|khu phố|khu pho|ấp|số nhà) (?:số )?[0-9]+"
    rf"|(?<!\w)(?:{_PLACE}) (?:số|so) [0-9]+(?![0-9]* ?[/\\])"
    r"|(?<!số )(?<!so )(?<!\w)(?:lớp|lop|lần|đợt|chỉ tiêu|chi tieu) [0-9]+(?![0-9]* ?[/\\])"
)
_PLACE_ALONE = re.compile(rf"(?:{_PLACE}) [0-9]+")
_CODE = re.compile(
    r"(?:(?:chỉ tiêu|chi tieu|mã|ma) )?"
    r"(?P<code>(?:tv ?[12] ?[.,] ?[1-6]|tv[12][1-6]|tv3|bt[12]|vh[12])(?= ?[:=)\-]| )"
    r"|(?:tv ?3|bt ?[12]|vh ?[12])(?= ?[:=]))(?: ?[:=)]+|-+| -+(?= )| (?:là|la))? *"
)


def figures_in(said: str) -> list[str]:
    """The words behind "à nhầm 13/15", "12/15, nhầm, 13/15", "13/15 mới đúng"; likeliest first."""
    found = [shape.fullmatch(said) for shape in _SHAPES]
    return [match[match.lastgroup or 0] for match in found if match]


def in_digits(said: str) -> str | None:
    """O5 as 05, l2 as 12: to be asked about, never taken. None where no letter looks so."""
    mended = _LOOK_ALIKE.sub(lambda match: match[0].translate(_DIGITS), said)
    return mended if mended != said else None


def split_code(said: str) -> tuple[str, str]:
    """`tv1.2: 12/15` → ("TV1.2", "12/15"); without an indicator's code, ("", all of it)."""
    match = _CODE.match(said)
    if match is None or not said[match.end() :]:
        return "", said
    bare = re.sub(r"[^a-z0-9]", "", match["code"]).upper()
    code = bare if len(bare) == len("TV3") else f"{bare[:3]}.{bare[3]}"
    return code, said[match.end() :]


def is_code(said: str) -> bool:
    return re.fullmatch(r"(?:tv|bt|vh) ?[0-9](?: ?[.,] ?[0-9]|[0-9])?", said) is not None


def has_named_place(said: str) -> bool:
    """Phường 12: a number that is a name."""
    return (_NAMED.search(said) or _PLACE_ALONE.fullmatch(said)) is not None


def is_blamed(said: str) -> bool:
    """Ghi nhầm 12/15: is that the figure, or the mistake?"""
    return _BLAMED.fullmatch(said) is not None
