"""getUpdates: the long poll, and the quarrel of two pollers."""

import asyncio
from typing import Any

from sandbox.parameters import Parameters
from sandbox.refusals import conflict
from sandbox.updates import BATCH_LIMIT
from sandbox.world import World

LONGEST_POLL = 50

_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
_OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


class Poller:
    def __init__(self, world: World) -> None:
        self._world = world
        self._newest = 0
        self._closed = False

    def close(self) -> None:
        self._closed = True
        self._world.updates.arrived.fire()

    async def get_updates(self, parameters: Parameters) -> list[dict[str, Any]]:
        updates = self._world.updates
        self._refuse_beside_webhook()
        self._newest += 1
        mine = self._newest
        updates.arrived.fire()  # an older poll wakes up and finds itself replaced
        updates.allow(parameters.values.get("allowed_updates"))
        updates.confirm(parameters.number("offset") or 0)
        wanted = parameters.number("limit")
        limit = BATCH_LIMIT if wanted is None else min(max(wanted, 1), BATCH_LIMIT)
        await self._wait(mine, parameters.number("timeout") or 0)
        return [update.as_json() for update in updates.pending(limit)]

    async def _wait(self, mine: int, seconds: int) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + min(seconds, LONGEST_POLL)
        updates = self._world.updates
        while not (self._closed or updates.pending(limit=1)) and loop.time() < until:
            await updates.arrived.wait(until - loop.time())
            self._refuse_beside_webhook()
            if mine != self._newest:
                raise conflict(_OTHER_POLLER)

    def _refuse_beside_webhook(self) -> None:
        if self._world.webhook.url:
            raise conflict(_WEBHOOK_ACTIVE)
