"""Words about the conversation, typed where an answer is awaited."""

from handlers.language import join
from handlers.report import cards, failures
from handlers.report.figures import ask_same, leave
from handlers.report.interview import FIGURE, Interview
from handlers.report.opening import ask_previous
from handlers.report.postponing import postpone
from handlers.routing import Replies
from plan.answers import Postpone, Reading, Signal
from plan.catalogue import Indicator


def obey(interview: Interview, indicator: Indicator, reading: Reading) -> Replies:
    """What they ask for; None where they ask for nothing that can be done here."""
    talk, words = interview.talk, interview.words
    match reading:
        case Postpone(on):
            return postpone(interview, on)
        case Signal.SKIP:
            return failures.skip(interview, talk, talk.turn, words)
        case Signal.BACK:
            first = talk.step == FIGURE
            return ask_previous(interview, talk, words) if first else ask_same(interview, talk)
        case Signal.CANCEL:
            return leave(interview, talk, words)
        case Signal.HELP:
            shown = cards.full_text(words, interview.catalogue, indicator.code)
            counted = cards.what_to_count(words, indicator)
            return [talk.say(join([shown, counted], "\n\n")), *talk.ask_again()]
        case _:
            return None
