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
    two_ways = words("it can be read in more than one way.")
    return {
        "unreadable": words("I could not read it as a figure."),
        "over": words("the number met is larger than the total."),
        "zero_total": words("the total is 0. If there is nothing to count, say so."),
        "percent": words("counts are needed, not a percentage."),
        "growth": words("the counts of both years are needed; the growth is computed from them."),
        "negative": words("a count is never negative."),
        "decimal": words("a count is a whole number."),
        "too_big": words("the number is larger than can be right."),
        "phone": words("it looks like a telephone number."),
        "range": words("one figure is needed, not a range."),
        "year": words("it looks like a year."),
        "date_like": words("it looks like a date."),
        "no_such_day": words("there is no such day."),
        "several_numbers": words("there are several numbers in it, and none is the one asked for."),
        "total_missing": words("the total is missing."),
        "met_missing": words("the number met is missing."),
        "bound": words("an exact figure is needed."),
        "none?": words("zero, no data and nothing to count are three different answers."),
        "separator": two_ways,
        "comma": two_ways,
        "scale": two_ways,
        "leading_zero": two_ways,
        "look_alike": two_ways,
        "unsure": two_ways,
    }


def doubt(words: Words, reason: str) -> Markup:
    """Why a reading is asked about at all, where the echo alone would not tell."""
    told = {
        "percent_mismatch": words("The percentage typed does not fit the two numbers."),
        "date_like": words("This could be a date as well."),
        "bound": words("“More than” or “less than” is no exact figure."),
        "look_alike": words("A letter stands where a digit is expected."),
        "year": words("This could be a year as well."),
        "sum": words("This was worked out from the numbers typed."),
    }
    return told.get(reason, Markup())
