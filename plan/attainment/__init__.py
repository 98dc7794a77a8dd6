"""What the figures amount to: sums, growth, judgements and why. Exact fractions throughout."""

from plan.attainment.arithmetic import growth, mean_growth, pooled, share, shown
from plan.attainment.assessing import BASES, Assessment, Review, assess, base_year
from plan.attainment.forecasting import Forecast, Mover, movers, movers_of
from plan.attainment.judging import (
    Coverage,
    Formula,
    Goal,
    Judgement,
    Standing,
    Why,
    goal,
    judge,
)
from plan.attainment.measures import Growth, LeftOut, Measure, PartSum, Pooled, Source, Without
from plan.attainment.reported import Holders, Reported

__all__ = [
    "BASES",
    "Assessment",
    "Coverage",
    "Forecast",
    "Formula",
    "Goal",
    "Growth",
    "Holders",
    "Judgement",
    "LeftOut",
    "Measure",
    "Mover",
    "PartSum",
    "Pooled",
    "Reported",
    "Review",
    "Source",
    "Standing",
    "Why",
    "Without",
    "assess",
    "base_year",
    "goal",
    "growth",
    "judge",
    "mean_growth",
    "movers",
    "movers_of",
    "pooled",
    "share",
    "shown",
]
