"""The Bot API over HTTP: one route, every method, faults on the way in and out."""

import json

from aiohttp import web

from sandbox import parameters as reading
from sandbox.counts import Counts, Pace, Request, Sent
from sandbox.faults import Fault, Faults, Kind
from sandbox.methods import METHODS, SENDS
from sandbox.parameters import Parameters
from sandbox.polling import Poller
from sandbox.refusals import RefusalError
from sandbox.updates import Json
from sandbox.waking import Signal
from sandbox.world import World

BODY_LIMIT = 52 * 1024 * 1024
BAD_GATEWAY_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"
    "<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)

_NAMES = {name.lower(): name for name in (*METHODS, "getUpdates")}


class Server:
    def __init__(
        self, token: str, world: World, faults: Faults, counts: Counts, pace: Pace
    ) -> None:
        self._token = token
        self._world = world
        self._faults = faults
        self._counts = counts
        self._pace = pace
        self._poller = Poller(world)
        self._closing = Signal()

    def app(self) -> web.Application:
        app = web.Application(client_max_size=BODY_LIMIT)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.on_shutdown.append(self._close)
        return app

    async def call_by_name(self, spelt: str, parameters: Parameters) -> object:
        """Telegram does not mind the case of a method's name."""
        return await self._call(self._name(spelt), parameters)

    async def _call(self, method: str, parameters: Parameters) -> object:
        if method == "getUpdates":
            return await self._poller.get_updates(parameters)
        result = METHODS[method](self._world, parameters)
        if method in SENDS and isinstance(result, dict):
            self._note_sent(method, result)
        return result

    def _name_for(self, token: str, spelt: str) -> str:
        if token != self._token:
            raise RefusalError(401, "Unauthorized")
        return self._name(spelt)

    def _name(self, spelt: str) -> str:
        if spelt.lower() not in _NAMES:
            self._counts.unknown_methods[spelt] += 1
            raise RefusalError(404, "Not Found: method not found")
        return _NAMES[spelt.lower()]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        record = Request(request.match_info["method"], {}, self._world.monotonic())
        self._world.requests.append(record)
        try:
            record.method = self._name_for(request.match_info["token"], record.method)
            parameters = await reading.read(request)
            record.params = parameters.values
            self._counts.requests[record.method] += 1
            self._world.asked.fire()
            response = await self._act(request, record, parameters)
        except RefusalError as refusal:
            response = _json(refusal.as_json(), refusal.code)
        if request.transport and not request.transport.is_closing():
            record.status = response.status
            self._counts.statuses[response.status] += 1
        return response

    async def _act(
        self, request: web.Request, record: Request, parameters: Parameters
    ) -> web.Response:
        fault = self._faults.pick(record.method, record.chat_id)
        if fault is None:
            self._admit(record)
            return _json({"ok": True, "result": await self._call(record.method, parameters)})
        self._counts.faults[fault.kind.value] += 1
        if refusal := fault.refusal():
            raise refusal
        if fault.kind.delivers:
            await self._call(record.method, parameters)
        return await self._misbehave(request, fault)

    async def _misbehave(self, request: web.Request, fault: Fault) -> web.Response:
        if fault.kind in {Kind.HOLD, Kind.HOLD_DELIVERED}:
            await self._closing.wait(fault.seconds)
        if fault.kind not in {Kind.BAD_GATEWAY, Kind.LOST_ANSWER} and request.transport:
            request.transport.abort()
        return web.Response(status=502, text=BAD_GATEWAY_PAGE, content_type="text/html")

    def _admit(self, record: Request) -> None:
        if record.method in SENDS and record.chat_id is not None:
            self._pace.admit(record.chat_id, self._world.monotonic())

    def _note_sent(self, method: str, message: Json) -> None:
        now = self._world.monotonic()
        chat_id = message["chat"]["id"]
        text = str(message.get("text", message.get("caption", "")))
        self._world.sent.append(Sent(method, chat_id, message["message_id"], text, now))
        self._pace.sent(chat_id, now)

    async def _download(self, request: web.Request) -> web.Response:
        """Faults strike here too, under the method name `download`."""
        if fault := self._faults.pick("download", None):
            self._counts.faults[fault.kind.value] += 1
            refusal = fault.refusal()
            return (
                _json(refusal.as_json(), refusal.code)
                if refusal
                else await self._misbehave(request, fault)
            )
        file = self._world.files.at(request.match_info["path"])
        if request.match_info["token"] != self._token or file is None:
            return _json(RefusalError(404, "Not Found").as_json(), 404)
        return web.Response(body=file.upload.data, content_type="application/octet-stream")

    async def _close(self, _: web.Application) -> None:
        self._closing.fire()
        self._poller.close()


def _json(body: Json, status: int = 200) -> web.Response:
    text = json.dumps(body, ensure_ascii=False)
    return web.Response(text=text, status=status, content_type="application/json")
