"""Days as people type them: 5/11, mùng 5 tháng 11, hôm qua, thứ sáu tuần sau. Never mm/dd."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from plan.answers.number_words import read_words
from plan.answers.readings import Ask, Day, Reading, Refuse, Unreadable, Value
from plan.answers.spelling import tokens
from plan.answers.vocabulary import DAYS
from plan.words import fold

_ISO = re.compile(r"(20[0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_SHORT = re.compile(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2})(?: ?\2 ?([0-9]{2,4}))?")
_LONG = re.compile(r"([0-9]{1,2}) thang ([0-9]{1,2})(?:,? ?(?:nam )?([0-9]{2,4}))?")
_TRAILING_YEAR = re.compile(r"([0-9]{1,2}) ?[-/.] ?([0-9]{1,2}) nam ([0-9]{2,4})")
_DAY_ONLY = re.compile(r"ngay ([0-9]{1,2})(?: thang nay| nay)?")
_NEXT_MONTH = re.compile(r"(?:ngay |mung |mong )+([0-9]{1,2}) thang (?:sau|toi)")
_EIGHT = re.compile(r"([0-9]{2})([0-9]{2})(20[0-9]{2})")
_NUMBER = r"([0-9]{1,3})"
_IN_DAYS = re.compile(rf"(?:sau |trong )?{_NUMBER} (?:ngay|hom|bua)(?: nua| sau| toi)?")
_DAYS_AGO = re.compile(rf"(?:cach day )?{_NUMBER} (?:ngay|hom|bua)(?: truoc)?")
_IN_WEEKS = re.compile(rf"{_NUMBER} tuan (?:nua|sau|toi)")
_WEEKDAY = re.compile(
    r"(?:thu ([2-7])|(chu nhat|cn)|t([2-7]))"
    r"(?: (tuan nay|tuan sau|tuan toi|tuan truoc|tuan roi|nay|toi|sau))?"
)
_MONTH_EDGE = re.compile(r"(dau|cuoi|het) thang(?: ([0-9]{1,2})| (nay|sau|toi|truoc))?")
_HEAD = re.compile(
    r"^(?:(?:(?:so lieu )?(?:tinh )?den|vao|luc|tu|la|sang|trua|chieu|toi)(?: ngay)? "
    r"|ngay |mung |mong |hom )+"
)
_NEARBY = {way: days for name, days in DAYS["nearby"].items() for way in (name, fold(name))}
_ABOUT = re.compile(r"(?:khoảng|khoang|tầm|chừng|chung|độ|cỡ) ")
_EITHER = re.compile(r" (?:hoặc|hoac|hay|đến|den|tới) ")
_WEEKDAYS: dict[str, str] = DAYS["weekdays"]
_DAYNAME = r"(?P<name>thu [2-7]|chu nhat|cn|t[2-7])"
_NAMED = re.compile(
    rf"(?:sang |trua |chieu |toi )?{_DAYNAME},? (?:ngay )?(?P<day>[0-9].*)"
    rf"|(?:ngay )?(?P<before>[0-9].*?),? {_DAYNAME.replace('name', 'after')}"
)
_SLASHED = r"([0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?)"
_BETWEEN = re.compile(rf"{_SLASHED} ?- ?{_SLASHED}")
_YEAR_AWAY = re.compile(r"(.*[0-9].*) nam (nay|ngoai|truoc|roi|sau|toi)")
_AWAY = {"nay": 0, "sau": 1, "toi": 1}
_FAR = 10
"""Years from today beyond which two digits may be no year at all."""
_VAGUE = re.compile(DAYS["vague"])
YEARS = range(2000, 2100)
_MONTHS = 12


def read_day(said: str, today: date, year: int | None) -> Reading:
    """`year` completes a day typed without one; without it that is the year of `today`."""
    about = _ABOUT.match(said)
    if about:
        found = read_day(said[about.end() :], today, year)
        return replace(found, confirm=True, estimate=True) if isinstance(found, Value) else found
    if ranged := _ranged(said, today, year):
        return ranged
    ahead = _NEARBY.get(said)
    if ahead is not None:
        # "mot" may be "một" (one) as well as "mốt" (the day after tomorrow).
        near = Day(today + timedelta(days=ahead))
        return Ask((near,), "unsure") if said == "mot" else Value(near)
    text = fold(_in_digits(re.sub(r"[()]", "", said)))
    if away := _YEAR_AWAY.fullmatch(text):
        return _written(away[1], today, today.year + _AWAY.get(away[2], -1))
    if named := _NAMED.fullmatch(text):
        return _of_that_name(named, today, year)
    edge = _month_edge(text, today, year) or _week_edge(text, today)
    return edge or _weekday(text, today) or _counted(text, today) or _written(text, today, year)


def _ranged(said: str, today: date, year: int | None) -> Reading | None:
    """5/11 hoặc 6/11, từ 1/10 đến 31/10: which of the two?"""
    between = _BETWEEN.fullmatch(said)
    bare = said.removeprefix("từ ").removeprefix("tu ")
    parts = list(between.groups()) if between else _EITHER.split(bare)
    if len(parts) == 1:
        return None
    found = [read_day(part, today, year) for part in parts]
    given = tuple(one.given for one in found if isinstance(one, Value))
    return Ask(given, "range") if len(given) == len(parts) else None


def _week_edge(text: str, today: date) -> Reading | None:
    if text in {"dau tuan sau", "dau tuan toi"}:
        return _day(_monday(today) + timedelta(weeks=1), confirm=True)
    if text in {"cuoi tuan", "cuoi tuan nay", "cuoi tuan sau"}:
        ahead = 1 if text.endswith("sau") else 0
        return _day(_monday(today) + timedelta(weeks=ahead, days=4), confirm=True)
    return None


def _in_digits(said: str) -> str:
    """Numbers in words after `ngày`, `mùng`, `tháng`, `thứ` and before `ngày nữa` as digits."""
    words = said.split(" ")
    out: list[str] = []
    while words:
        found = [(n, _spelled(words[:n], out)) for n in (3, 2, 1) if n <= len(words)]
        used, digits = next(((n, digits) for n, digits in found if digits), (1, words[0]))
        out.append(digits or "")
        del words[:used]
    return " ".join(out)


def _spelled(words: list[str], before: list[str]) -> str | None:
    """The digits of a row of number words, where a number is due."""
    after = fold(before[-1]) if before else ""
    # "Tháng sau" is the next one, "tháng sáu" June.
    if any(word[:1].isdecimal() for word in words) or (after == "thang" and words == ["sau"]):
        return None
    if after == "thu" and len(words) == 1:
        return _WEEKDAYS.get(fold(words[0]))
    if after not in {"mung", "mong", "ngay", "thang", ""}:
        return None
    if not after and " ".join(words) in _NEARBY:
        return None
    found = read_words(tokens(" ".join(words)), whole=True)
    return str(found.values[0]) if found and len(found.values) == 1 else None


def _weekday(text: str, today: date) -> Reading | None:
    match = _WEEKDAY.fullmatch(re.sub(r"^(?:sang|trua|chieu|toi|den|vao) ", "", text))
    if match is None:
        return None
    number = match[1] or match[3]
    weekday = int(number) - 2 if number else 6
    week = match[4]
    if week in {"tuan sau", "tuan toi"}:
        return _day(_monday(today) + timedelta(weeks=1, days=weekday), confirm=True)
    if week in {"tuan truoc", "tuan roi"}:
        return _day(_monday(today) + timedelta(weeks=-1, days=weekday), confirm=True)
    if week == "tuan nay":
        return _day(_monday(today) + timedelta(days=weekday), confirm=True)
    return _day(today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1), confirm=True)


def _of_that_name(named: re.Match[str], today: date, year: int | None) -> Reading:
    """Thứ năm 5/11: a name that does not fit its day is asked about."""
    found = _written(named["day"] or named["before"], today, year)
    number = re.search("[2-7]", named["name"] or named["after"])
    weekday = int(number[0]) - 2 if number else 6
    match found:
        case Value(Day(on)) if on.weekday() != weekday:
            return Ask((Day(on),), "unsure")
    return found


def _month_edge(text: str, today: date, year: int | None) -> Reading | None:
    match = _MONTH_EDGE.fullmatch(text)
    if match is None:
        return None
    ahead = {"sau": 1, "toi": 1, "truoc": -1}.get(match[3] or "", 0)
    month = int(match[2]) if match[2] else today.month + ahead
    in_year = (year or today.year) if match[2] else today.year
    if match[2] and not 1 <= month <= _MONTHS:
        return Refuse("no_such_day")
    first = date(in_year + (month - 1) // _MONTHS, (month - 1) % _MONTHS + 1, 1)
    last = monthrange(first.year, first.month)[1]
    return _day(first.replace(day=1 if match[1] == "dau" else last), confirm=True)


def _counted(text: str, today: date) -> Reading | None:
    if match := _IN_WEEKS.fullmatch(text):
        return _day(today + timedelta(weeks=int(match[1])), confirm=True)
    if (match := _IN_DAYS.fullmatch(text)) and text.endswith(("nua", "sau", "toi")):
        return _day(today + timedelta(days=int(match[1])))
    if (match := _DAYS_AGO.fullmatch(text)) and ("truoc" in text or "cach" in text):
        return _day(today - timedelta(days=int(match[1])))
    return None


def _written(text: str, today: date, year: int | None) -> Reading:
    """A date with its numbers: day first, always."""
    if match := _DAY_ONLY.fullmatch(text):
        found = _dated(int(match[1]), today.month, today.year)
        return Ask((found.given,), "unsure") if isinstance(found, Value) else found
    if match := _NEXT_MONTH.fullmatch(text):
        ahead = date(today.year + today.month // _MONTHS, today.month % _MONTHS + 1, 1)
        found = _dated(int(match[1]), ahead.month, ahead.year)
        return replace(found, confirm=True) if isinstance(found, Value) else found
    bare = _HEAD.sub("", text)
    if match := _ISO.fullmatch(bare):
        return _dated(int(match[4]), int(match[3]), int(match[1]))
    if match := _EIGHT.fullmatch(bare):
        found = _dated(int(match[1]), int(match[2]), int(match[3]))
        return Ask((found.given,), "unsure") if isinstance(found, Value) else Unreadable()
    for shape, places in ((_SHORT, (1, 3, 4)), (_LONG, (1, 2, 3)), (_TRAILING_YEAR, (1, 2, 3))):
        if match := shape.fullmatch(bare):
            day, month, typed = (match[place] for place in places)
            found = _dated(int(day), int(month), _year(typed) or year or today.year)
            return _near_enough(found, match.group(*places), today)
    return Ask((), "unsure") if _VAGUE.fullmatch(text) else Unreadable()


def _near_enough(found: Reading, typed: Sequence[str | None], today: date) -> Reading:
    """26/11/05 is the fifth of November at least as likely as a day of 2005."""
    first, month, last = typed
    if (
        not isinstance(found, Value)
        or not isinstance(found.given, Day)
        or len(last or "") != len("05")
    ):
        return found
    if abs(found.given.on.year - today.year) <= _FAR:
        return found
    other = _dated(int(last or 0), int(month or 0), int(first or 0) + 2000)
    given = other.given if isinstance(other, Value) else None
    return Ask((found.given, given) if given else (found.given,), "unsure")


def _year(typed: str | None) -> int | None:
    if not typed:
        return None
    return int(typed) + 2000 if len(typed) == len("26") else int(typed)


def _dated(day: int, month: int, year: int) -> Reading:
    if year not in YEARS:
        return Refuse("year")
    try:
        return _day(date(year, month, day))
    except ValueError:
        swapped = 1 <= day <= _MONTHS < month <= monthrange(year, day)[1]
        return Refuse("no_such_day", (Day(date(year, day, month)),) if swapped else ())


def _day(on: date, *, confirm: bool = False) -> Value:
    return Value(Day(on), confirm=confirm)


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())
