"""How figures, targets and questions are worded."""

from collections.abc import Mapping
from datetime import date

from handlers.language import Markup, Words, join, plain
from handlers.report.drafts import indicator_of
from plan.answers import Count, NoData, NoObject, NotApplicable, Share
from plan.attainment import growth, share
from plan.catalogue import Assignment, Catalogue, Indicator, Target, Task, Unit
from storage.figures import Figure
from storage.reports import Answer


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


def answer(words: Words, given: Answer) -> str:
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
        case NotApplicable():
            return words("not for this agency to answer")
        case None:
            return words("skipped, not answered yet")


def ratio(words: Words, numerator: int, denominator: int) -> str:
    value = share(numerator, denominator)
    percent = words.percent(value) if value is not None else "–"
    return f"{words.number(numerator)}/{words.number(denominator)} ({percent})"


def figure_answer(figure: Figure) -> Answer:
    if figure.numerator is not None and figure.denominator is not None:
        return Share(figure.numerator, figure.denominator)
    if figure.count is not None:
        return Count(figure.count)
    kinds: dict[str, NoData | NoObject | NotApplicable] = {
        "no_data": NoData(),
        "no_object": NoObject(),
        "not_applicable": NotApplicable(),
    }
    return kinds.get(figure.state)


def figure(words: Words, kept: Figure) -> str:
    return about(words, answer(words, figure_answer(kept)), estimate=kept.estimate)


def about(words: Words, shown: str, *, estimate: bool) -> str:
    return words("about {figure}", figure=shown) if estimate else shown


def change(
    words: Words, before: int | None, after: int, year: int, *, moved: bool = False
) -> Markup:
    """Growth against an earlier year, in words before any sign; 0 is a figure, but no base.

    `moved` is a territory that is another than in the earlier year.
    """
    value = growth(before, after)
    if moved:
        return words("not comparable with {year}, counted on another territory", year=year)
    if before == 0:
        return words("{year} counted 0 visits, so there is no growth to compute", year=year)
    if value is None:
        return words("no figure of {year} to compare with", year=year)
    if value < 0:
        return words("down {percent} on {year}", percent=words.percent(-value), year=year)
    return words("up {percent} on {year}", percent=words.percent(value), year=year)


def counted_before(words: Words, before: int | None, year: int) -> Markup:
    if before is None:
        return Markup()
    return words("{year}: {figure}", year=year, figure=answer(words, Count(before)))


def parts(words: Words, indicator: Indicator, given: Mapping[str, Share]) -> list[Markup]:
    """The sub-counts of a compound figure, a line each, in the catalogue's order."""
    return [
        words("• {part}: {figure}", part=part.name, figure=_part(words, given[part.code]))
        for part in indicator.parts
        if part.code in given
    ]


def _part(words: Words, given: Share) -> str:
    return answer(words, given if given.denominator else NoObject())


def details(words: Words, indicator: Indicator, kept: Figure, given: Mapping[str, Share]) -> Markup:
    """What was kept beside the figure itself: sub-counts, last year's count, the reason."""
    before = counted_before(words, kept.count_before, kept.as_of_on.year - 1)
    shown = [
        *(
            words("{part} {figure}", part=part.name, figure=_part(words, given[part.code]))
            for part in indicator.parts
            if part.code in given
        ),
        Markup(before[:1].lower() + before[1:]),
        words("reason: {reason}", reason=kept.reason) if kept.reason else Markup(),
        from_paper(words, kept.document),
    ]
    return join(shown, "; ")


def from_paper(words: Words, document: str) -> Markup:
    """Nothing for what the agency has answered itself."""
    return words("entered from document {number}", number=document) if document else Markup()


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
        what_to_count(words, indicator),
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


def what_to_count(words: Words, indicator: Indicator) -> Markup:
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
