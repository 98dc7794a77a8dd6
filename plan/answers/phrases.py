"""The words around a figure, or instead of one. Everything here is folded: no accents."""

import re

from plan.answers.readings import Ask, Count, NoData, NoObject, Reading
from plan.words import fold, has_loose_marks

OBJECT = (
    r"(?:thu vien|bao tang|trung tam(?: van hoa)?|thiet che|nha van hoa|don vi|co so|truong"
    r"|diem(?: sinh hoat)?)"
)
LONGEST = 200

_HEADS = re.compile(r"^(?:(?:da|vang|em gui|em bao cao|xin gui|bao cao)[,:]? )+")
_TAILS = re.compile(r"(?: (?:a|nha|nhe))+$")
_CLOSING = " .!,;"
_VAGUE = re.compile(r"^(?:(?:khoang|tam|gan|hon|chung|uoc) |~ ?)+")

_NO_DATA = re.compile(
    r"(?:hien )?(?:(?:chua|khong) co (?:so lieu|du lieu)|chua (?:thong ke|tong hop)(?: duoc| xong)?"
    r"|dang (?:thong ke|tong hop)(?: so lieu)?)"
)
_NO_OBJECT = re.compile(
    rf"(?:(?:phuong|xa|quan|huyen|don vi|dia phuong|dia ban|so)(?: [a-z]+)*? )?"
    rf"khong (?:co|con) (?:doi tuong|{OBJECT})(?: nao)?"
)
_NONE_MET = re.compile(rf"(?:khong|chua) co {OBJECT} nao dat")
_NOTHING = re.compile(r"khong|khong co|chua co|khong co cai nao|khong ap dung")


def heard(text: str) -> str | None:
    """Folded, without courtesies and closing marks; None when nothing can be made of it."""
    if len(text) > LONGEST or has_loose_marks(text):
        return None
    bare = fold(text).rstrip(_CLOSING).strip("\"'").rstrip(_CLOSING)
    return _TAILS.sub("", _HEADS.sub("", bare)).rstrip(_CLOSING) or None


def in_words(said: str) -> Reading | None:
    if _NO_DATA.fullmatch(said):
        return NoData()
    if _NO_OBJECT.fullmatch(said):
        return NoObject()
    if _NONE_MET.fullmatch(said):
        return Ask((Count(0),), "total_missing")
    return Ask((), "no_object?") if _NOTHING.fullmatch(said) else None


def without_vagueness(said: str) -> str | None:
    """The figure behind "khoảng 12" or "12?"; None when it was said plainly."""
    bare = _VAGUE.sub("", said).rstrip("? ")
    return bare if bare != said else None
