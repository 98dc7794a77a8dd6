"""Taking a person out, whoever asked for it. Without Telegram's library: the CLI does it, too."""

from datetime import datetime

from sqlmodel import Session

from handlers.data.names import nameless
from handlers.language import DEFAULT, words_for
from storage.erasure import Erasure
from storage.requests import Requests


def erase(session: Session, person_id: int, now: datetime) -> None:
    """What they had asked for themselves is done with it."""
    requests = Requests(session)
    if request := requests.open_erasure(person_id):
        requests.done(request, now)
    Erasure(session).forget(person_id, nameless(words_for(DEFAULT), person_id), now)
