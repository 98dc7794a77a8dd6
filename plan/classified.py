"""Markings of state secrets: MẬT, TỐI MẬT, TUYỆT MẬT. What bears one is refused, never stored.

Without accents, "toi mat" is also "I lost" and "tai lieu mat" a lost paper: there only capitals
that stand alone, or a document named before them, are taken for a marking.
"""

import re
import unicodedata

from plan.words import tidy

_COMPOUNDS = ("độ", "khẩu", "ong", "mã", "thiết", "hoa", "mía")
"""Syllables that make another word of it: density, password, honey, cipher, close …"""
_HARMLESS = rf"(?! (?:{'|'.join(_COMPOUNDS)})\b)"
_PAPER = r"(?:văn bản|tài liệu|công văn|hồ sơ|báo cáo|kế hoạch|quyết định|dấu)"
_BARE_PAPER = r"(?:van ban|tai lieu|cong van|ho so|bao cao|ke hoach|quyet dinh|dau|do mat)"
_GAP = r"[ :\-\"'(\[]{1,4}"

_GRADES = re.compile(
    rf"\b(?:tuy[eêệ]t|t[oôố]i) ?mật\b{_HARMLESS}|\btuyệt ?mat\b"
    rf"|\b{_BARE_PAPER}{_GAP}(?:tuyet|toi) mat\b"
)
_PLAIN_GRADE = re.compile(rf"\b(?:{_PAPER}|độ mật){_GAP}mật\b{_HARMLESS}|[(\[] ?mật ?[)\]]")
_DENIED = re.compile(rf"\bkhông (?:có|gửi|chứa|soạn|lưu)(?: các| những)? {_PAPER} mật\b")
_SPACED = re.compile(r"\b\w(?:[ .]\w\b){2,}")
_PIECES = re.compile(r" ?[-/|:;()\[\]<>*\"'.] ?")
_STAMPS = {"MẬT", "MAT", "TOI MAT", "Mật", "Mat"}
_CAPITALS = re.compile(r"(?:(\w+) )?\b(MẬT|TOI MAT)\b(?: (\w+))?")
_BEFORE_FIGURE = re.compile(r"MẬT [0-9]")
_ALWAYS = re.compile(r"\bTUYET ?MAT\b")


def is_marked(text: str) -> bool:
    """Whether somebody marked these words, or the paper they speak of, as classified."""
    # Compatibility forms: a stamp in bold or circled letters is still the stamp.
    text = unicodedata.normalize("NFKC", text).replace("_", " ")
    if "m" not in (low := tidy(text).lower()):
        return False
    if _GRADES.search(low) or _PLAIN_GRADE.search(_DENIED.sub("", low)):
        return True
    return any(_is_stamped(_closed_up(tidy(line))) for line in text.splitlines())


def _closed_up(line: str) -> str:
    """`M Ậ T` and `T.U.Y.Ệ.T M.Ậ.T` as they are read."""
    return _SPACED.sub(lambda found: re.sub(r"[ .]", "", found[0]), line)


def _is_stamped(line: str) -> bool:
    """Alone on its line or between dashes, or in capitals among words that are not."""
    if _ALWAYS.search(line) or _GRADES.search(line.lower()):
        return True
    pieces = _PIECES.split(line)
    if any(piece in _STAMPS for piece in pieces if piece.isupper() or piece == line):
        return True
    if line.lower() in {"mật", "tuyet mat"} or _BEFORE_FIGURE.match(line):
        return True
    found = _CAPITALS.search(line)
    return found is not None and not line.isupper() and _stands_out(found)


def _stands_out(found: re.Match[str]) -> bool:
    before, _, after = found.groups()
    title = any(word and word.isupper() for word in (before, after))
    return not title and after not in _COMPOUNDS
