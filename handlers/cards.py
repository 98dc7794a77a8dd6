"""How figures, targets and questions are worded."""

from datetime import date

from handlers.drafts import indicator_of
from handlers.language import Markup, Words, join, plain, sentence
from plan.answers import Count, NoData, NoObject, Share
from plan.attainment import growth, share
from plan.catalogue import Assignment, Catalogue, Indicator, Target, Task, Unit
from storage.tables import Figure


def target(wanted: Target) -> str:
    if wanted.high is None:
        return f"{wanted.low}%"
    return f"{wanted.low}–{wanted.high}%"


def targets(words: Words, indicator: Indicator) -> Markup:
    if indicator.unit is Unit.GROWTH:
        return words(
            "Target: growth of {t2025} a year to 2025 · {t2030} a year to 2030",
            t2025=target(indicator.target_2025),
            t2030=target(indicator.target_2030),
        )
    return words(
        "Target 2025: {t2025} · 2030: {t2030}",
        t2025=target(indicator.target_2025),
        t2030=target(indicator.target_2030),
    )


def answer(words: Words, given: Share | Count | NoData | NoObject | None) -> str:
    """An answer as it was understood, always with the ratio that it comes to."""
    match given:
        case Share(numerator, denominator):
            return ratio(words, numerator, denominator)
        case Count(value):
            return words("{number} visits", number=words.number(value))
        case NoData():
            return words("no data yet")
        case NoObject():
            return words("nothing to count")
        case None:
            return words("skipped, not answered yet")


def ratio(words: Words, numerator: int, denominator: int) -> str:
    value = share(numerator, denominator)
    percent = words.percent(value) if value is not None else "–"
    return f"{words.number(numerator)}/{words.number(denominator)} ({percent})"


def figure_answer(figure: Figure) -> Share | Count | NoData | NoObject | None:
    if figure.numerator is not None and figure.denominator is not None:
        return Share(figure.numerator, figure.denominator)
    if figure.count is not None:
        return Count(figure.count)
    kinds: dict[str, NoData | NoObject] = {"no_data": NoData(), "no_object": NoObject()}
    return kinds.get(figure.state)


def figure(words: Words, kept: Figure) -> str:
    return answer(words, figure_answer(kept))


def change(words: Words, before: int | None, after: int, year: int) -> Markup:
    """Growth against an earlier year, in words before any sign; 0 is a figure, but no base."""
    value = growth(before, after)
    if before == 0:
        return words("{year} counted 0 visits, so there is no growth to compute", year=year)
    if value is None:
        return words("no figure of {year} to compare with", year=year)
    if value < 0:
        return words("down {percent} on {year}", percent=words.percent(-value), year=year)
    return words("up {percent} on {year}", percent=words.percent(value), year=year)


def compared(
    words: Words, given: Share | Count | NoData | NoObject, earlier: Figure | None, year: int
) -> Markup:
    """The answer beside last year's, where there is one."""
    if isinstance(given, Count):
        before = earlier.count if earlier else None
        return sentence(change(words, before, given.value, year - 1))
    if earlier is None:
        return Markup()
    return words("{year}: {figure}", year=year - 1, figure=figure(words, earlier))


def question(
    words: Words,
    indicator: Indicator,
    *,
    place: tuple[int, int],
    year: int,
    as_of_on: date,
    earlier: Figure | None,
    current: Figure | None,
) -> Markup:
    """What to count, up to which day, last year's answer, both targets, an example."""
    shown = words("Question {n} of {total}", n=place[0], total=place[1])
    lines = [
        Markup(f"<b>{shown} · {indicator.code}</b>"),
        Markup(f"<b>{plain(indicator.short)}</b>"),
        _what_to_count(words, indicator),
        words("Figures as of {day}.", day=words.day(as_of_on)),
    ]
    if earlier is not None:
        lines.append(words("{year}: {figure}", year=year - 1, figure=figure(words, earlier)))
    lines.append(targets(words, indicator))
    if current is not None:
        lines.append(words("Recorded now: {figure}", figure=figure(words, current)))
    example = "12/15" if indicator.unit is Unit.SHARE else words.number(12500)
    lines.append(words("Type for example: {example}", example=example))
    return join(lines)


def _what_to_count(words: Words, indicator: Indicator) -> Markup:
    if indicator.unit is Unit.GROWTH:
        return words("How many? {what}", what=_lower(indicator.counts))
    return words(
        "How many of how many?\n• Met: {counts}\n• Total: {total}",
        counts=indicator.counts,
        total=indicator.total,
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def item(catalogue: Catalogue, code: str) -> Task | Assignment:
    tasks = {task.code: task for task in catalogue.tasks}
    return tasks[code] if code in tasks else catalogue.assignment(code)


def short_of(catalogue: Catalogue, code: str) -> str:
    indicator = indicator_of(catalogue, code)
    return indicator.short if indicator else item(catalogue, code).short


def full_text(words: Words, catalogue: Catalogue, code: str) -> Markup:
    """The plan's own wording, with its clause and, for an indicator, how to count."""
    indicator = indicator_of(catalogue, code)
    if indicator is None:
        found = item(catalogue, code)
        return _clause(words, code, found.clause, found.text)
    shown = _clause(words, code, indicator.clause, indicator.name)
    return join([shown, plain(indicator.note)], "\n\n")


def _clause(words: Words, code: str, clause: str, text: str) -> Markup:
    if clause == code:
        return words("<b>{code}</b> of the plan\n{text}", code=code, text=text)
    return words("<b>{code}</b> (clause {clause})\n{text}", code=code, clause=clause, text=text)
