"""The methods by which the bot speaks: send, edit, delete."""

from typing import Any

from sandbox import checks, files
from sandbox.chats import Chat, Message
from sandbox.checks import Words
from sandbox.parameters import Parameters
from sandbox.refusals import bad_request, forbidden
from sandbox.world import World

Json = dict[str, Any]

DELETABLE_SECONDS = 48 * 3600

_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def send_message(world: World, parameters: Parameters) -> Json:
    words = checks.message_text(parameters)
    extras = {}
    if preview := parameters.values.get("link_preview_options"):
        extras["link_preview_options"] = preview
    return _send(world, parameters, words, {}, extras)


def send_photo(world: World, parameters: Parameters) -> Json:
    file = world.files.sent_as("photo", parameters)
    return _send(world, parameters, checks.caption(parameters), files.photo(file), {})


def send_document(world: World, parameters: Parameters) -> Json:
    file = world.files.sent_as("document", parameters)
    return _send(world, parameters, checks.caption(parameters), files.document(file), {})


def edit_text(world: World, parameters: Parameters) -> Json:
    message = _own_message(world, parameters, "edit")
    words = checks.message_text(parameters)
    keyboard = checks.inline_keyboard(parameters)
    if message.attachment:
        raise bad_request("there is no text in the message to edit")
    return _edited(world, message, words, keyboard)


def edit_caption(world: World, parameters: Parameters) -> Json:
    message = _own_message(world, parameters, "edit")
    words = checks.caption(parameters)
    keyboard = checks.inline_keyboard(parameters)
    if not message.attachment:
        raise bad_request("there is no caption in the message to edit")
    return _edited(world, message, words, keyboard)


def edit_keyboard(world: World, parameters: Parameters) -> Json:
    message = _own_message(world, parameters, "edit")
    return _edited(world, message, message.words, checks.inline_keyboard(parameters))


def delete_message(world: World, parameters: Parameters) -> bool:
    message = _message(world, parameters, "delete")
    if world.second() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    world.remove(message)
    return True


def reachable_chat(world: World, parameters: Parameters) -> Chat:
    if not parameters.text("chat_id"):
        raise bad_request("chat_id is empty")
    chat = world.chat(parameters.number("chat_id"))
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    return chat


def _send(
    world: World, parameters: Parameters, words: Words, attachment: Json, extras: Json
) -> Json:
    markup = checks.reply_markup(parameters) or {}
    chat = reachable_chat(world, parameters)
    reply_to = _replied_to(chat, parameters)
    message = world.post(chat, world.bot, words, attachment)
    message.reply_to = reply_to
    message.extras = extras
    if parameters.flag("protect_content"):
        message.extras["has_protected_content"] = True
    if "inline_keyboard" in markup:
        message.keyboard = markup
    else:
        _lay_reply_keyboard(chat, markup)
    chat.typing_until = 0.0
    return message.as_json()


def _lay_reply_keyboard(chat: Chat, markup: Json) -> None:
    if "keyboard" in markup:
        chat.reply_keyboard = [
            [button if isinstance(button, str) else button["text"] for button in row]
            for row in markup["keyboard"]
        ]
    elif markup.get("remove_keyboard"):
        chat.reply_keyboard = []


def _replied_to(chat: Chat, parameters: Parameters) -> Message | None:
    reply = parameters.values.get("reply_parameters")
    wanted = parameters.number("reply_to_message_id")
    lenient = parameters.flag("allow_sending_without_reply")
    if isinstance(reply, dict):
        if "message_id" not in reply:
            raise bad_request('can\'t find field "message_id"')
        wanted = reply["message_id"]
        lenient = reply.get("allow_sending_without_reply", False)
    if wanted is None:
        return None
    if wanted not in chat.messages and not lenient:
        raise bad_request("message to be replied not found")
    return chat.messages.get(wanted)


def _message(world: World, parameters: Parameters, purpose: str) -> Message:
    chat = reachable_chat(world, parameters)
    message_id = parameters.number("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    if message_id not in chat.messages:
        raise bad_request(f"message to {purpose} not found")
    return chat.messages[message_id]


def _own_message(world: World, parameters: Parameters, purpose: str) -> Message:
    message = _message(world, parameters, purpose)
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return message


def _edited(world: World, message: Message, words: Words, keyboard: Json | None) -> Json:
    if (message.text, message.entities, message.keyboard) == (words.text, words.entities, keyboard):
        raise bad_request(_UNCHANGED)
    world.reword(message, words, keyboard)
    return message.as_json()
