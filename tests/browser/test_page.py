"""The page in a real browser: hover and focus show records, nothing is requested, nothing foreign runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casus.records.display import fragment, page
from sample_readings import TEXT, empty, sample, unsure

REQUIRED = os.environ.get("CASUS_REQUIRE_BROWSER") == "1"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

if not REQUIRED:
    pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no chromium here", allow_module_level=True)

HOSTILE = (
    "<script>document.title = 'owned'</script><img src=http://example.org/x.png onerror=\"document.title='owned'\">"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield started
        started.close()


class Opened:
    """A page opened from a file, with what it asked for and what it complained about."""

    def __init__(self, browser: Any, path: Path, source: str, **options: Any) -> None:
        path.write_text(source, encoding="utf-8")
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page = browser.new_page(viewport={"width": 1280, "height": 700}, reduced_motion="reduce", **options)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri())
        self.address = path.as_uri()

    def segment(self, words: str) -> Any:
        return self.page.locator(".text .s", has_text=words).first


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    found = Opened(browser, tmp_path / "page.html", page((sample(TEXT + HOSTILE, title=HOSTILE), empty())))
    yield found
    found.page.close()


def test_nothing_is_requested_and_nothing_foreign_runs(opened: Opened) -> None:
    opened.page.wait_for_timeout(200)
    assert opened.requests == [opened.address]
    assert opened.complaints == []
    assert opened.page.title() != "owned"
    assert opened.page.locator(".text").first.inner_text() == TEXT + HOSTILE


def test_hover_shows_the_record_and_the_event(opened: Opened) -> None:
    opened.segment("at least 12 soldiers").hover()
    detail = opened.page.locator(".detail").first
    assert "at least 12 killed" in detail.inner_text()
    assert opened.page.locator(".card.on").count() == 1
    assert "Armed clash" in opened.page.locator(".card.on").inner_text()
    assert "lit" in (opened.segment("Friday").get_attribute("class") or "")
    assert "lit" not in (opened.segment("shelled").get_attribute("class") or "")
    opened.page.mouse.move(2, 2)
    assert opened.page.locator(".card.on, .card.off").count() == 0
    assert detail.is_hidden()


def test_the_keyboard_does_what_the_pointer_does(opened: Opened) -> None:
    opened.page.locator("#r1 .columns").evaluate("node => node.scrollIntoView()")
    for _ in range(30):
        opened.page.keyboard.press("Tab")
        if opened.page.locator(".text .s:focus").count():
            break
    assert opened.page.locator(".text .s:focus").inner_text() == "Fighters of the Red Valley Front"
    assert "Red Valley Front" in opened.page.locator(".detail").first.inner_text()
    opened.page.keyboard.press("Escape")
    assert opened.page.locator(".detail").first.is_hidden()


def test_a_click_keeps_the_choice_until_the_next(opened: Opened) -> None:
    opened.segment("shelled").click()
    opened.segment("Friday").hover()
    assert "Shelling" in opened.page.locator(".card.on").inner_text()
    opened.segment("shelled").click()
    opened.segment("Friday").hover()
    assert "Armed clash" in opened.page.locator(".card.on").inner_text()


def test_a_card_shows_its_words(opened: Opened) -> None:
    opened.page.locator("#r1-e2 h2").hover()
    assert "lit" in (opened.segment("shelled").get_attribute("class") or "")
    assert "lit" not in (opened.segment("Friday").get_attribute("class") or "")


def test_a_value_on_a_card_leads_to_its_words(opened: Opened) -> None:
    opened.page.locator("#r1-e1 dd a", has_text="5 May 2023").click()
    assert opened.page.locator(".text .s:target").inner_text() == "Friday"


def test_other_readings_of_a_place_open_and_close(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "page.html", page((unsure(other=HOSTILE),)))
    others = opened.page.locator("#r1-e1 details.others")
    assert others.locator("li").first.is_visible()
    assert others.locator("li").first.inner_text().startswith(HOSTILE)
    others.locator("summary").click()
    assert not others.locator("li").first.is_visible()
    assert opened.complaints == [] and opened.requests == [opened.address]
    opened.page.close()


def test_without_scripts_the_page_is_whole(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    shown = context.new_page()
    path = tmp_path / "page.html"
    path.write_text(page((sample(),)), encoding="utf-8")
    shown.goto(path.as_uri())
    assert shown.locator(".text").inner_text() == TEXT
    assert shown.locator(".card").count() == 2 and shown.locator(".card").first.is_visible()
    shown.locator("summary").click()
    assert shown.locator(".index .rec").first.is_visible()
    context.close()


def test_the_page_works_inside_a_notebooks_frame(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "notebook.html", f"<!doctype html><title>n</title>{fragment(sample())}")
    frame = opened.page.frame_locator("iframe")
    frame.locator(".text .s", has_text="Tolmaq").first.hover()
    assert "Tolmaq" in frame.locator(".detail").inner_text()
    assert [url for url in opened.requests if url.startswith("http")] == [] and opened.complaints == []
    opened.page.close()


def test_narrow_windows_need_no_sideways_scrolling(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "page.html", page((sample(TEXT + " x" + "y" * 400),)))
    opened.page.set_viewport_size({"width": 380, "height": 700})
    assert opened.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    opened.page.close()
