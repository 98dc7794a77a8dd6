"""The conversations about reports that were sent: approving, sending back, and what follows."""

from aiogram import Router

from handlers.approval import (
    asking_back,
    closing,
    deciding,
    explaining,
    history,
    paper,
    picking,
    reopening,
    returning,
)


def build_router() -> Router:
    router = Router(name="approval")
    router.include_routers(
        deciding.build_router(),
        returning.build_router(),
        picking.build_router(),
        reopening.build_router(),
        history.build_router(),
        closing.build_router(),
        paper.build_router(),
        explaining.build_router(),
        asking_back.build_router(),
    )
    return router
