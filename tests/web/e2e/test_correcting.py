"""Correcting in the window: signing in, joining, undoing, setting a field; and a whole journey with nothing but the keyboard."""

from typing import Any

TOKEN = "a token that only tests know"  # noqa: S105


def sign_in(page: Any, site: Any) -> None:
    page.goto(f"{site.address}/sign-in")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_label("Your name, as it will stand with corrections").fill("Ada")
    page.get_by_role("button", name="Sign in").click()


def names(page: Any) -> set[str]:
    """The spellings on a person's page."""
    page.wait_for_load_state()
    return set(page.locator("section[aria-labelledby='names'] td:first-child").all_inner_texts())


def test_two_persons_are_joined_and_that_is_undone(site: Any) -> None:
    page = site.open("/search?q=Santiago")
    sign_in(page, site)
    page.goto(f"{site.address}/search?q=Santiago")
    page.get_by_role("link", name="Santiago Peña").first.click()
    page.locator("summary", has_text="Correct").click()
    page.get_by_label("the id or a name of another").fill("Raquel Peña")
    page.get_by_role("button", name="Make them one").click()
    assert page.get_by_role("status").inner_text().startswith("Kept as correction 1.")
    assert names(page) >= {"Santiago Peña", "Raquel Peña"}
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    assert len(names(page) & {"Santiago Peña", "Raquel Peña"}) == 1
    page.goto(f"{site.address}/corrections?lang=fr")
    page.locator(".tag", has_text="retirée").wait_for()


def test_a_day_is_set_where_it_is_disputed(site: Any) -> None:
    page = site.open("/")
    sign_in(page, site)
    page.goto(f"{site.address}/?disputed=yes")
    page.locator(".card h3 a").first.click()
    page.locator("summary", has_text="Correct").click()
    page.get_by_label("Value").fill("2025-10-13")
    page.get_by_label("Why").first.fill("the ministry says so")
    page.get_by_role("button", name="Set").click()
    assert "13 october 2025" in page.locator(".kicker").first.inner_text().lower()


def test_an_event_is_rejected_and_comes_back(site: Any) -> None:
    page = site.open("/")
    sign_in(page, site)
    page.goto(f"{site.address}/?disputed=yes&lang=fr")
    page.locator(".card h3 a").first.click()
    event = page.url
    page.locator("summary", has_text="Corriger").click()
    page.get_by_role("button", name="Ce n'est pas un événement").click()
    page.goto(event)
    assert page.locator("h1").inner_text() == "Il n'y a rien ici"
    # The browser says on its console that the page was not found: so it is.
    assert [one for one in site.wrong if "404" in one]
    site.wrong.clear()
    page.goto(f"{site.address}/corrections?lang=fr")
    page.get_by_role("button", name="Annuler").click()
    page.goto(event)
    assert "13 octobre 2025" in page.locator("main").inner_text()


def test_a_spelling_that_is_somebody_else_is_parted(site: Any) -> None:
    page = site.open("/")
    sign_in(page, site)
    page.goto(f"{site.address}/search?q=Sheebani")
    page.locator("main a[href*='/person/']").first.click()
    before = names(page)
    page.locator("summary", has_text="Correct").click()
    page.get_by_role("button", name="Part: Asaad Al-Sheebani").click()
    assert page.get_by_role("status").inner_text().startswith("Kept as correction 1.")
    assert names(page) < before


def test_the_review_queue_is_answered(site: Any) -> None:
    from playwright.sync_api import expect

    page = site.open("/")
    sign_in(page, site)
    page.goto(f"{site.address}/review")
    page.locator(".doubt").first.wait_for()
    before = page.locator(".doubt").count()
    page.get_by_role("button", name="They are one").first.click()
    # the answer is a new page: what counts its links waits for them
    expect(page.locator(".doubt")).to_have_count(before - 1)


def test_a_journey_by_keyboard_alone(site: Any) -> None:
    """From the first page to an event, its evidence in the text, the person named there, and a correction; nothing is clicked."""
    page = site.open("/")

    def press_until(wanted: str, most: int = 80) -> None:
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", "the focus is not seen"
                return
        raise AssertionError(f"{wanted} is not reached by the keyboard")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    press_until(".card h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/event/**")
    press_until("#main .factlist summary")
    page.keyboard.press("Enter")
    press_until(".factlist .source a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    press_until(".words a.person")
    page.keyboard.press("Enter")
    page.wait_for_url("**#fact-**")
    press_until(".factlist li:target a[href^='/person/']", most=3)
    page.keyboard.press("Enter")
    page.wait_for_url("**/person/**")
    press_until("footer a[href^='/sign-in']", most=200)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in**")
    press_until("#token")
    page.keyboard.type(TOKEN)
    page.keyboard.press("Tab")
    page.keyboard.type("Ada")
    page.keyboard.press("Enter")
    page.wait_for_url("**/person/**")
    press_until("details.correct > summary", most=200)
    page.keyboard.press("Enter")
    press_until("#merge-right", most=4)
    page.keyboard.type("Raquel Peña")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=1**")
    assert page.get_by_role("status").inner_text().startswith("Kept as correction 1.")
