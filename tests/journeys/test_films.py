"""A film in the browser: played, read, searched, worked by keys, carried on elsewhere, and read without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.journeys.conftest import Visitor
from tests.media.footage import is_at_hand

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not is_at_hand(), reason="the film to play lies in the shared material, not on this machine"),
    pytest.mark.once,
]
FILM = "/films/second-look/"
STATE = """() => {
  const film = document.querySelector("video");
  return {at: film.currentTime, paused: film.paused, speed: film.playbackRate, muted: film.muted,
    captions: film.textTracks[0].mode, length: film.duration};
}"""


@pytest.fixture
def page(visitor: Visitor, course_film: str) -> Page:
    """The film's page for somebody who is not signed in."""
    arrived = visitor(viewport={"width": 1280, "height": 900})
    arrived.goto(FILM)
    return arrived


def until(page: Page, holds: Callable[[dict], bool], *, seconds: int = 30) -> dict:
    """The film's state as soon as this holds of it; the page's policy lets no script of ours wait inside it."""
    for _turn in range(seconds * 20):
        state = page.evaluate(STATE)
        if holds(state):
            return state
        page.wait_for_timeout(50)
    raise AssertionError(f"still waiting: {state}")


def playing(page: Page) -> None:
    begun_at = page.evaluate(STATE)["at"]
    page.get_by_role("button", name="Play").click()
    until(page, lambda film: not film["paused"] and film["at"] > begun_at)


def line_shown(page: Page) -> str:
    return page.locator("[data-lines] .now p").inner_text()


def test_nothing_of_a_film_is_asked_for_before_somebody_plays_it(visitor, course_film):
    page = visitor()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(FILM, wait_until="networkidle")

    assert [url for url in asked if "/film-file/" in url] == []
    assert {url.split("/")[2] for url in asked if not url.startswith("data:")} == {page.url.split("/")[2]}


def test_film_plays_and_is_fetched_in_parts(page):
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status) if "/film-file/" in answer.url else None)

    playing(page)
    page.get_by_role("button", name="Pause").click()

    assert (set(answers), page.evaluate(STATE)["length"], page.evaluate(STATE)["paused"]) == ({206}, 40, True)


def test_transcript_follows_and_a_line_clicked_leads_to_its_moment(page):
    page.get_by_role("link", name="Play from 0:20").click()
    expect(page.locator("[data-lines] .now")).to_contain_text("The kettle was on")
    expect(page.locator(".chapters .now")).to_contain_text("As it looked from the table")

    page.locator("[data-lines] li", has_text="The file says").locator("p").click()

    expect(page.locator("[data-lines] .now")).to_contain_text("The file says: no answer.")
    assert (page.url.endswith("?t=2#t-2"), page.evaluate(STATE)["paused"]) == (True, False)


def test_keys_work_the_whole_film(page):
    page.get_by_role("button", name="Play").focus()

    def press(*keys: str) -> dict:
        for key in keys:
            page.keyboard.press(key)
        return page.evaluate(STATE)

    page.keyboard.press("k")
    until(page, lambda film: not film["paused"] and film["at"] > 0)
    page.keyboard.press("k")
    until(page, lambda film: film["paused"])
    assert press("5")["at"] == 20
    assert press("ArrowRight")["at"] == 25
    assert press("j")["at"] == 15
    assert press("n")["at"] == 20
    assert press("p")["at"] == 0
    assert press("l", "ArrowLeft")["at"] == 5
    assert press(">", ">")["speed"] == 1.5
    assert press("<")["speed"] == 1.25
    assert press("c")["captions"] == "showing"
    assert press("c")["captions"] == "disabled"
    assert press("m")["muted"] is True
    assert press("0", "ArrowLeft")["at"] == 0


def test_keys_typed_into_the_search_do_not_work_the_film(page):
    page.get_by_role("searchbox").press_sequentially("kettle 5")

    assert page.evaluate(STATE)["at"] == 0


def test_words_are_found_while_typing_and_counted(page):
    page.get_by_role("searchbox").fill("KETTLE cross")
    expect(page.locator("[data-found]")).to_have_text("One line has these words.")
    assert page.locator("[data-lines] li:visible").count() == 1

    page.get_by_role("searchbox").fill("giraffe")
    expect(page.locator("[data-found]")).to_have_text("No line has these words.")
    page.get_by_role("searchbox").fill("")

    assert page.locator("[data-lines] li:visible").count() == 5


