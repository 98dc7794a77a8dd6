import asyncio
from collections.abc import Callable
from datetime import time, timedelta
from threading import Event
from time import monotonic

import pytest

from bot.app import App
from bot.pace import Pace
from bot.sender import Sender
from plan.calendars import moment
from sandbox.faults import Fault, Kind
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.outbox import Lane
from storage.reports import Reports
from tests.bot.post import Post
from tests.bot.watch import Watch
from tests.cast import Cast
from tests.statements import executed

pytestmark = pytest.mark.usefixtures("logged")


def sends(telegram: Telegram) -> int:
    return telegram.counts.requests["sendMessage"]


async def test_a_letter_is_delivered_and_accounted_for(
    sender: Sender, post: Post, cast: Cast
) -> None:
    lan = cast.lan()
    post.reply(lan)
    await sender.flush()
    assert lan.last.text == "Đã nhận."
    assert (post.row.state, post.row.message_id) == ("sent", lan.last.message_id)
    assert post.row.sent_at == post.clock.now()


async def test_letters_of_a_chat_arrive_in_order(sender: Sender, post: Post, cast: Cast) -> None:
    lan = cast.lan()
    for n in range(5):
        post.reply(lan, str(n), key=f"reply{n}")
    await sender.flush()
    assert [message.text for message in lan.messages] == ["0", "1", "2", "3", "4"]


async def test_a_letter_that_cannot_be_worded_stops_no_other(
    sender: Sender, post: Post, cast: Cast
) -> None:
    lan, minh, vy = cast.lan(), cast.minh(), cast.vy()
    post.reply(lan, key="a")
    post.queue(minh, "b", lane=Lane.REPLY, kind="reply", payload="{")
    post.reply(vy, key="c")
    await sender.flush()
    assert [row.state for row in post.rows()] == ["sent", "failed", "sent"]
    assert (len(lan.messages), len(minh.messages), len(vy.messages)) == (1, 0, 1)


async def test_a_round_asks_once_who_its_letters_go_to(
    sender: Sender, post: Post, cast: Cast, app: App
) -> None:
    asked = []
    await sender.flush()  # it takes over, and waits a moment
    post.pass_seconds(1)
    for people in ([cast.lan()], [cast.minh(), cast.vy()]):
        for person in people:
            notice = {"kind": "broadcast", "payload": "{}", "broadcast_id": None}
            post.queue(person, f"n{person.chat_id}", lane=Lane.BROADCAST, **notice)
        with executed(app.database.engine) as statements:
            await sender.round()
        asked.append(sum("FROM person" in each.text for each in statements))
    assert asked == [1, 1]


async def test_a_flood_is_waited_out_as_long_as_asked(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram
) -> None:
    lan = cast.lan()
    telegram.faults.add(Fault(Kind.FLOOD, "sendMessage", retry_after=7))
    post.reply(lan)
    for seconds in (0, 6.9):
        post.pass_seconds(seconds)
        await sender.flush()
        assert (post.row.state, post.row.attempts, sends(telegram)) == ("queued", 0, 1)
    post.pass_seconds(0.1)
    await sender.flush()
    assert (post.row.state, len(lan.messages)) == ("sent", 1)


async def test_after_a_flood_everybody_waits(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram
) -> None:
    lan, minh = cast.lan(), cast.minh()
    telegram.faults.add(Fault(Kind.FLOOD, "sendMessage", retry_after=7))
    post.reply(lan)
    await sender.flush()
    post.reply(minh, key="other")
    await comes_in_seven_seconds(sender, post, minh)


async def comes_in_seven_seconds(sender: Sender, post: Post, person: Person) -> None:
    """And waits in the queue: a crash must find nothing that may be on the wire."""
    for seconds, state, arrived in ((0, "queued", 0), (5.9, "queued", 0), (1.1, "sent", 1)):
        post.pass_seconds(seconds)
        await sender.flush()
        last = post.rows()[-1]
        assert (last.state, last.attempts, len(person.messages)) == (state, 0, arrived)


async def test_the_pause_that_was_asked_for_outlives_a_crash(
    new_sender: Callable[[], Sender], post: Post, cast: Cast, telegram: Telegram
) -> None:
    lan, minh = cast.lan(), cast.minh()
    telegram.faults.add(Fault(Kind.FLOOD, "sendMessage", retry_after=7))
    post.reply(lan)
    await new_sender().flush()
    post.reply(minh, key="other")
    await comes_in_seven_seconds(new_sender(), post, minh)


async def test_out_of_reach_the_pause_doubles_until_somebody_gets_through(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram
) -> None:
    post.reply(cast.lan())
    assert await pauses(sender, post, telegram, 7) == pytest.approx([2, 4, 8, 16, 32, 60, 60])
    await sender.flush()
    assert post.row.state == "sent"
    post.reply(cast.minh(), key="other")
    assert await pauses(sender, post, telegram, 1) == pytest.approx([2])


async def pauses(sender: Sender, post: Post, telegram: Telegram, failures: int) -> list[float]:
    """What the sender waits after each of so many failures, with Telegram away."""
    await telegram.stop()
    waits = []
    for _ in range(failures):
        await sender.flush()
        waits.append(sender.pace.halted_for())
        post.pass_seconds(waits[-1])
    await telegram.start()
    return waits


async def test_letters_that_fail_together_are_one_failure(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram
) -> None:
    for n, person in enumerate((cast.lan(), cast.minh(), cast.hoa(), cast.thu())):
        post.reply(person, key=str(n))
    await telegram.stop()
    await sender.flush()
    assert sender.pace.halted_for() == pytest.approx(2)
    assert {row.state for row in post.rows()} == {"queued"}
    await telegram.start()


