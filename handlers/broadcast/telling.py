"""How far a notice has come, in one message that is edited; and what became of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.language import Markup, Words, first_of, join
from storage.tables import Broadcast
from storage.tallies import Tally

MINUTE, HEAD = 60, 40


def progress(
    words: Words, notice: Broadcast, tally: Tally, *, per_second: float, resumes_at: datetime | None
) -> Markup:
    """`resumes_at`: when the office opens, where it is closed now."""
    state = words("stopped") if notice.state == "stopped" else words("under way")
    if notice.state == "finished":
        state = words("finished")
    heading = words("<b>Notice {n}: {state}</b>", n=notice.id, state=state)
    if notice.way == "recall":
        heading = words("<b>Recalling notice no. {n}</b>", n=notice.follows)
    elif notice.way == "edit":
        heading = words("<b>Correcting notice no. {n}</b>", n=notice.follows)
    lines = [heading, *fates(words, notice, tally)]
    if tally.remaining:
        lines.append(words("Waiting: {count}", count=words.number(tally.remaining)))
        if notice.state == "sending":
            lines.append(_left(words, tally.remaining / per_second, resumes_at))
    return join(lines)


def fates(words: Words, notice: Broadcast, tally: Tally) -> list[Markup]:
    total, done = words.number(notice.recipients), words.number(tally.sent)
    match notice.way:
        case "recall":
            lines = [words("Recalled: {count}/{total}", count=done, total=total)]
        case "edit":
            lines = [words("Changed: {count}/{total}", count=done, total=total)]
        case _:
            lines = [words("Sent: {count}/{total}", count=done, total=total)]
    failed = tally.states.get("failed", 0)
    late, absent = (tally.cancelled.get(why, 0) for why in ("too old", "never arrived"))
    others = sum(tally.states.get(s, 0) for s in ("cancelled", "expired")) - late - absent
    others += sum(count for why, count in tally.left_out.items() if why != "unreachable")
    counts = (
        (late, words("Sent more than 48 hours ago, not recalled: {count}", count=late)),
        (absent, _absent(words, notice, absent)),
        (tally.blocked, words("Cannot be reached: {count}", count=words.number(tally.blocked))),
        (failed, words("Not delivered: {count}", count=words.number(failed))),
        (
            unknown := tally.states.get("unknown", 0),
            words("Not known whether delivered: {count}", count=words.number(unknown)),
        ),
        (others, words("Not sent any more: {count}", count=words.number(others))),
    )
    return [*lines, *(told for count, told in counts if count)]


def _absent(words: Words, notice: Broadcast, count: int) -> Markup:
    if notice.way == "recall":
        return words("Had not got it: {count}", count=words.number(count))
    return words("Had not got the message that is corrected: {count}", count=words.number(count))


def _left(words: Words, seconds: float, resumes_at: datetime | None) -> Markup:
    if resumes_at is not None:
        return words("It goes on in office hours, from {time}.", time=words.moment(resumes_at))
    if seconds < MINUTE:
        return words("Time left: less than a minute")
    minutes = round(timedelta(seconds=seconds) / timedelta(minutes=1))
    return words.plural(
        "Time left: about {count} minute", "Time left: about {count} minutes", minutes
    )


def result(words: Words, notice: Broadcast, tally: Tally, missed: Sequence[str]) -> Markup:
    """What became of a notice, with the names of those it did not reach."""
    heading = words("<b>Result of notice {n}</b>", n=notice.id)
    if notice.way == "recall":
        heading = words("<b>Result of recalling notice no. {n}</b>", n=notice.follows)
    elif notice.way == "edit":
        heading = words("<b>Result of correcting notice no. {n}</b>", n=notice.follows)
    lines = [heading, *fates(words, notice, tally)]
    if missed:
        lines.append(words("Please contact in another way: {names}.", names=named(words, missed)))
    return join(lines)


def not_left(words: Words, notice: Broadcast, count: int) -> Markup:
    """A scheduled notice that did not leave when its time came, and why."""
    if not count:
        return words(
            "Notice no. {n} did not leave: nobody in its group can be reached now. It is a draft "
            "again: /thongbao {n}.",
            n=notice.id,
        )
    return words(
        "Notice no. {n} did not leave: its group has become {count} people, so that a second "
        "administrator must agree. It is a draft again: /thongbao {n}.",
        n=notice.id,
        count=words.number(count),
    )


def named(words: Words, names: Sequence[str]) -> str:
    """The first names of a list, and how many more there are."""
    shown, rest = first_of(names)
    return words("{names} and {rest} more", names=shown, rest=rest) if rest else shown


def head(notice: Broadcast) -> str:
    """Its first words."""
    text = " ".join(notice.text.split())
    return text if len(text) <= HEAD else f"{text[: HEAD - 1]}…"
