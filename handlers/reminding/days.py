"""A typed day as these dialogues take it, and what is said where it is none."""

from datetime import date

from handlers.language import Markup, Words
from handlers.report.postponing import named_day
from plan.answers import Kind, Reading, Refuse, read

SHOWN = 40


def read_day(said: str, today: date) -> tuple[date | None, Reading]:
    reading = read(Kind.DATE, said, today=today, year=today.year)
    return named_day(reading), reading


def refused(words: Words, said: str, reading: Reading, example: date) -> Markup:
    if isinstance(reading, Refuse):
        told = words("There is no such day as “{said}”.", said=said[:SHOWN])
    else:
        told = words("“{said}” could not be read as a day.", said=said[:SHOWN])
    return words("{told} For example: {day}.", told=told, day=words.day(example))
