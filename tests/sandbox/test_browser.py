import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright, expect

from sandbox import page as chat_page
from sandbox.clock import PushedClock
from sandbox.telegram import Telegram
from tests.sandbox.api import MONDAY, Api, Watch

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
QUESTION = "<b>12/15</b> (80,0%) &lt;img src=x onerror=alert(1)&gt; đúng không?"
KEYBOARD = {"inline_keyboard": [[{"text": "Đúng", "callback_data": "y"}]]}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture
async def telegram(watch: Watch) -> AsyncIterator[Telegram]:
    telegram = Telegram(now=watch.now)
    people = [telegram.person(101, "Lan"), telegram.person(102, "Hùng")]
    clock = PushedClock(watch.now, MONDAY)
    telegram.add_routes(chat_page.routes(telegram, people, clock))
    async with telegram:
        yield telegram


@pytest.fixture
async def page(telegram: Telegram) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = await browser.new_page(viewport={"width": 1200, "height": 800})
        await page.goto(telegram.url)
        await expect(page.locator("#now")).to_contain_text("2026")
        yield page
        await browser.close()


async def test_talks_with_the_bot_in_a_browser(api: Api, page: Page) -> None:
    lan = page.locator("[data-person='101']")
    await lan.get_by_label("Tin nhắn").fill("12/15")
    await lan.get_by_label("Gửi").click()
    await expect(lan.locator(".out .words")).to_have_text("12/15")
    await api.call(
        "sendMessage", chat_id=101, text=QUESTION, parse_mode="HTML", reply_markup=KEYBOARD
    )
    await expect(lan.locator(".in strong")).to_have_text("12/15")
    assert await lan.locator("img").count() == 0
    await lan.get_by_role("button", name="Đúng").click()
    await api.call("editMessageText", chat_id=101, message_id=2, text="Đã lưu")
    await expect(lan.locator(".in .words")).to_have_text("Đã lưu")
    assert "callback_query" in api.telegram.world.updates.made[1]


async def test_pushes_the_clock_in_a_browser(page: Page) -> None:
    await expect(page.locator("#now")).to_have_text("Thứ Hai, 05/10/2026 · 09:15")
    await page.get_by_role("button", name="+1 ngày").click()
    await expect(page.locator("#now")).to_have_text("Thứ Ba, 06/10/2026 · 09:15")


async def test_counts_what_is_unread_on_a_phone(api: Api, page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 800})
    await api.call("sendMessage", chat_id=102, text="nhắc anh Hùng")
    tab = page.get_by_role("tab", name="Hùng")
    await expect(tab.locator(".badge")).to_have_text("1")
    await tab.click()
    await expect(tab.locator(".badge")).to_be_hidden()
    await expect(page.locator("[data-person='102'] .words")).to_be_visible()


async def test_asks_nothing_of_the_outside(api: Api, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.reload()
    assert asked
    assert all(url.startswith((api.telegram.url, "data:")) for url in asked)
