"""Pushing updates to the bot's webhook: one at a time for each chat, again until it says 2xx."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import aiohttp

from sandbox.parameters import Parameters
from sandbox.refusals import RefusalError
from sandbox.updates import Update
from sandbox.world import World

PROOF_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_PAUSE = 60.0
LONGEST_ASKED_PAUSE = 3600.0
TIMEOUT = aiohttp.ClientTimeout(total=60)

_TAKEN = range(200, 300)

Lane = tuple[str, int]
Call = Callable[[str, Parameters], Awaitable[object]]


class Courier:
    """`call` executes a method the bot names in its answer; pauses double up to a minute."""

    def __init__(self, world: World, call: Call, first_pause: float = 1.0) -> None:
        self._world = world
        self._call = call
        self._first_pause = first_pause
        self._busy: set[Lane] = set()

    async def run(self) -> None:
        updates = self._world.updates
        async with aiohttp.ClientSession(timeout=TIMEOUT) as session, asyncio.TaskGroup() as group:
            while True:
                for lane in self._waiting_lanes() - self._busy:
                    self._busy.add(lane)
                    group.create_task(self._serve(lane, session))
                await updates.arrived.wait()

    def _waiting_lanes(self) -> set[Lane]:
        if not self._world.webhook.url:
            return set()
        return {update.lane for update in self._world.updates.pending(len(self._world.updates))}

    async def _serve(self, lane: Lane, session: aiohttp.ClientSession) -> None:
        pause = self._first_pause
        while update := self._first_of(lane):
            asked = await self._push(update, session)
            if asked is None:
                pause = self._first_pause
                self._world.updates.forget(update.update_id)
                continue
            await asyncio.sleep(asked or pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        self._busy.discard(lane)

    def _first_of(self, lane: Lane) -> Update | None:
        if not self._world.webhook.url:
            return None
        waiting = self._world.updates.pending(len(self._world.updates))
        return next((update for update in waiting if update.lane == lane), None)

    async def _push(self, update: Update, session: aiohttp.ClientSession) -> float | None:
        """None when taken; else the pause the bot asked for, 0 when it asked for none."""
        webhook = self._world.webhook
        headers = {PROOF_HEADER: webhook.secret} if webhook.secret else {}
        try:
            async with session.post(webhook.url, json=update.as_json(), headers=headers) as answer:
                body = await answer.text()
        except (aiohttp.ClientError, TimeoutError) as error:
            webhook.last_error = (self._world.second(), str(error) or "Read timeout expired")
            return 0.0
        if answer.status in _TAKEN:
            await self._obey(body)
            return None
        problem = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        webhook.last_error = (self._world.second(), problem)
        return _asked_pause(answer.headers.get("Retry-After", ""))

    async def _obey(self, body: str) -> None:
        try:
            order = json.loads(body)
        except ValueError:
            return
        if isinstance(order, dict) and isinstance(order.get("method"), str):
            try:
                await self._call(order.pop("method"), Parameters(order))
            except RefusalError:
                return  # the bot is never told: the answer to an answer is not sent


def _asked_pause(retry_after: str) -> float:
    return min(float(retry_after), LONGEST_ASKED_PAUSE) if retry_after.isdecimal() else 0.0
