"""What a change would do, told before it is made."""

from dataclasses import replace
from datetime import date, timedelta

from plan.calendars import WorkingCalendar
from plan.reminding.addressing import Holder, Leave, Roster, planned
from plan.reminding.effects import Moved, letters, moved
from plan.reminding.ladder import Ladder
from plan.reminding.obligations import obligations
from plan.reminding.rules import Rules
from plan.reminding.situations import Situation
from tests.plan.reminding.conftest import Agency, at, filed

SINCE, UNTIL = at(1, month=9), at(31, month=12)
INSTANT = timedelta(microseconds=1)


def told(before: Rules, after: Rules) -> list[tuple[str, str, date | None, date | None]]:
    found = moved(before, after, SINCE, UNTIL)
    return [(each.obligation, each.step, each.before, each.after) for each in found]


def test_a_ladder_with_another_step_adds_one_and_takes_one(rules: Rules) -> None:
    after = replace(rules, ladder=Ladder(before=(30, 14, 10, 3, 1)))
    assert told(rules, after) == [
        ("report:2026", "-10", None, date(2026, 10, 21)),
        ("report:2026", "-7", date(2026, 10, 26), None),
    ]


def test_a_day_off_moves_what_is_counted_over_it(rules: Rules) -> None:
    kept = rules.calendar
    off = kept.days_off | {date(2026, 11, 3)}
    calendar = WorkingCalendar(off, kept.make_up_days, kept.office_hours)
    after = replace(rules, calendar=calendar)
    assert Moved("report:2026", "-1", date(2026, 11, 3), date(2026, 11, 2)) in moved(
        rules, after, SINCE, UNTIL
    )


def test_nothing_moves_where_nothing_changes(rules: Rules) -> None:
    assert told(rules, replace(rules)) == []


def looked_at(rules: Rules, agencies: list[Situation], roster: Roster) -> int:
    """One letter a person and look, as the ticker would decide them."""
    years = range(2025, 2028)
    steps = [s for a in agencies for each in obligations(rules, a, years) for s in each.steps]
    found = set()
    for look in {step.due_at for step in steps if SINCE < step.due_at <= UNTIL}:
        for entry in planned(rules, agencies, roster, look - INSTANT, look, {}):
            if entry.why is None:
                found.add((entry.person_id, look))
    return len(found)


def test_as_many_letters_are_counted_as_will_be_decided(rules: Rules, agency: Agency) -> None:
    agencies = [
        agency(),
        agency(agency_id="quan-3", reports=filed("submitted", date(2026, 10, 1))),
        agency(agency_id="so-vhtt", standing=True, leads=frozenset({"II.1.b"})),
    ]
    roster = Roster(
        [
            Holder(1, "quan-1", "focal"),
            Holder(1, "quan-3", "focal"),
            Holder(2, "quan-3", "focal", reachable=False),
            Holder(3, "so-vhtt", "official"),
            Holder(4, "so-vhtt", "admin"),
            Holder(5, "quan-1", "official"),
        ],
        [Leave(1, "quan-1", date(2026, 10, 20), date(2026, 11, 1), 5)],
        ["so-vhtt"],
    )
    counted = letters(rules, agencies, roster, SINCE, UNTIL, {})
    assert counted == looked_at(rules, agencies, roster) > 0
