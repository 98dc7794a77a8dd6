"""`/tinden`: messages that could not be handled. What they say is shown to nobody."""

from collections.abc import Collection, Hashable, Sequence

from aiogram import Router

from handlers.health.docket import Docket, Verb, converse, retry_or_drop
from handlers.health.wording import shortened
from handlers.language import Markup, join
from storage.deadupdates import DeadUpdate

ERROR_MOST = 60


class Unhandled(Docket[DeadUpdate]):
    topic = "dead"

    def read(self, refs: Collection[int] | None) -> Sequence[DeadUpdate]:
        return self.matters.updates.all(refs)

    def ref(self, matter: DeadUpdate) -> int:
        return matter.seq

    def kind(self, matter: DeadUpdate) -> Hashable:
        return matter.error, matter.overtaken

    def label(self, alike: Sequence[DeadUpdate]) -> str:
        if len(alike) == 1:
            return self._who(alike[0])
        return self.words.plural("{count} message", "{count} messages", len(alike))

    def tell(self, alike: Sequence[DeadUpdate]) -> Markup:
        first, words, count = alike[0], self.words, len(alike)
        told = words(
            "{who}, {time}: {why}",
            who=self._who(first)
            if count == 1
            else words.plural("{count} message", "{count} messages", count),
            time=words.moment(first.received_at),
            why=self._why(first.error),
        )
        number = [words("no. {n}", n=first.seq)] if count == 1 else []
        overtaken = words("cannot be tried again, the sender has gone on since")
        return join([told, *([overtaken] if first.overtaken else []), *number], "; ")

    def heading(self, count: int) -> Markup:
        words = self.words
        if not count:
            return words("There is no message that could not be handled.")
        told = words.plural(
            "<b>Received, but not handled: {count} message</b>",
            "<b>Received, but not handled: {count} messages</b>",
            count,
        )
        advice = words(
            "Try again once the error is mended: the sender then gets the usual answer. What "
            "people wrote is not shown here."
        )
        return join([told, advice])

    def verbs(self, count: int) -> Sequence[Verb]:
        return retry_or_drop(
            self.words,
            self.words.plural("Try {count} message again?", "Try {count} messages again?", count),
            self.words.plural(
                "Drop {count} message? Its sender gets no answer to it.",
                "Drop {count} messages? Their senders get no answer to them.",
                count,
            ),
        )

    def possible(self, verb: str, matters: Sequence[DeadUpdate]) -> bool:
        return verb == "drop" or not all(update.overtaken for update in matters)

    def act(self, verb: str, refs: Sequence[int]) -> Markup:
        matters, words = self.matters, self.words
        if verb == "drop":
            moved = matters.updates.drop(refs)
            matters.note("updates.dropped", moved, "dead", "dropped")
            told = words.plural(
                "{count} message is dropped.", "{count} messages are dropped.", len(moved)
            )
        else:
            moved = matters.updates.retry(refs, matters.now)
            matters.note("updates.retried", moved, "dead", "waiting")
            told = words.plural(
                "{count} message is being handled once more.",
                "{count} messages are being handled once more.",
                len(moved),
            )
        return join([*([told] if moved else []), *self._left_alone({*refs} - {*moved})])

    def _left_alone(self, refs: Collection[int]) -> list[Markup]:
        words, told = self.words, []
        if overtaken := len(self.read(refs)):
            told.append(
                words.plural(
                    "{count} message cannot be tried again: its sender has gone on since, and "
                    "would get an answer to an old question.",
                    "{count} messages cannot be tried again: their senders have gone on since, "
                    "and would get answers to old questions.",
                    overtaken,
                )
            )
        if gone := len(refs) - overtaken:
            told.append(
                words.plural(
                    "{count} message has been decided on already by somebody else.",
                    "{count} messages have been decided on already by somebody else.",
                    gone,
                )
            )
        return told

    def _who(self, update: DeadUpdate) -> str:
        return shortened(update.full_name) or self.words("a stranger")

    def _why(self, error: str) -> Markup:
        if error == "restored from a backup":
            return self.words("the data was restored from a backup")
        return self.words("error {name}", name=error[:ERROR_MOST])


def build_router() -> Router:
    router = Router(name="updates")
    converse(router, Unhandled, "tinden")
    return router
