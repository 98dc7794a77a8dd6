"""All conversations in the order in which they are asked whether a message is theirs."""

from aiogram import Router

from handlers import broadcast, figures, menu, progress, report, review, start, statuses, tasks


def build_root() -> Router:
    """A fresh tree: a router can be attached only once, so each desk has its own."""
    root = Router(name="root")
    root.include_routers(
        menu.build_gate(),
        report.build_router(),
        figures.build_router(),
        statuses.build_router(),
        review.build_router(),
        start.build_router(),
        broadcast.build_router(),
        progress.build_router(),
        tasks.build_router(),
        menu.build_router(),  # always last: it answers what nobody else took
    )
    return root
