"""What an administrator is shown of the engine: the card, and the lists behind it."""

from aiogram import Router

from handlers.health import card, failed, unknown, updates


def build_router() -> Router:
    router = Router(name="engine")
    router.include_routers(
        card.build_router(),
        unknown.build_router(),
        failed.build_router(),
        updates.build_router(),
    )
    return router
