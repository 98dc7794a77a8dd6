"""`/khongro`: letters of which nobody knows whether they arrived."""

from collections.abc import Collection, Sequence

from aiogram import Router

from handlers.health.docket import Verb, converse
from handlers.health.letters import Deed, Letters
from handlers.health.wording import why_unknown
from handlers.language import Markup, join
from storage.unsettled import Unsettled


class UnknownLetters(Letters):
    topic = "unknown"
    again = "resend"

    def read(self, refs: Collection[int] | None) -> Sequence[Unsettled]:
        return self.matters.letters.unknown(refs)

    def why(self, error: str) -> Markup:
        return why_unknown(self.words, error)

    def heading(self, count: int) -> Markup:
        words = self.words
        if not count:
            return words("There is no letter of which it is not known whether it arrived.")
        told = words.plural(
            "<b>Not known whether it arrived: {count} letter</b>",
            "<b>Not known whether they arrived: {count} letters</b>",
            count,
        )
        advice = words("If in doubt ask the receiver. What is sent again may be received twice.")
        return join([told, advice])

    def verbs(self, count: int) -> Sequence[Verb]:
        words = self.words
        return [
            Verb(
                "resend",
                words("Send again"),
                words("Send all again"),
                words("resend|again"),
                words.plural(
                    "Send {count} letter again? Its receiver may get it twice.",
                    "Send {count} letters again? Their receivers may get them twice.",
                    count,
                ),
            ),
            Verb(
                "accept",
                words("Take as sent"),
                words("Take all as sent"),
                words("sent|arrived"),
                words.plural(
                    "Take {count} letter as sent? It will not be sent again.",
                    "Take {count} letters as sent? They will not be sent again.",
                    count,
                ),
            ),
        ]

    def deeds(self) -> dict[str, Deed]:
        letters = self.matters.letters
        return {
            "resend": Deed("letters.resent", "unknown", "queued", letters.resend),
            "accept": Deed(
                "letters.accepted", "unknown", "sent", lambda ids, by, _: letters.accept(ids, by)
            ),
        }

    def done(self, verb: str, count: int) -> Markup:
        if verb == "accept":
            return self.words.plural(
                "{count} letter is taken as sent.", "{count} letters are taken as sent.", count
            )
        return self.words.plural(
            "{count} letter is being sent again; it may be received twice.",
            "{count} letters are being sent again; they may be received twice.",
            count,
        )


def build_router() -> Router:
    router = Router(name="unknown")
    converse(router, UnknownLetters, "khongro")
    return router
