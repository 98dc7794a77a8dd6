"""Everything about the facility register, in the order in which it is asked."""

from aiogram import Router

from handlers.register import confirming, showing, taking


def build_routers() -> list[Router]:
    """Before those that take files as evidence."""
    return [taking.build_router(), confirming.build_router(), showing.build_router()]
