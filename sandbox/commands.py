"""The command menus of setMyCommands, by scope and language."""

import json
import re
from typing import Any

from sandbox.parameters import Parameters
from sandbox.refusals import bad_request

Command = dict[str, str]

COMMANDS_LIMIT = 100
DESCRIPTION_LIMIT = 256

_DEFAULT = {"type": "default"}


class Commands:
    def __init__(self) -> None:
        self._menus: dict[tuple[str, str], list[Command]] = {}

    def set(self, parameters: Parameters) -> None:
        commands = parameters.values.get("commands") or []
        if not isinstance(commands, list):
            raise bad_request("expected an Array of BotCommand")
        if len(commands) > COMMANDS_LIMIT:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self._menus[_key(parameters)] = [_checked(command) for command in commands]

    def get(self, parameters: Parameters) -> list[Command]:
        return self._menus.get(_key(parameters), [])

    def delete(self, parameters: Parameters) -> None:
        self._menus.pop(_key(parameters), None)

    def shown_in(self, chat_id: int, language: str) -> list[Command]:
        """The menu a private chat shows: the narrowest scope, then the person's language."""
        scopes: list[dict[str, Any]] = [
            {"type": "chat", "chat_id": chat_id},
            {"type": "all_private_chats"},
            _DEFAULT,
        ]
        for scope in scopes:
            for code in (language, ""):
                if menu := self._menus.get((_name(scope), code)):
                    return menu
        return []


def _key(parameters: Parameters) -> tuple[str, str]:
    scope = parameters.values.get("scope") or _DEFAULT
    return _name(scope), parameters.text("language_code")


def _name(scope: dict[str, Any]) -> str:
    spelt = {key: str(value) for key, value in scope.items()}
    return json.dumps(spelt, sort_keys=True)


def _checked(command: dict[str, Any]) -> Command:
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", ""))
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 0 < len(description) <= DESCRIPTION_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
