"""The conversations about reminders, deadlines, absence and roles of an agency."""

from aiogram import Router

from handlers.reminding import (
    addressed,
    ahead,
    answers,
    asking,
    calendar,
    deadline,
    diary,
    difficulties,
    dryrun,
    easing,
    handing,
    ladders,
    leaving,
    settling,
    snoozing,
)


def build_router() -> Router:
    router = Router(name="reminding")
    router.include_routers(
        answers.build_router(),
        deadline.build_router(),
        ahead.build_router(),
        diary.build_router(),
        difficulties.build_router(),
        dryrun.build_router(),
        settling.build_router(),
        calendar.build_router(),
        ladders.build_router(),
        asking.build_router(),
        easing.build_router(),
        leaving.build_router(),
        handing.build_router(),
        snoozing.build_router(),
        addressed.build_router(),
    )
    return router
