"""What people type never breaks a message, and a message that is broken is sent plain, once."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from handlers.language import LOCALES, PAGE, paged, plain, words_for
from sandbox import markup
from sandbox.person import Person
from sandbox.telegram import Telegram

FIELD = re.compile(r"\{(\w+)\}")
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
HOSTILE = ["<b>", "</b>&lt;", "<script>x</script>", "&", "<a href='tg://user?id=1'>", "{code}"]


def templates(locale: str) -> Iterator[str]:
    """Every message that the code can say."""
    with (LOCALES / locale / "LC_MESSAGES" / "messages.po").open("rb") as source:
        for message in read_po(source, locale=locale):
            ids = message.id if isinstance(message.id, tuple) else [message.id]
            yield from filter(None, ids)


@pytest.mark.parametrize("locale", ["vi", "en"])
@given(value=ANY)
def test_no_text_breaks_any_template(locale: str, value: str) -> None:
    words = words_for(locale)
    for template in templates_of[locale]:
        said = words(template, **dict.fromkeys(FIELD.findall(template), value))
        markup.parse(said)


templates_of = {locale: sorted(set(templates(locale))) for locale in ("vi", "en")}


@given(value=st.text(st.sampled_from("<>&b/ ạ😀\n"), min_size=PAGE, max_size=PAGE + 200))
def test_no_text_breaks_where_a_message_is_cut(value: str) -> None:
    for page in paged([plain(value)]):
        markup.parse(page)
        assert len(page) <= PAGE + len("</b>")


@pytest.mark.parametrize("said", HOSTILE)
async def test_hostile_answers_are_shown_as_typed(
    lan: Person, hoa: Person, thu: Person, telegram: Telegram, said: str
) -> None:
    for words in ("/baocao", said, "/loivan", "1", said, f"/sua {said}", f"/nhactoi {said}"):
        await lan.send(words)
    for words in (f"/tiendo {said}", f"/nhiemvu {said}", f"/start {said}", f"/ngonngu {said}"):
        await hoa.send(words)
    for words in ("/thongbao", said, "1", "gửi"):
        await thu.send(words)
    assert telegram.counts.statuses[400] == 0
    assert any(said in message.text for message in lan.messages)
