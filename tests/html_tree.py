"""A page as a tree, read by the standard library's parser: enough to ask what a reader would find on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"area", "base", "br", "hr", "img", "input", "link", "meta", "source", "wbr"}
_NOT_READ = {"script", "style", "template"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str, **attrs: str) -> list[Element]:
        """Descendants with this tag and these attributes; `class_` means: has this class."""
        return [element for element in self.walk() if element.tag == tag and _fits(element, attrs)]

    def one(self, tag: str, **attrs: str) -> Element:
        (element,) = self.all(tag, **attrs)
        return element

    @property
    def text(self) -> str:
        """Everything a screen reader would read, in order, white space as written."""
        if self.tag in _NOT_READ or self.attrs.get("aria-hidden") == "true":
            return ""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self) -> str:
        """`text` with white space collapsed, as a browser shows it."""
        return " ".join(self.text.split())


def _fits(element: Element, attrs: dict[str, str]) -> bool:
    for name, value in attrs.items():
        key = name.rstrip("_").replace("_", "-")
        found = element.attrs.get(key, "")
        if value not in found.split() if key == "class" else value != found:
            return False
    return True


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def parse(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
