"""Whatever two colleagues type, press and edit, in any order: nothing confirmed is lost.

No figure changes that its person was not shown before, no update dies, each gets an answer.
"""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bench import still
from bot.app import App
from handlers.language import words_for
from handlers.report import cards
from storage.figures import Figure
from tests.journeys.machine import Phone, open_office

EXAMPLES, STEPS = int(os.environ.get("MACHINE_EXAMPLES", "500")), 8
SAID = st.sampled_from(
    """11/15|13/15|3/4|15/11|80%|11|15|khoảng 1200|1.250|12.500|0/0|chưa có số liệu|như năm ngoái
    |không có thư viện nào|đúng|không|ok|à nhầm 9/10|bỏ qua|quay lại|giúp|hủy|mai gửi|xong|1|2
    |thay|giữ|/baocao|/tieptuc|/sua|/sua TV1.3|/sua TV1.3 7/8|/tiendo|/menu|/huy|/loivan|nộp báo cáo
    |TV1.3: 3/4|lưu, làm sau|nhiều lắm|Thành lập mới|không áp dụng""".replace("\n    ", "").split(
        "|"
    )
)
FIGURES = st.sampled_from(["11/15", "13/15", "5/9", "1.300", "chưa có số liệu", "15/11", "chào"])
WHO = st.integers(0, 1)
FRESH = count(1_000_000)
WORDS = words_for("vi")


class Colleagues(RuleBasedStateMachine):
    """Each run is an agency of its own; `app` is set by the test."""

    app: App
    build: "staticmethod[[], App]"

    @initialize()
    def begin(self) -> None:
        self.office = open_office(type(self).app, next(FRESH))
        self.before: dict[str, Figure] = {}
        self.rows = 0
        for phone in self.office.phones:
            self.office.types(phone, "/baocao")

    @rule(who=WHO, words=SAID)
    def types(self, who: int, words: str) -> None:
        phone = self.office.phones[who]
        self._after(phone, phone.shown(), self.office.types(phone, words))

    @rule(who=WHO, nth=st.integers(0, 40))
    def presses(self, who: int, nth: int) -> None:
        phone = self.office.phones[who]
        self._after(phone, phone.shown(), self.office.presses(phone, nth))

    @rule(who=WHO, nth=st.integers(0, 3), words=FIGURES)
    def edits(self, who: int, nth: int, words: str) -> None:
        phone = self.office.phones[who]
        self._after(phone, phone.shown(), self.office.edits(phone, nth, words))

    @rule()
    def hears_twice(self) -> None:
        said = self.office.repeats()
        assert said == "", f"a doubled update was answered: {said}"
        assert self.office.kept() == self.rows

    @precondition(lambda self: self.rows)
    @rule()
    def restarts(self) -> None:
        type(self).app = self.office.app = type(self).build()
        assert _values(self.office.figures()) == _values(self.before)

    def _after(self, phone: Phone, shown: list[str], answer: str) -> None:
        """`shown` is what the person had seen before, `answer` what was said to this.

        A figure must have stood in one message or button with its code: 12/15, the example that
        every question gives, is never typed here, so it proves nothing by standing there.
        """
        assert answer, f"{phone.chat_id} was given no answer"
        assert self.office.dead() == 0
        now = self.office.figures()
        assert set(self.before) <= set(now), "a confirmed figure is gone"
        changed = [code for code in now if _differs(self.before.get(code), now[code])]
        for code in changed:
            figure = cards.figure(WORDS, now[code])
            # A value was echoed before; "no data" and "skipped" are told as they are kept.
            bare = figure.partition(" (")[0]  # a choice shows 11/15 without its ratio
            echoed = any(code in text and bare in text for text in shown)
            told = echoed if now[code].state == "value" else code in answer
            assert told, f"{code} became {figure}, which nobody had been shown"
        assert len(changed) <= self.office.kept() - self.rows
        self.before, self.rows = now, self.office.kept()


def _differs(before: Figure | None, now: Figure) -> bool:
    return before is None or _value(before) != _value(now)


def _value(figure: Figure) -> tuple[object, ...]:
    return figure.state, figure.numerator, figure.denominator, figure.count


def _values(figures: dict[str, Figure]) -> dict[str, tuple[object, ...]]:
    return {code: _value(figure) for code, figure in figures.items()}


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[type[Colleagues]]:
    """The machine on a database of its own, with every app closed in the end."""
    path = tmp_path / "tiendo.db"
    with still.still(path) as app:
        opened: list[App] = []

        def build() -> App:
            opened.append(still.again(path))
            return opened[-1]

        Colleagues.app, Colleagues.build = app, staticmethod(build)
        yield Colleagues
        for each in opened:
            still.shut(each)


@pytest.mark.timeout(max(900, EXAMPLES))
def test_no_confirmed_figure_is_lost_or_changes_unseen(offices: type[Colleagues]) -> None:
    run_state_machine_as_test(
        offices,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            report_multiple_bugs=False,
            # Shrinking a long dialogue takes many minutes; the dialogue itself says enough.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
