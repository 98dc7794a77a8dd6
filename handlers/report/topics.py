"""The three things a report may say in words, beside its figures. None of them is a duty."""

from collections.abc import Mapping

from handlers.language import Markup, Words
from handlers.talk import Option
from storage.narratives import TOPICS
from storage.tables import Narrative

EXCERPT = 60


def name_of(words: Words, topic: str) -> Markup:
    names = {
        "results": words("Outstanding results"),
        "difficulties": words("Difficulties and obstacles"),
        "proposals": words("Proposals"),
    }
    return names[topic]


def options(words: Words) -> list[Option]:
    also = {
        "results": words("results|highlights"),
        "difficulties": words("difficulties|obstacles"),
        "proposals": words("proposal|suggestions"),
    }
    return [Option(topic, name_of(words, topic), also[topic]) for topic in TOPICS]


def lines(words: Words, kept: Mapping[str, Narrative]) -> list[Markup]:
    """One for each topic: how its words begin."""
    return [
        words(
            "• {topic}: <b>{text}</b>",
            topic=name_of(words, topic),
            text=excerpt(kept[topic].text) if topic in kept else words("nothing yet"),
        )
        for topic in TOPICS
    ]


def excerpt(text: str, most: int = EXCERPT) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


__all__ = ["EXCERPT", "TOPICS", "excerpt", "lines", "name_of", "options"]
