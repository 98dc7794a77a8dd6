"""The plan with campaign days of our own: each is announced on a morning that the test chooses."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from plan.calendars import MORNING, local_date, moment
from plan.loading import PLAN_FILE

LEAD = timedelta(days=7)
DAY = """
[[campaign_day]]
id = "thu-{number}"
name = "{name}"
clause = "II.1.b"
month = {first.month}
day = {first.day}
"""


def write(file: Path, announced_on: Sequence[date]) -> dict[str, str]:
    """What a process needs to follow this plan: the n-th day is announced on the n-th date."""
    days = [
        DAY.format(number=n, name=name_of(n), first=day + LEAD)
        for n, day in enumerate(announced_on)
    ]
    file.write_text(PLAN_FILE.read_text(encoding="utf-8") + "".join(days), encoding="utf-8")
    return {"PLAN_FILE": str(file)}


def name_of(number: int) -> str:
    return f"Ngày hội thứ {number:02}"


def announced_at(day: date) -> datetime:
    return moment(day, MORNING)


def working_days(start: datetime, count: int) -> list[date]:
    """From the day of `start` on; weekends left out, and no holiday is near."""
    days = (local_date(start) + timedelta(days=n) for n in range(2 * count + 3))
    return [day for day in days if day.isoweekday() <= 5][:count]
