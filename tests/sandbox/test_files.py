import pytest

from sandbox.person import TINY_PNG, Person
from tests.sandbox.api import Api


@pytest.mark.parametrize(
    ("method", "name", "data", "words"),
    [
        ("sendPhoto", "photo", b"%PDF", "IMAGE_PROCESS_FAILED"),
        ("sendDocument", "document", b"", "file must be non-empty"),
        ("sendDocument", "photo", b"a", "there is no document in the request"),
    ],
    ids=["no picture", "empty", "missing"],
)
async def test_refuses_an_upload(
    api: Api, lan: Person, method: str, name: str, data: bytes, words: str
) -> None:
    body = await api.upload(method, name, data, chat_id=str(lan.chat_id))
    assert body["description"] == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("file_id", "words"),
    [
        ("bịa", "wrong file identifier/HTTP URL specified"),
        ("https://a.vn/a.pdf", "failed to get HTTP URL content"),
    ],
    ids=["unknown id", "nothing outside"],
)
async def test_refuses_a_file_it_has_not(api: Api, lan: Person, file_id: str, words: str) -> None:
    refusal = await api.refusal("sendDocument", chat_id=lan.chat_id, document=file_id)
    assert refusal == f"Bad Request: {words}"


async def test_measures_a_picture(lan: Person) -> None:
    await lan.send_photo(TINY_PNG)
    (photo,) = lan.chat.messages[1].attachment["photo"]
    assert (photo["width"], photo["height"], photo["file_size"]) == (1, 1, len(TINY_PNG))


async def test_refuses_a_caption_too_long(api: Api, lan: Person) -> None:
    body = await api.upload("sendDocument", "document", b"a", chat_id="101", caption="a" * 1025)
    assert body["description"] == "Bad Request: message caption is too long"
    assert not lan.messages


async def test_refuses_to_hand_out_what_is_too_big(api: Api, lan: Person) -> None:
    await lan.send_document(b"a" * (20 * 1024 * 1024 + 1))
    file_id = lan.chat.messages[1].attachment["document"]["file_id"]
    assert await api.refusal("getFile", file_id=file_id) == "Bad Request: file is too big"


async def test_a_file_needs_the_token(api: Api, lan: Person) -> None:
    await lan.send_document()
    file_id = lan.chat.messages[1].attachment["document"]["file_id"]
    path = (await api.call("getFile", file_id=file_id))["file_path"]
    async with api.session.get(f"{api.telegram.url}/file/bot1:WRONG/{path}") as response:
        assert response.status == 404
