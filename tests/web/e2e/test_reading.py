"""What a reader sees: every page in both languages and at both ends of width, filters, evidence, pictures; nothing a screen reader would stumble on."""

from pathlib import Path
from typing import Any

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: what readers see was NOT tested").expect
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
PAGES = ("/", "/statements", "/stories", "/timeline", "/network", "/map", "/review", "/corrections", "/search?q=Sheebani", "/search/near?q=Sheebani", "/sign-in", "/state/TUR", "/pair/TUR/SYR",
         "/office/TUR/foreign-minister", "/article/c3c3c3c3c3c3c3c3")  # fmt: skip


def things(page: Any, site: Any) -> list[str]:
    """Pages of one event, person, place and story, as links of other pages have them."""
    found = []
    for start, part in (("/", "/event/"), ("/", "/person/"), ("/map", "/place/"), ("/stories", "/story/")):
        page.goto(site.address + start)
        link = page.locator(f"main a[href*='{part}']").first.get_attribute("href")
        found.append(link.partition("?")[0])
    page.goto(f"{site.address}/?disputed=yes")
    several = page.locator(".card h3 a").first.get_attribute("href").partition("?")[0]
    return [*found, several, f"{several}/beside"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_page_is_wider_than_the_window_or_hard_to_use(site: Any, language: str) -> None:
    page = site.open("/")
    for path in (*PAGES, *things(page, site)):
        page.goto(f"{site.address}{path}{'&' if '?' in path else '?'}lang={language}")
        assert page.locator("html").get_attribute("lang") == language
        for width in (360, 1600):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} at {width}"
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"] if one["impact"] in ("serious", "critical")]
        assert not serious, path


def test_colours_have_contrast_in_the_dark_too(browser: Any, served: str) -> None:
    context = browser.new_context(color_scheme="dark", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for path in ("/", "/state/TUR", "/article/a1a1a1a1a1a1a1a1", "/timeline"):
        page.goto(served + path)
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, {runOnly: ['color-contrast']})")
        assert not found["violations"], path
    context.close()


_SHIFTED = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; })
        .observe({type: 'layout-shift', buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 0)));
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_once_it_is_shown(site: Any, width: int) -> None:
    page = site.open("/")
    page.set_viewport_size({"width": width, "height": 900})
    for path in (*PAGES, *things(page, site)):
        page.goto(site.address + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(_SHIFTED) < 0.1, f"{path} at {width}"


def test_filters_are_chosen_and_taken_away(site: Any) -> None:
    page = site.open("/")
    page.locator("summary", has_text="Filter").click()
    page.get_by_label("State or organisation").select_option("SYR")
    page.get_by_label("Person").fill("Fidan")
    page.get_by_role("button", name="Show").click()
    assert "state=SYR" in page.url
    assert "person=Fidan" in page.url
    expect(page.locator(".card")).to_have_count(2)
    page.get_by_label("Take away: State or organisation").click()
    assert "state=" not in page.url
    page.go_back()
    expect(page.locator(".chosen li")).to_have_count(2)


def test_evidence_leads_to_the_words_and_back_to_the_fact(site: Any) -> None:
    page = site.open("/?disputed=yes")
    page.locator(".card h3 a").first.click()
    page.locator(".factlist summary").first.click()
    page.locator(".factlist .source a").first.click()
    assert "#c" in page.url
    lit = page.locator(".words .lit")
    # what is lit is lit by a script, after the page has come
    lit.first.wait_for()
    assert lit.first.is_visible()
    page.locator(".words a.person").first.click()
    assert "#fact-" in page.url
    page.locator(".factlist li:target > p a").first.click()
    assert "/person/" in page.url


def test_what_takes_long_comes_by_itself_or_is_led_to_where_no_scripts_run(site: Any, browser: Any, served: str) -> None:
    page = site.open("/?disputed=yes")
    page.locator(".card h3 a").first.click()
    page.locator("section[aria-labelledby='beside'] .pairs").wait_for()
    assert page.locator("h2#beside").is_visible()
    expect(page.locator("[data-late]")).to_have_count(0)
    page.goto(f"{site.address}/search?q=Sheebani")
    expect(page.locator("[data-late]")).to_have_count(0)
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{served}/?disputed=yes")
    plain.locator(".card h3 a").first.click()
    plain.get_by_role("link", name="Lay them side by side").click()
    assert plain.locator(".pairs .pairing").count() > 1
    context.close()


def test_reports_stand_side_by_side_and_light_each_other(site: Any) -> None:
    page = site.open("/?disputed=yes")
    page.locator(".card h3 a").first.click()
    page.get_by_label("Left").select_option(label="Outlet a1 (English)")
    page.get_by_label("Right", exact=True).select_option(label="Outlet c3 (Arabic)")
    page.get_by_role("button", name="Compare").click()
    shared = page.locator(".pairs [data-fact]")
    fact = shared.first.get_attribute("data-fact")
    shared.first.hover()
    lit = page.locator(f".pairs .lit[data-fact='{fact}']")
    lit.nth(1).wait_for()
    directions = {one.evaluate("one => one.closest('p').dir") for one in lit.all()}
    assert directions == {"ltr", "rtl"}


def test_pictures_are_zoomed_and_saved(site: Any) -> None:
    page = site.open("/timeline")
    svg = page.locator("svg.lanes")
    whole = svg.get_attribute("viewBox")
    page.get_by_role("button", name="Zoom in").click()
    assert svg.get_attribute("viewBox") != whole
    page.keyboard.press("ArrowRight")
    page.keyboard.press("-")
    page.keyboard.press("0")
    assert [float(number) for number in svg.get_attribute("viewBox").split()] == [float(number) for number in whole.split()]
    with page.expect_download() as saved:
        page.get_by_role("link", name="SVG").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"<svg")
    with page.expect_download() as saved:
        page.get_by_role("button", name="PNG").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
    with page.expect_navigation():
        page.locator(".tools").get_by_role("link", name="Data").click()
    assert page.url.endswith("/timeline.json")


def test_pages_work_without_scripts(browser: Any, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/?person=kal%C4%B1n")
    page.goto(f"{served}/search?q=Ankara")
    page.locator("main .said a").first.click()
    assert "#c" in page.url
    expect(page.locator(".words :target")).to_have_count(1)
    context.close()
