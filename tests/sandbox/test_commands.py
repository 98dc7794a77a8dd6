import pytest

from tests.sandbox.api import Api

CHAT = {"type": "chat", "chat_id": 101}
PRIVATE = {"type": "all_private_chats"}


async def set_menu(api: Api, name: str, **place: object) -> None:
    commands = [{"command": name, "description": "mô tả"}]
    await api.call("setMyCommands", commands=commands, **place)


@pytest.fixture
async def menus(api: Api) -> None:
    await set_menu(api, "default")
    await set_menu(api, "private", scope=PRIVATE)
    await set_menu(api, "private_vi", scope=PRIVATE, language_code="vi")
    await set_menu(api, "chat", scope=CHAT)


@pytest.mark.parametrize(
    ("chat_id", "language", "shown"),
    [(101, "vi", "chat"), (102, "vi", "private_vi"), (102, "en", "private")],
    ids=["own chat", "own language", "any language"],
)
@pytest.mark.usefixtures("menus")
def test_the_narrowest_menu_is_shown(api: Api, chat_id: int, language: str, shown: str) -> None:
    menu = api.telegram.world.commands.shown_in(chat_id, language)
    assert [each["command"] for each in menu] == [shown]


@pytest.mark.usefixtures("menus")
async def test_a_deleted_menu_uncovers_the_wider_one(api: Api) -> None:
    await api.call("deleteMyCommands", scope=CHAT)
    assert await api.call("getMyCommands", scope=CHAT) == []
    assert api.telegram.world.commands.shown_in(101, "en")[0]["command"] == "private"
