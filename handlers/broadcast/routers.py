"""Everything about notices, in the order in which it is asked whether a message is its."""

from aiogram import Router

from handlers.broadcast import (
    answering,
    choosing,
    composing,
    confirming,
    following,
    overview,
    previewing,
    scheduling,
    templates,
    threads,
)

BUILDERS = (
    answering.build_router,
    threads.build_router,
    composing.build_router,
    choosing.build_router,
    previewing.build_router,
    scheduling.build_router,
    templates.build_router,
    confirming.build_router,
    following.build_router,
    overview.build_router,
)


def build_routers() -> list[Router]:
    """Before those that take files and lines of figures: a notice may hold either."""
    return [build() for build in BUILDERS]
