"""`python -m bench.reader`: reading typed answers, beside Babel's parser and one plain regex.

All three go over the same texts in the same run, so only the ratios mean something. How many
texts each makes something of is counted too: the others are fast because they do not understand.
"""

import re
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter

from babel.numbers import NumberFormatError, parse_decimal

from plan.answers import Kind, Unreadable, read

TODAY = date(2026, 10, 20)
PLAIN = re.compile(r"\s*([0-9]+)\s*(?:/\s*([0-9]+))?\s*")
TEXTS = {
    "12/15": Kind.SHARE,
    "12 trên 15": Kind.SHARE,
    "mười hai trên mười lăm": Kind.SHARE,
    "tổng 15, đạt 12": Kind.SHARE,
    "1.250": Kind.VISITS,
    "1,2 triệu": Kind.VISITS,
    "hai triệu rưỡi": Kind.VISITS,
    "khoảng 1200 lượt": Kind.VISITS,
    "à nhầm 13/15": Kind.CONFIRM,
    "chưa có số liệu": Kind.SHARE,
    "muwowif hai treen muwowif lawm": Kind.SHARE,
    "nhiều lắm em không nhớ": Kind.SHARE,
}
"""A mixture as it comes, from the plainest to what nobody could read."""


def ours(text: str) -> bool:
    return not isinstance(read(TEXTS[text], text, today=TODAY), Unreadable)


def babel(text: str) -> bool:
    try:
        parse_decimal(text, locale="vi", strict=True)
    except NumberFormatError:
        return False
    return True


def regex(text: str) -> bool:
    return PLAIN.fullmatch(text) is not None


def seconds(reader: Callable[[str], bool], times: int) -> float:
    """For one text, on average over the mixture."""
    start = perf_counter()
    for _ in range(times):
        for text in TEXTS:
            reader(text)
    return (perf_counter() - start) / (times * len(TEXTS))


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--times", type=int, default=200)
    wanted = parser.parse_args()
    readers = {"reader": ours, "babel": babel, "regex": regex}
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(wanted.rounds):
        for name, reader in readers.items():
            taken[name].append(seconds(reader, wanted.times))
    least = median(taken["regex"])
    print(f"{'':8}{'µs a text':>12}{'× regex':>10}{'understood':>12}")
    for name, reader in readers.items():
        middle = median(taken[name])
        understood = f"{sum(map(reader, TEXTS))}/{len(TEXTS)}"
        print(f"{name:8}{middle * 1e6:12.1f}{middle / least:10.1f}{understood:>12}")


if __name__ == "__main__":
    main()
