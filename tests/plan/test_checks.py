from collections.abc import Callable
from pathlib import Path

import pytest

from plan.loading import CatalogueError, load


@pytest.mark.parametrize(
    ("old", "new", "entry", "problem"),
    [
        pytest.param(
            'code = "TV1.2"',
            'code = "TV1.1"\n',
            "indicator TV1.1",
            "code 'TV1.1' is used twice",
            id="duplicate",
        ),
        pytest.param(
            '{ code = "dai-hoc", name = "Thư viện trường đại học" },',
            "",
            "indicator TV1.4",
            "parts must be two or more, or none",
            id="lone-part",
        ),
        pytest.param(
            "target_2030 = [10, 15]",
            'target_2030 = [10, 15]\nparts_kind = "conditions"',
            "indicator TV3",
            "parts_kind conditions belongs to a share",
            id="conditions-of-growth",
        ),
        pytest.param(
            'group = "II.1"', 'group = "II.9"', "task II.1.a", "unknown group 'II.9'", id="no-group"
        ),
        pytest.param(
            'entry = "IV.1"',
            'entry = "IV.11"',
            "assignment IV.1.a",
            "unknown entry 'IV.11'",
            id="no-entry",
        ),
        pytest.param(
            'holders = ["ubmttq"]',
            'holders = ["mttq"]',
            "assignment IV.1.a",
            "unknown holder 'mttq'",
            id="no-holder",
        ),
        pytest.param(
            'holders = ["ubmttq"]',
            "holders = []",
            "assignment IV.1.a",
            "holders is empty",
            id="nobody-assigned",
        ),
        pytest.param(
            'role = "report"',
            'role = "lead"',
            "holding TV1.1",
            "role lead does not fit: indicators are reported",
            id="role-misfit",
        ),
        pytest.param(
            '[[holding]]\ncode = "TV1.1"',
            '[[holding]]\ncode = "TV9"',
            "holding TV9",
            "unknown code 'TV9'",
            id="holds-nothing",
        ),
        pytest.param(
            'id = "so-gddt"',
            'id = "so-vhtt"',
            "agency so-vhtt",
            "id 'so-vhtt' is used twice",
            id="id-twice",
        ),
        pytest.param(
            "standing = true",
            "standing = false",
            "agencies",
            "exactly one must be standing, not none",
            id="nobody-standing",
        ),
        pytest.param(
            '"tp-thu-duc", "quan-1"',
            '"tp-thu-duc", "quan-2"',
            "agency_group quan-huyen",
            "unknown member 'quan-2'",
            id="no-member",
        ),
        pytest.param(
            "days_off = [2026-01-02]",
            "days_off = [2026-01-10]",
            "calendar",
            "2026-01-10 is both a day off and a working day",
            id="off-and-worked",
        ),
    ],
)
def test_names_what_does_not_hold_together(
    spoilt: Callable[[str, str], Path], old: str, new: str, entry: str, problem: str
) -> None:
    path = spoilt(old, new)
    with pytest.raises(CatalogueError) as caught:
        load(path)
    assert str(caught.value) == f"{path}: {entry}: {problem}"
