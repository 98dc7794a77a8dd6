"""The conversations about reports that were sent: approving, sending back, and what follows."""

from aiogram import Router

from handlers.approval import deciding, returning


def build_router() -> Router:
    router = Router(name="approval")
    router.include_routers(deciding.build_router(), returning.build_router())
    return router