async def test_out_of_reach_a_reminder_ends_when_its_time_is_over(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram
) -> None:
    post.remind(cast.lan(), send_by_at=post.clock.now() + timedelta(seconds=30))
    await telegram.stop()
    for _ in range(2):
        await sender.flush()
        assert post.row.state == "queued"
        post.pass_seconds(16)
    await sender.flush()
    assert post.row.state == "expired"
    await telegram.start()


@pytest.mark.parametrize(
    ("late", "state"),
    [(-1, "sent"), (0, "sent"), (1, "expired")],
    ids=["before", "at", "after"],
)
async def test_a_reminder_past_its_time_is_not_sent(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram, late: int, state: str
) -> None:
    post.remind(cast.lan(), send_by_at=post.clock.now() - timedelta(seconds=late))
    await sender.flush()
    assert (post.row.state, sends(telegram)) == (state, int(state == "sent"))


async def test_a_reminder_is_cancelled_when_the_report_came_meanwhile(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram
) -> None:
    post.remind(cast.lan())
    with post.database.transaction() as session:
        reports = Reports(session)
        reports.open("quan-1", 2024, post.clock.now()).state = "submitted"
    await sender.flush()
    assert (post.row.state, sends(telegram)) == ("cancelled", 0)


async def test_a_letter_that_cannot_be_worded_holds_up_nobody(
    sender: Sender, post: Post, cast: Cast
) -> None:
    lan, minh = cast.lan(), cast.minh()
    post.queue(lan, "broken", lane=Lane.REPLY, kind="reply", payload="{")
    post.reply(minh)
    await sender.flush()
    assert [(row.dedupe_key, row.state) for row in post.rows()] == [
        ("broken", "failed"),
        ("reply", "sent"),
    ]


async def test_outside_office_hours_only_replies_leave(
    sender: Sender, post: Post, cast: Cast
) -> None:
    lan, minh = cast.lan(), cast.minh()
    post.remind(lan)
    post.reply(minh)
    today = post.clock.now().date()
    post.clock.push_to(moment(today, time(20, 0)))
    await sender.flush()
    assert (len(lan.messages), len(minh.messages)) == (0, 1)
    post.clock.push_to(moment(today + timedelta(days=1), time(7, 30)))
    await sender.flush()
    assert len(lan.messages) == 1


async def test_while_the_clock_is_doubted_only_replies_leave_and_nothing_is_too_late(
    sender: Sender, post: Post, cast: Cast
) -> None:
    lan, minh = cast.lan(), cast.minh()
    post.remind(lan, send_by_at=post.clock.now() - timedelta(hours=1))
    post.reply(minh)
    sender.trusts = lambda _: False
    await sender.flush()
    assert [(row.dedupe_key, row.state) for row in post.rows()] == [
        ("reminder:quan-1", "queued"),
        ("reply", "sent"),
    ]


async def test_reminders_to_one_chat_keep_a_second_between_them(
    sender: Sender, post: Post, cast: Cast, watch: Watch
) -> None:
    lan = cast.lan()
    cast.member(101, "Nguyễn Thị Lan", "quan-3", "focal")
    post.remind(lan, "quan-1")
    post.remind(lan, "quan-3")
    await sender.flush()
    assert len(lan.messages) == 1
    watch.seconds += 1
    await sender.flush()
    assert len(lan.messages) == 2


async def test_stopping_in_the_middle_of_a_round_leaves_nothing_half_sent(
    sender: Sender, post: Post, cast: Cast, app: App
) -> None:
    lan = cast.lan()
    post.remind(lan)
    desk_is_free = Event()
    busy = asyncio.ensure_future(app.desks[0].run(desk_is_free.wait))
    running = asyncio.ensure_future(sender.run())
    await asyncio.wait([busy], timeout=0.05)  # the sender's round now stands behind it
    stopping = asyncio.ensure_future(sender.stop())
    desk_is_free.set()
    async with asyncio.timeout(10):
        await asyncio.gather(busy, stopping, running)
    assert (post.row.state, len(lan.messages)) in {("sent", 1), ("queued", 0)}


@pytest.mark.parametrize("halt", [0.0, 60.0], ids=["in its turn", "halted"])
async def test_what_waits_for_its_turn_when_stopped_stays_queued(
    app: App, post: Post, cast: Cast, telegram: Telegram, halt: float
) -> None:
    sender = app.sender
    sender.pace = Pace(0.01, monotonic)
    post.reply(cast.lan())
    await sender.flush()  # the next turn is in 100 seconds
    sender.pace.halt(halt)
    post.remind(cast.minh(), "so-gddt")
    await sender.round()
    async with asyncio.timeout(5):
        await sender.stop()
    reminder, reply = post.rows()
    assert (reply.state, sends(telegram)) == ("sent", 1)
    assert (reminder.state, reminder.attempts) == ("queued", 0)


async def test_courtesies_are_left_out_while_the_sender_is_halted(
    sender: Sender, cast: Cast, telegram: Telegram
) -> None:
    lan = cast.lan()
    await lan.send("/baocao")
    sender.pace.halt(60)
    await lan.click(lan.buttons[0][0])
    assert telegram.counts.requests["answerCallbackQuery"] == 0


async def test_a_stopped_sender_takes_nothing_new(sender: Sender, post: Post, cast: Cast) -> None:
    post.reply(cast.lan())
    await sender.stop()
    await sender.run()
    assert post.row.state == "queued"
