"""What the bot says when an answer cannot be taken as it stands: what was read, and why not."""

from handlers.language import Markup, Words
from plan.answers import Ask, Refuse, Unreadable
from plan.catalogue import Indicator, Unit


def explain(
    words: Words,
    problem: Refuse | Unreadable | Ask,
    said: str,
    indicator: Indicator,
    *,
    total_only: bool = False,
) -> Markup:
    """Names what was typed, says why it was not accepted, and gives one example."""
    reason = problem.reason if isinstance(problem, Refuse | Ask) else "unreadable"
    why = _reasons(words).get(reason, _reasons(words)["unreadable"])
    share = "15" if total_only else "12/15"
    example = share if indicator.unit is Unit.SHARE else words.number(12500)
    return words(
        "{code}: “{said}” was not recorded: {why} For example: {example}",
        code=indicator.code,
        said=said[:60],
        why=why,
        example=example,
    )


def _reasons(words: Words) -> dict[str, Markup]:
    return {
        "unreadable": words("I could not read it as a figure."),
        "over": words("the number met is larger than the total."),
        "zero_total": words("the total is 0. If there is nothing to count, say so."),
        "percent": words("counts are needed, not a percentage."),
        "negative": words("a count is never negative."),
        "decimal": words("a count is a whole number."),
        "too_big": words("the number is larger than can be right."),
        "phone": words("it looks like a telephone number."),
        "range": words("one figure is needed, not a range."),
    }
