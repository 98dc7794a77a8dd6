from collections.abc import Callable
from pathlib import Path

import pytest

from plan.loading import CatalogueError, load


@pytest.mark.parametrize(
    ("old", "new", "entry", "problem"),
    [
        pytest.param('code = "TV1.1"\n', "", "indicator #1", "code is missing", id="no-code"),
        pytest.param(
            'code = "TV1.1"\n',
            "code = 7\n",
            "indicator 7",
            "code must be text, not 7",
            id="code-number",
        ),
        pytest.param(
            'code = "TV1.1"\n', 'code = " "\n', "indicator #1", "code is empty", id="empty-text"
        ),
        pytest.param(
            'code = "TV1.1"\n',
            'code = "TV1.1"\ncolour = "red"\n',
            "indicator TV1.1",
            "unknown key 'colour'",
            id="unknown",
        ),
        pytest.param(
            'unit = "share"',
            'unit = "percent"',
            "indicator TV1.1",
            "unit must be one of share, growth, not 'percent'",
            id="wrong-unit",
        ),
        pytest.param(
            "target_2025 = 100",
            "target_2025 = 101",
            "indicator TV1.1",
            "target_2025 must lie between 0 and 100, not 101",
            id="target-over-100",
        ),
        pytest.param(
            "target_2025 = 100",
            "target_2025 = true",
            "indicator TV1.1",
            "target_2025 must be a whole number, not True",
            id="target-truth-value",
        ),
        pytest.param(
            "target_2025 = 100\n", "", "indicator TV1.1", "target_2025 is missing", id="no-target"
        ),
        pytest.param(
            "target_2030 = [10, 15]",
            "target_2030 = [15, 10]",
            "indicator TV3",
            "target_2030 must be a percentage or [low, high], not [15, 10]",
            id="reversed-band",
        ),
        pytest.param(
            "target_2030 = [10, 15]",
            "target_2030 = [10]",
            "indicator TV3",
            "target_2030 must be a percentage or [low, high], not [10]",
            id="half-a-band",
        ),
        pytest.param(
            'unit = "growth"\n',
            'unit = "growth"\ntotal = "Tổng số"\n',
            "indicator TV3",
            "total belongs to a share, not to a growth",
            id="growth-with-total",
        ),
        pytest.param(
            'short = "Thư viện cấp tỉnh có dịch vụ học tập suốt đời"',
            f'short = "{"x" * 61}"',
            "indicator TV1.1",
            "short is longer than 60 characters",
            id="label-too-long",
        ),
        pytest.param(
            'category = "Thư viện',
            'category = "Thu\u031b viện',
            "indicator TV1.1",
            "category is not in composed form (Unicode NFC)",
            id="decomposed",
        ),
        pytest.param(
            "parts = [\n",
            "parts = [\n  7,\n",
            "indicator TV1.4",
            "parts must hold tables, not 7",
            id="part-number",
        ),
        pytest.param(
            'holders = ["ubmttq"]',
            'holders = ["ubmttq", "ubmttq"]',
            "assignment IV.1.a",
            "holders names 'ubmttq' twice",
            id="holder-twice",
        ),
        pytest.param(
            'id = "so-gddt"',
            'id = "Sở GD"',
            "agency Sở GD",
            "id 'Sở GD' is not made of a-z, 0-9 and single hyphens",
            id="id-no-slug",
        ),
        pytest.param(
            'duty = "required"',
            'duty = "maybe"',
            "agency so-vhtt",
            "duty must be one of required, requested, on_request, not 'maybe'",
            id="wrong-duty",
        ),
        pytest.param(
            'id = "so-gddt"',
            'id = "so-gddt"\nvalid_from = 2025-07-01\nvalid_to = 2025-06-30',
            "agency so-gddt",
            "valid_to 2025-06-30 lies before valid_from 2025-07-01",
            id="ends-before-it-begins",
        ),
        pytest.param(
            'id = "so-gddt"',
            'id = "so-gddt"\nvalid_to = "2025"',
            "agency so-gddt",
            "valid_to must hold a date such as 2026-01-02, not '2025'",
            id="date-as-text",
        ),
        pytest.param(
            "standing = true",
            'standing = "yes"',
            "agency so-vhtt",
            "standing must be true or false, not 'yes'",
            id="flag-as-text",
        ),
        pytest.param(
            "month = 4\nday = 21",
            "month = 2\nday = 29",
            "campaign_day ngay-sach-va-van-hoa-doc",
            "there is no day 29 in month 2 of every year",
            id="leap-day",
        ),
        pytest.param(
            "month = 4\nday = 21",
            "month = 13\nday = 1",
            "campaign_day ngay-sach-va-van-hoa-doc",
            "month must lie between 1 and 12, not 13",
            id="month-13",
        ),
        pytest.param(
            "to = { month = 10, day = 7 }",
            "to = { month = 9, day = 7 }",
            "campaign_day tuan-le-hoc-tap-suot-doi",
            "to lies before from",
            id="span-reversed",
        ),
        pytest.param(
            "month = 11\nday = 5",
            "month = 11\nday = 31",
            "reporting",
            "there is no day 31 in month 11 of every year",
            id="impossible-deadline",
        ),
        pytest.param("[reporting]", "[report]", "file", "reporting is missing", id="no-reporting"),
        pytest.param("bases = [", 'bases = [\n  "",', "plan", "bases is empty", id="empty-basis"),
    ],
)
def test_names_the_entry_and_what_is_wrong_with_it(
    spoilt: Callable[[str, str], Path], old: str, new: str, entry: str, problem: str
) -> None:
    path = spoilt(old, new)
    with pytest.raises(CatalogueError) as caught:
        load(path)
    assert str(caught.value) == f"{path}: {entry}: {problem}"
