"""`/tindi`: letters that were not sent, of the last thirty days."""

from collections.abc import Collection, Sequence

from aiogram import Router

from handlers.health.docket import Verb, converse, retry_or_drop
from handlers.health.letters import Deed, Letters
from handlers.health.wording import why_failed
from handlers.language import Markup, join
from storage.unsettled import Unsettled


class FailedLetters(Letters):
    topic = "failed"
    again = "retry"

    def read(self, refs: Collection[int] | None) -> Sequence[Unsettled]:
        return self.matters.letters.failed(self.matters.now, refs)

    def why(self, error: str) -> Markup:
        return why_failed(self.words, error)

    def heading(self, count: int) -> Markup:
        words = self.words
        if not count:
            return words("No letter of the last 30 days has failed to be sent.")
        told = words.plural(
            "<b>Not sent in the last 30 days: {count} letter</b>",
            "<b>Not sent in the last 30 days: {count} letters</b>",
            count,
        )
        advice = words("Letters to people who cannot be reached are not here: see /suckhoe.")
        return join([told, advice])

    def verbs(self, count: int) -> Sequence[Verb]:
        return retry_or_drop(
            self.words,
            self.words.plural("Try {count} letter again?", "Try {count} letters again?", count),
            self.words.plural(
                "Drop {count} letter? It will never be sent.",
                "Drop {count} letters? They will never be sent.",
                count,
            ),
        )

    def deeds(self) -> dict[str, Deed]:
        letters = self.matters.letters
        return {
            "retry": Deed("letters.retried", "failed", "queued", letters.retry),
            "drop": Deed(
                "letters.dropped", "failed", "cancelled", lambda ids, by, _: letters.drop(ids, by)
            ),
        }

    def done(self, verb: str, count: int) -> Markup:
        if verb == "drop":
            return self.words.plural(
                "{count} letter is dropped.", "{count} letters are dropped.", count
            )
        return self.words.plural(
            "{count} letter is being sent once more.",
            "{count} letters are being sent once more.",
            count,
        )


def build_router() -> Router:
    router = Router(name="failed")
    converse(router, FailedLetters, "tindi")
    return router
