"""The answers that are buttons: how far a task has come, skipping, leaving."""

from handlers.language import Words
from handlers.talk import Option

STATUSES = ("not_started", "ongoing", "done", "blocked")


def leaving(words: Words) -> Option:
    return Option("leave", words("Save and leave"), words("later|leave"))


def skipping(words: Words) -> Option:
    return Option("skip", words("Skip"), words("skip it|next"))


def status_options(words: Words) -> list[Option]:
    also = {
        "not_started": words("not yet|no"),
        "ongoing": words("ongoing|doing it"),
        "done": words("done|finished"),
        "blocked": words("difficulty|blocked"),
    }
    return [Option(status, status_name(words, status), also[status]) for status in STATUSES]


def status_name(words: Words, status: str) -> str:
    names = {
        "not_started": words("Not started"),
        "ongoing": words("Under way"),
        "done": words("Completed"),
        "blocked": words("Difficulties"),
        "skipped": words("skipped, not answered yet"),
    }
    return names[status]
