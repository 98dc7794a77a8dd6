"""The Bot API's methods by name; getUpdates, which waits, lives in polling.py."""

import re
from collections.abc import Callable
from typing import Any

from sandbox import checks, files, speaking
from sandbox.parameters import Parameters
from sandbox.refusals import bad_request
from sandbox.world import DEFAULT_CONNECTIONS, Webhook, World

Json = dict[str, Any]
Method = Callable[[World, Parameters], object]

SENDS = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
TYPING_SECONDS = 5.0

_ACTIONS = frozenset(
    {"typing", "upload_photo", "upload_document", "choose_sticker", "find_location"}
    | {"record_video", "upload_video", "record_voice", "upload_voice"}
    | {"record_video_note", "upload_video_note"}
)
_CONNECTIONS = range(1, 101)


def get_me(world: World, _: Parameters) -> Json:
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def get_chat(world: World, parameters: Parameters) -> Json:
    chat = world.chat(parameters.number("chat_id"))
    gifts = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        False,
    )
    return chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": gifts,
    }


def get_file(world: World, parameters: Parameters) -> Json:
    file = world.files.find(parameters.text("file_id"))
    if len(file.upload.data) > files.DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return file.as_json() | {"file_path": file.path}


def answer_press(world: World, parameters: Parameters) -> bool:
    text = parameters.text("text")
    if len(text) > checks.NOTICE_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    world.notify(parameters.text("callback_query_id"), text)
    return True


def send_chat_action(world: World, parameters: Parameters) -> bool:
    chat = speaking.reachable_chat(world, parameters)
    if parameters.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.typing_until = world.monotonic() + TYPING_SECONDS
    world.touch()
    return True


def set_commands(world: World, parameters: Parameters) -> bool:
    world.commands.set(parameters)
    world.touch()
    return True


def get_commands(world: World, parameters: Parameters) -> list[dict[str, str]]:
    return world.commands.get(parameters)


def delete_commands(world: World, parameters: Parameters) -> bool:
    world.commands.delete(parameters)
    world.touch()
    return True


def set_webhook(world: World, parameters: Parameters) -> bool:
    url = parameters.text("url")
    if not url:
        return delete_webhook(world, parameters)
    # Telegram itself demands HTTPS; a self-hosted Bot API server, as this one, does not.
    if not re.match(r"https?://\S+$", url):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = parameters.text("secret_token")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    connections = parameters.number("max_connections") or DEFAULT_CONNECTIONS
    world.webhook = Webhook(url, secret, min(max(connections, _CONNECTIONS[0]), _CONNECTIONS[-1]))
    _drop_pending(world, parameters)
    world.updates.allow(parameters.values.get("allowed_updates"))
    world.updates.arrived.fire()
    return True


def delete_webhook(world: World, parameters: Parameters) -> bool:
    world.webhook = Webhook()
    _drop_pending(world, parameters)
    world.updates.arrived.fire()
    return True


def _drop_pending(world: World, parameters: Parameters) -> None:
    if parameters.flag("drop_pending_updates"):
        world.updates.confirm(world.updates.next_id)


def get_webhook_info(world: World, _: Parameters) -> Json:
    webhook = world.webhook
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending(limit=len(world.updates))),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    if webhook.last_error:
        info["last_error_date"], info["last_error_message"] = webhook.last_error
    return info


METHODS: dict[str, Method] = {
    "answerCallbackQuery": answer_press,
    "deleteMessage": speaking.delete_message,
    "deleteMyCommands": delete_commands,
    "deleteWebhook": delete_webhook,
    "editMessageCaption": speaking.edit_caption,
    "editMessageReplyMarkup": speaking.edit_keyboard,
    "editMessageText": speaking.edit_text,
    "getChat": get_chat,
    "getFile": get_file,
    "getMe": get_me,
    "getMyCommands": get_commands,
    "getWebhookInfo": get_webhook_info,
    "sendChatAction": send_chat_action,
    "sendDocument": speaking.send_document,
    "sendMessage": speaking.send_message,
    "sendPhoto": speaking.send_photo,
    "setMyCommands": set_commands,
    "setWebhook": set_webhook,
}