def test_person_carries_on_at_the_same_second_on_another_device(visitor, course_film):
    laptop, phone = visitor(), visitor(viewport={"width": 360, "height": 740})
    for device in (laptop, phone):
        device.goto("/try/amina/")
    laptop.goto(course_film)
    laptop.get_by_role("link", name="Play from 0:20").click()
    until(laptop, lambda film: film["at"] > 21)
    with laptop.expect_response(re.compile("/film-report/")) as reported:
        laptop.get_by_role("button", name="Pause").click()
    left = laptop.evaluate(STATE)["at"]

    phone.goto("/my-learning/")
    phone.get_by_role("link", name="Carry on", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("A second look")
    playing(phone)

    assert reported.value.status == 200
    assert left - 0.2 <= phone.evaluate(STATE)["at"] <= left + 5
    assert "The kettle was on" in line_shown(phone)


def test_most_of_a_film_watched_at_double_speed_is_counted_as_watched(visitor, course_film):
    page = visitor()
    page.goto("/try/bryn/")
    page.goto(course_film)
    page.locator("[data-speed]").select_option("2")
    playing(page)
    until(page, lambda film: film["at"] == film["length"])

    expect(page.locator("[data-watched]")).to_have_text("Counted: you have watched this film.")
    page.reload()
    expect(page.get_by_text("You have watched or read this film")).to_be_visible()


@pytest.fixture
def without_scripts(visitor: Visitor, course_film: str) -> Callable[[str], Page]:
    def go(address: str) -> Page:
        page = visitor(java_script_enabled=False)
        page.goto(address)
        return page

    return go


def test_without_scripts_a_line_opens_the_page_at_its_moment_and_words_are_found(without_scripts):
    page = without_scripts(FILM)

    page.get_by_role("link", name="Play from 0:20").click()

    assert page.url.endswith("?t=20#t-20")
    assert "#t=20" in (page.locator("video").get_attribute("src") or "")
    assert page.locator("[data-lines] .now").inner_text().endswith("The kettle was on, and nobody was cross.")
    page.get_by_role("searchbox").fill("kettle")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("[data-found]")).to_contain_text("1 line has these words.")
    assert page.locator("[data-lines] li:visible").count() == 1


def test_without_scripts_the_transcript_counts_by_a_button(without_scripts, visitor, course_film):
    page = without_scripts("/try/ceri/")
    page.goto(course_film)

    page.get_by_role("button", name=re.compile("I have read the transcript")).click()

    page.goto(course_film)
    expect(page.get_by_text("You have watched or read this film")).to_be_visible()


def test_on_paper_the_whole_transcript_stands_with_its_times_and_no_player(page):
    page.get_by_role("searchbox").fill("kettle")
    page.emulate_media(media="print")

    shown = page.locator("[data-lines] li:visible").all_inner_texts()

    assert [re.search(r"\d+:\d\d", words)[0] for words in shown] == ["0:00", "0:02", "0:09", "0:20", "0:31"]
    assert page.locator("video, [data-bar], .find, .keys").filter(visible=True).count() == 0
    box, list_box = page.locator("[data-lines] li").last.bounding_box(), page.locator("[data-lines]").bounding_box()
    assert box["y"] + box["height"] <= list_box["y"] + list_box["height"] + 1


def test_film_of_another_host_asks_it_for_nothing_before_the_click(visitor, course_film):
    page = visitor()
    asked: list[str] = []
    refused: list[str] = []
    page.route("https://player.vimeo.com/**", lambda route: route.fulfill(body="<title>the host's player</title>"))
    page.on("request", lambda request: asked.append(_host(request)))
    page.on("console", lambda message: refused.append(message.text) if "Security Policy" in message.text else None)
    page.goto("/films/elsewhere/", wait_until="networkidle")
    before = set(asked) - {page.url.split("/")[2]}

    page.get_by_role("link", name="Play “A talk elsewhere” from Vimeo").click()
    page.frame_locator("iframe").locator("title").wait_for(state="attached")

    assert before == set()
    assert set(asked) - {page.url.split("/")[2]} == {"player.vimeo.com"}
    assert (page.locator("iframe").get_attribute("title"), refused) == ("A talk elsewhere", [])


def _host(request: Request) -> str:
    return request.url.split("/")[2]
