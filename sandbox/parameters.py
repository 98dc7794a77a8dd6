"""The parameters of one request, however they were sent: query, form, multipart or JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.refusals import bad_request

_JSON = {
    "allowed_updates",
    "caption_entities",
    "commands",
    "entities",
    "link_preview_options",
    "reply_markup",
    "reply_parameters",
    "scope",
}


@dataclass(frozen=True, slots=True)
class Upload:
    filename: str
    content_type: str
    data: bytes


class Parameters:
    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None or isinstance(value, Upload) else str(value)

    def number(self, name: str) -> int | None:
        try:
            return int(self.text(name))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "1", "yes"}

    def upload(self, name: str) -> Upload | None:
        """The bytes sent under the name, directly or by `attach://`."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.values.get(value.removeprefix("attach://"))
        return value if isinstance(value, Upload) else None


async def read(request: web.Request) -> Parameters:
    values: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        values |= await _json_body(request)
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            values[name] = _uploaded(value) if isinstance(value, web.FileField) else value
    return Parameters({name: _decoded(name, value) for name, value in values.items()})


async def _json_body(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object")
    return body


def _uploaded(field: web.FileField) -> Upload:
    return Upload(field.filename, field.content_type, field.file.read())


def _decoded(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        value.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can spell
        raise bad_request("strings must be encoded in UTF-8") from None
    if name not in _JSON or not value:
        return value
    try:
        return json.loads(value)
    except ValueError:
        what = name.replace("_", " ")
        raise bad_request(f"can't parse {what} JSON object") from None
