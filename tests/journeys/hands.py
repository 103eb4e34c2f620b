"""How a visitor does what they do: with a pointer, or, where their page says so, with nothing but the keyboard.

By keyboard, everything is walked to with Tab, and wherever a visitor acts the focus must be seen: drawn, inside the
window, and not under anything else (WCAG 2.2, 2.1.1, 2.4.7 and 2.4.11).
"""

from playwright.sync_api import Locator, Page

MOST_STOPS = 150  # Tab is pressed no more often than this for one thing


def use_keyboard_only(page: Page) -> Page:
    """From now on nothing on this page is done by pointer."""
    page.only_keyboard = True  # type: ignore[attr-defined]
    return page


def press(page: Page, thing: Locator) -> None:
    """A link, button or summary."""
    if not _by_keyboard(page):
        thing.click()
        return
    walk_to(page, thing)
    page.keyboard.press("Enter")


def write(page: Page, field: Locator, words: str) -> None:
    """Words into a field, in place of what stands there."""
    if not _by_keyboard(page):
        field.fill(words)
        return
    walk_to(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(words)


def pick(page: Page, field: Locator, label: str) -> None:
    """An entry of a list that opens."""
    if not _by_keyboard(page):
        field.select_option(label=label)
        return
    walk_to(page, field)
    page.keyboard.type(label)


def tick(page: Page, box: Locator) -> None:
    """A radio button or checkbox. A group of radio buttons is one stop; arrows move inside it."""
    if not _by_keyboard(page):
        box.check()
        return
    if box.get_attribute("type") == "checkbox":
        walk_to(page, box)
        if not box.is_checked():
            page.keyboard.press("Space")
        return
    group = page.locator(f'input[type="radio"][name="{box.get_attribute("name")}"]')
    walk_to(page, group)
    page.keyboard.press("Space")
    for _radio in range(group.count()):
        if box.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError("the arrow keys do not reach every radio button of the group")


def walk_to(page: Page, things: Locator) -> None:
    """Press Tab until one of the things has the focus, and see it there."""
    things.first.wait_for()
    for _stop in range(MOST_STOPS):
        if things.evaluate_all("things => things.includes(document.activeElement)"):
            assert page.evaluate(IS_SEEN), f"the focus cannot be seen on {page.evaluate(FOCUSED)}"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {things}")


def _by_keyboard(page: Page) -> bool:
    return getattr(page, "only_keyboard", False)


FOCUSED = "document.activeElement.outerHTML.slice(0, 120)"

# Drawn on the element itself or, for a control inside its label, on the label; some part of it on top in the window.
IS_SEEN = """() => {
  const focused = document.activeElement;
  const drawn = [focused, focused.closest("label"), focused.closest(".opt")].some((one) => {
    if (!one) return false;
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none";
  });
  const box = focused.getClientRects()[0];
  const spots = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
  const onTop = spots.some(([across, down]) => {
    const there = document.elementFromPoint(box.left + across * box.width, box.top + down * box.height);
    return there && (focused.contains(there) || there.contains(focused));
  });
  return drawn && onTop;
}"""
