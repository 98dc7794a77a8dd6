"""All conversations in the order in which they are asked whether a message is theirs."""

from functools import cache

from aiogram import Router

from handlers import classified, dismissing, menu, start, tasks
from handlers.approval import proofs
from handlers.approval import routers as approval
from handlers.broadcast import routers as notices
from handlers.data import correcting, erasing, showing
from handlers.files import bulk, evidence, exhibits, fetched, lines, workbook
from handlers.health import routers as health
from handlers.progress import owing
from handlers.progress import showing as progress
from handlers.register import routers as register
from handlers.reminding import routers as reminding
from handlers.report import routers as report
from handlers.switchboard import Switchboard


@cache
def the_root() -> Router:
    """One for the process: it is only ever read, by however many desks at once."""
    return build_root()


def build_root() -> Router:
    """A fresh tree: a router can be attached only once."""
    return Switchboard(
        classified.build_router(),
        menu.build_gate(),
        showing.build_router(),
        correcting.build_router(),
        erasing.build_router(),
        *notices.build_routers(),
        *register.build_routers(),
        workbook.build_router(),  # its own forms before other files
        fetched.build_router(),
        evidence.build_router(),
        proofs.build_router(),  # of agencies under review, before one's own
        exhibits.build_router(),
        lines.build_router(),
        bulk.build_router(),
        *report.build_routers(),
        reminding.build_router(),
        approval.build_router(),
        *report.build_last(),
        start.build_router(),
        dismissing.build_router(),
        health.build_router(),
        owing.build_router(),
        progress.build_router(),
        tasks.build_router(),
        menu.build_router(),  # always last: it answers what nobody else took
    )
