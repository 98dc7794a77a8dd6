from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.markup import parse, utf16_length
from sandbox.refusals import RefusalError


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        pytest.param("<b>đậm</b>", "đậm", [entity("bold", 0, 3)], id="bold"),
        pytest.param("😀<i>a</i>", "😀a", [entity("italic", 2, 1)], id="utf-16 offset"),
        pytest.param("<STRONG>a</strong>", "a", [entity("bold", 0, 1)], id="any case"),
        pytest.param(
            "<b>a<i>b</i></b>", "ab", [entity("italic", 1, 1), entity("bold", 0, 2)], id="nested"
        ),
        pytest.param(
            '<a href="https://a.vn/?x=1&amp;copy=2">a</a>',
            "a",
            [entity("text_link", 0, 1, url="https://a.vn/?x=1&copy=2")],
            id="link",
        ),
        pytest.param("<a>không</a>", "không", [], id="link to nowhere"),
        pytest.param(
            "<blockquote expandable>a</blockquote>",
            "a",
            [entity("expandable_blockquote", 0, 1)],
            id="expandable quote",
        ),
        pytest.param(
            '<pre><code class="language-sql">a</code></pre>',
            "a",
            [entity("pre", 0, 1, language="sql")],
            id="code block",
        ),
        pytest.param('<code class="language-sql">a</code>', "a", [entity("code", 0, 1)], id="code"),
        pytest.param(
            '<span class="tg-spoiler">a</span>', "a", [entity("spoiler", 0, 1)], id="spoiler"
        ),
        pytest.param("&lt;b&gt; &amp &#272; &nbsp;", "<b> & Đ &nbsp;", [], id="references"),
    ],
)
def test_reads_text_and_entities(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("đ <x>a</x>", 'Unsupported start tag "x" at byte offset 3'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        (
            "<b><i>test</b></i>",
            'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"',
        ),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=https://a.vn>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<a =1>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_refuses_markup_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(RefusalError) as refused:
        parse(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


@given(st.text())
def test_escaped_text_is_never_refused(text: str) -> None:
    assert parse(f"<b>{escape(text)}</b>")[0] == text


@given(st.text(alphabet=st.sampled_from("<>/&;=\"' abđ😀\n")))
def test_any_markup_is_read_or_refused(source: str) -> None:
    try:
        text, entities = parse(source)
    except RefusalError:
        return
    assert all(e["offset"] + e["length"] <= utf16_length(text) for e in entities)
