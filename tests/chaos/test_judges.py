"""The judges see what is wrong, where something is."""

import time
from random import Random

from bench.crowd import RECORDED
from bench.town import Citizen
from chaos.hasty import Hasty
from chaos.notices import busiest_second
from chaos.pauses import Flood, Pause, disobeyed
from chaos.report import Row, broken, table
from chaos.stage import Patience
from sandbox.counts import Request, Sent
from sandbox.faults import Kind
from sandbox.telegram import Telegram


def send(at: float, status: int = 200) -> Request:
    return Request("sendMessage", {"chat_id": 7}, at, status)


def sent(at: float, chat_id: int = 7, text: str = "") -> Sent:
    return Sent("sendMessage", chat_id, 1, text, at)


def row(*, kept: bool | None) -> Row:
    return Row("R1", "sqlite", "20 kills", "3 lost", "0", kept, 7)


PAUSE = Pause(0.0, 3.0)


def test_a_send_within_a_pause_is_counted() -> None:
    sends = [send(0, 429), send(0.01), send(0.4), send(2.9), send(3.1)]
    assert disobeyed(sends, [PAUSE]) == (2, 1)


def test_what_was_on_the_wire_when_the_pause_began_is_forgiven() -> None:
    assert disobeyed([send(0, 429), send(0.01), send(3.1)], [PAUSE]) == (0, 1)


def test_what_left_once_the_pause_was_known_is_not_forgiven() -> None:
    assert disobeyed([send(0, 429), send(0.9)], [PAUSE]) == (1, 0)


def test_an_edit_within_a_pause_is_counted_too() -> None:
    edit = Request("editMessageText", {"chat_id": 7}, 1.0, 200)
    assert disobeyed([edit, Request("getUpdates", {}, 1.0, 200)], [PAUSE]) == (1, 0)


def test_a_pause_that_nobody_alive_has_heard_of_ends_there() -> None:
    assert disobeyed([send(0.8)], [Pause(0.0, 0.2)]) == (0, 0)


def test_a_pause_is_as_long_as_telegram_says() -> None:
    flood = Flood(Kind.FLOOD, lengths=(4,), random=Random(7))
    refusal = flood.refusal()
    [pause] = flood.pauses
    assert refusal is not None
    assert refusal.parameters == {"retry_after": 4}
    assert pause.until - pause.at == 4


def test_patience_runs_out_when_nothing_moves() -> None:
    patience = Patience(0.05)
    assert not patience.has_run_out(3)
    time.sleep(0.06)
    assert not patience.has_run_out(4)
    time.sleep(0.06)
    assert patience.has_run_out(4)


def test_the_busiest_second_of_a_chat_is_a_sliding_one() -> None:
    sends = [sent(0.9), sent(1.1), sent(1.8), sent(1.2, chat_id=8)]
    assert busiest_second(sends, {7, 8}) == 3


def test_messages_a_second_apart_are_one_a_second() -> None:
    assert busiest_second([sent(1.0), sent(2.0), sent(3.0)], {7}) == 1


async def test_receipts_out_of_order_are_seen(telegram: Telegram) -> None:
    hasty = Hasty(telegram, [Citizen(1, 7, 1, "thu-1", ("TV1.1", "TV1.2"))], 2024)
    telegram.sent.extend(
        sent(n, text=f"{RECORDED}{code} 1/2") for n, code in enumerate(("TV1.2", "TV1.1"))
    )
    assert hasty.disordered() == 1


async def test_a_receipt_that_comes_again_is_no_disorder(telegram: Telegram) -> None:
    hasty = Hasty(telegram, [Citizen(1, 7, 1, "thu-1", ("TV1.1", "TV1.2"))], 2024)
    codes = ("TV1.1", "TV1.1", "TV1.2")
    telegram.sent.extend(sent(n, text=f"{RECORDED}{code} 1/2") for n, code in enumerate(codes))
    assert hasty.disordered() == 0


def test_a_row_says_what_was_done_and_found() -> None:
    assert str(row(kept=False)) == "R1 · sqlite · 20 kills · 3 lost · 0 · BROKEN · 7"


def test_what_was_not_run_is_not_broken() -> None:
    rows = [row(kept=True), row(kept=False), row(kept=None)]
    assert broken(rows) == [rows[1]]


def test_the_table_stands_in_columns() -> None:
    lines = table([row(kept=True)]).splitlines()
    assert lines[0].index("found") == lines[1].index("3 lost")
