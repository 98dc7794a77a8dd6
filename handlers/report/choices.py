"""Questions about words that were read in part, or in more than one way."""

from collections.abc import Sequence

from handlers.language import Markup, Words, join
from handlers.report import cards
from handlers.report.buttons import leaving
from handlers.report.interview import Interview
from handlers.report.pending import Answer, kept, packed
from handlers.routing import Replies
from handlers.talk import Option
from plan.answers import Count, NoData, NoObject, Share
from plan.catalogue import Indicator, Unit

TOTAL, WHICH = "report.total", "report.which"
SHOWN = 60
"""Characters of what was typed that are shown again."""


def ask_which(
    interview: Interview,
    indicator: Indicator,
    readings: Sequence[Answer],
    said: str,
    *,
    estimate: bool = False,
) -> Replies:
    """Two ways to read the same words: both are shown, neither is guessed."""
    question = interview.words(
        "{code}: “{said}” can be read in more than one way. Which one is meant?",
        code=indicator.code,
        said=said[:SHOWN],
    )
    return _ask(interview, question, readings, said, estimate=estimate)


def ask_instead(
    interview: Interview, told: Markup, readings: Sequence[Answer], said: str
) -> Replies:
    """What was typed cannot be right; perhaps it is this, with the two numbers swapped."""
    question = interview.words("Is this what is meant?")
    return _ask(interview, join([told, question]), readings, said)


def ask_nothing(interview: Interview, indicator: Indicator, said: str) -> Replies:
    """A mere "no" may be zero, no data, or nothing to count: three different answers."""
    question = interview.words(
        "{code}: is it zero, are there no data yet, or is there nothing to count?",
        code=indicator.code,
    )
    return _ask(interview, question, [Count(0), NoData(), NoObject()], said)


def _ask(
    interview: Interview,
    question: Markup,
    readings: Sequence[Answer],
    said: str,
    *,
    estimate: bool = False,
) -> Replies:
    talk, words = interview.talk, interview.words
    indicator = interview.catalogue.indicator(talk.data["code"])
    options = [
        *(_option(words, indicator, str(n), given) for n, given in enumerate(readings)),
        Option("again", words("Enter again"), words("no|wrong")),
        leaving(words),
    ]
    if len(readings) == 1:
        only = options[0]
        right = "|".join([only.also, words("Right"), words("yes|ok|correct")])
        options[0] = Option(only.key, only.label, right)
    data = kept(talk) | {
        "said": said,
        "estimate": estimate,
        "readings": [packed(given) for given in readings],
    }
    return talk.ask(WHICH, question, options, numbered=True, data=data)


def _option(words: Words, indicator: Indicator, key: str, given: Answer) -> Option:
    match given:
        case Count(met) if indicator.unit is Unit.SHARE:
            label = words("{number} met", number=words.number(met))
            return Option(key, label, words.number(met))
        case Count(value):
            return Option(key, cards.answer(words, given), words.number(value))
        case Share(met, total):
            return Option(key, cards.answer(words, given), f"{met}/{total}")
        case NoData():
            return Option(key, words("No data yet"), words("no data"))
        case _:
            return Option(key, words("Nothing to count"), words("no object"))


def ask_total(
    interview: Interview, indicator: Indicator, met: int, said: str, *, estimate: bool = False
) -> Replies:
    """Half an answer is kept; only the other half is asked for."""
    talk, words = interview.talk, interview.words
    question = words(
        "{number} met. Out of how many in total?\n{total}",
        number=words.number(met),
        total=indicator.total,
    )
    options = [Option("again", words("Enter again")), leaving(words)]
    data = kept(talk) | {"met": met, "half": said, "estimate": estimate}
    return talk.ask(TOTAL, question, options, data=data)
