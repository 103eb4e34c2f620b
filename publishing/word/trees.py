"""Elements of a Word file by their names without a namespace: strict files use another."""

from xml.etree.ElementTree import Element

_OFF = ("0", "false", "off")


def local(element: Element) -> str:
    """Its name."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """An attribute by its name."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def first(element: Element, name: str) -> Element | None:
    """The first of its own children of a name."""
    return next((one for one in element if local(one) == name), None)


def under(element: Element, properties: str, name: str) -> Element | None:
    """What stands under a name in its properties, of which there may be several: an equation has two kinds."""
    found = (first(one, name) for one in element if local(one) == properties)
    return next((one for one in found if one is not None), None)


def is_on(mark: Element) -> bool:
    """Whether a mark that is there says yes."""
    return attribute(mark, "val") not in _OFF


def words_in(element: Element) -> str:
    """The words that stand in it; deleted ones stand in elements of another name."""
    parts = {"t": lambda one: one.text or "", "tab": lambda _one: " ", "br": lambda _one: " ", "p": lambda _one: " "}
    return "".join(parts[name](one) for one in element.iter() if (name := local(one)) in parts).strip()
