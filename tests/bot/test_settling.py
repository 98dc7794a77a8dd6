"""What is remembered of a send, beside what became of its letter."""

from datetime import timedelta

from bot.app import App
from bot.outcomes import Fate, Outcome
from bot.settling import TOKEN_PAUSE, Result, settle
from storage.health import Health
from storage.outbox import Outbox
from tests.bot.post import Post
from tests.cast import Cast


def test_a_refused_token_is_remembered_and_burns_no_letter(
    app: App, cast: Cast, post: Post
) -> None:
    post.reply(cast.lan())
    now = app.clock()
    with app.database.transaction() as session:
        outbox = Outbox(session)
        [letter] = outbox.due(now, replies=1, bulk=0)
        outbox.sending([letter], now)
        settle([Result(letter, 0, Outcome(Fate.TOKEN, "Unauthorized"))], session, now)
        assert Health(session).pulses()["token"].at == now
    assert (post.row.state, post.row.attempts) == ("queued", 0)
    assert post.row.not_before_at == now + timedelta(seconds=TOKEN_PAUSE)
