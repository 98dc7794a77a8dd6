"""The yearly report, in the order in which its parts are asked whether a message is theirs."""

from aiogram import Router

from handlers.report import (
    changing,
    colleagues,
    composing,
    editing,
    elsewhere,
    failures,
    figures,
    narratives,
    opening,
    parts,
    postponing,
    reasons,
    remindme,
    resuming,
    review,
    statuses,
    understanding,
    yearbefore,
)

BUILDERS = (
    failures.build_router,
    colleagues.build_router,
    editing.build_router,
    resuming.build_router,
    changing.build_router,
    opening.build_router,
    figures.build_router,
    elsewhere.build_router,
    parts.build_router,
    yearbefore.build_router,
    reasons.build_router,
    understanding.build_router,
    statuses.build_router,
    postponing.build_router,
    remindme.build_router,
)
AT_ITS_END = (narratives.build_router, composing.build_router, review.build_router)


def build_routers() -> list[Router]:
    return [build() for build in BUILDERS]


def build_last() -> list[Router]:
    """Of the report in words, and before it is sent."""
    return [build() for build in AT_ITS_END]
