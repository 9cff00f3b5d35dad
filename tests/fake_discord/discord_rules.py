"""Discord's limits for messages and modals, as its documentation has them; a body beyond them is refused.

Written from discord-api-docs (components/reference, resources/message, interactions/receiving-and-responding), not from
what our adapter believes. Independent of tests/discord_oracle.py, which reads the official API description.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fake_discord.discord_state import V2, Json, bad_body

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SECTION, DISPLAY, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL, UPLOAD = 9, 10, 11, 12, 13, 14, 17, 18, 19
RADIOS, BOXES, BOX = 21, 22, 23
SELECTS = {STRING_SELECT, 5, 6, 7, 8}
IN_MESSAGE = {ROW, SECTION, DISPLAY, GALLERY, FILE, SEPARATOR, CONTAINER}
IN_CONTAINER = IN_MESSAGE - {CONTAINER}
IN_LABEL = SELECTS | {TEXT_INPUT, UPLOAD, RADIOS, BOXES, BOX}
ALLOWED_MENTIONS = {"roles", "users", "everyone"}


def check_message(body: Json, *, was_v2: bool = False, files: tuple[str, ...] = ()) -> None:
    """A message that is new, or as an edit leaves it. Raises Refused as Discord does."""
    components = body.get("components") or []
    v2 = was_v2 or bool((body.get("flags") or 0) & V2)
    _mentions(body)
    _attachments(body, files)
    if v2:
        for name in ("content", "embeds", "poll", "stickers"):
            if body.get(name):
                raise bad_body(name, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2")
        if not components:
            raise bad_body("components", "a message of components needs one")
        _v2(components, files)
        return
    if len(body.get("content") or "") > 2000:
        raise bad_body("content", "Must be 2000 or fewer in length.")
    if len(body.get("embeds") or []) > 10:
        raise bad_body("embeds", "Must be 10 or fewer in length.")
    if len(components) > 5:
        raise bad_body("components", "Must be 5 or fewer in length.")
    for at, row in enumerate(components):
        if row.get("type") != ROW:
            raise bad_body(f"components.{at}.type", "only rows without IS_COMPONENTS_V2")
        _row(row, f"components.{at}")
    _unique(components)
    if not (body.get("content") or body.get("embeds") or components or files or body.get("sticker_ids")):
        raise _empty()


def check_modal(data: Json) -> None:
    _length(data, "title", 1, 45, "title")
    _length(data, "custom_id", 1, 100, "custom_id")
    components = data.get("components") or []
    if not 1 <= len(components) <= 5:
        raise bad_body("components", "Must be between 1 and 5 in length.")
    for at, one in enumerate(components):
        where = f"components.{at}"
        match one.get("type"):
            case 18:
                _label(one, where)
            case 10:
                _display(one, where)
            case 1:
                (inner,) = one.get("components") or [{}]
                _text_input(inner, where)
            case other:
                raise bad_body(f"{where}.type", f"{other} may not stand in a modal")
    _unique(components)


def walk(components: Iterable[Json]) -> Iterator[Json]:
    """Every component, nested ones included."""
    for one in components:
        yield one
        inner = [*(one.get("components") or ()), one.get("component"), one.get("accessory")]
        yield from walk(part for part in inner if isinstance(part, dict))


def _v2(components: list[Json], files: tuple[str, ...]) -> None:
    for at, one in enumerate(components):
        _top(one, f"components.{at}", IN_MESSAGE, files)
    if (count := len(list(walk(components)))) > 40:
        raise bad_body("components", f"{count} components; the most is 40")
    said = sum(len(one.get("content") or "") for one in walk(components) if one.get("type") == DISPLAY)
    if said > 4000:
        raise bad_body("components", f"{said} characters of text; the most is 4000")
    _unique(components)


def _top(one: Json, where: str, allowed: set[int], files: tuple[str, ...]) -> None:
    kind = one.get("type")
    if kind not in allowed:
        raise bad_body(f"{where}.type", f"{kind} may not stand here")
    if kind == ROW:
        _row(one, where)
    elif kind == DISPLAY:
        _display(one, where)
    elif kind == SECTION:
        _section(one, where)
    elif kind == CONTAINER:
        inner = one.get("components") or []
        if not inner:
            raise bad_body(f"{where}.components", "This field is required")
        for at, child in enumerate(inner):
            _top(child, f"{where}.components.{at}", IN_CONTAINER, files)
    elif kind == GALLERY:
        if not 1 <= len(one.get("items") or []) <= 10:
            raise bad_body(f"{where}.items", "Must be between 1 and 10 in length.")
        for item in one["items"]:
            _media(item.get("media") or {}, where, files)
            if not 1 <= len(item.get("description") or "-") <= 1024:
                raise bad_body(f"{where}.items", "a description has 1 to 1024 characters")
    elif kind == FILE:
        _media(one.get("file") or {}, where, files)


def _attachments(body: Json, files: tuple[str, ...]) -> None:
    """What is said about new files: by their places in the form."""
    for about in body.get("attachments") or ():
        at = int(about["id"])
        if at < len(files) and about.get("filename") not in {None, files[at]}:
            raise bad_body("attachments", f"files[{at}] is {files[at]}")
        if len(about.get("description") or "") > 1024:
            raise bad_body("attachments", "Must be 1024 or fewer in length.")


def _media(media: Json, where: str, files: tuple[str, ...]) -> None:
    url = str(media.get("url") or "")
    if url.startswith("attachment://") and url.removeprefix("attachment://") not in files:
        raise bad_body(where, f"no attachment {url}")
    if not url.startswith(("attachment://", "https://", "http://")):
        raise bad_body(where, "not a URL")


def _section(one: Json, where: str) -> None:
    if not 1 <= len(one.get("components") or []) <= 3:
        raise bad_body(f"{where}.components", "Must be between 1 and 3 in length.")
    for at, child in enumerate(one["components"]):
        if child.get("type") != DISPLAY:
            raise bad_body(f"{where}.components.{at}", "only text")
        _display(child, f"{where}.components.{at}")
    accessory = one.get("accessory") or {}
    if accessory.get("type") not in {BUTTON, THUMBNAIL}:
        raise bad_body(f"{where}.accessory", "This field is required")
    if accessory["type"] == BUTTON:
        _button(accessory, f"{where}.accessory")


def _display(one: Json, where: str) -> None:
    if not str(one.get("content") or "").strip():
        raise bad_body(f"{where}.content", "This field is required")
    if len(one["content"]) > 4000:
        raise bad_body(f"{where}.content", "Must be 4000 or fewer in length.")


def _row(row: Json, where: str) -> None:
    inner = row.get("components") or []
    kinds = [one.get("type") for one in inner]
    if set(kinds) == {BUTTON}:
        if len(kinds) > 5:
            raise bad_body(f"{where}.components", "Must be 5 or fewer in length.")
        for at, button in enumerate(inner):
            _button(button, f"{where}.components.{at}")
    elif len(kinds) == 1 and kinds[0] in SELECTS:
        _select(inner[0], f"{where}.components.0")
    else:
        raise bad_body(f"{where}.components", f"a row holds 1 to 5 buttons or one menu, not {kinds}")


def _button(button: Json, where: str) -> None:
    if button.get("type") != BUTTON:
        raise bad_body(f"{where}.type", "not a button")
    if not 1 <= (button.get("style") or 0) <= 6:
        raise bad_body(f"{where}.style", "no such style")
    if len(button.get("label") or "") > 80:
        raise bad_body(f"{where}.label", "Must be 80 or fewer in length.")
    if not button.get("label") and not button.get("emoji"):
        raise bad_body(f"{where}.label", "a button needs a label or an emoji")
    if button["style"] == 5:
        if button.get("custom_id") or not button.get("url"):
            raise bad_body(f"{where}.url", "a link has a url and no custom_id")
    else:
        _length(button, "custom_id", 1, 100, where)


def _select(select: Json, where: str) -> None:
    _length(select, "custom_id", 1, 100, where)
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not (0 <= least <= 25 and 1 <= most <= 25 and least <= most):
        raise bad_body(f"{where}.max_values", f"{least} to {most}")
    if select.get("type") == STRING_SELECT:
        _options(select, where, 1, 25)
        if most > len(select["options"]):
            raise bad_body(f"{where}.max_values", "more than there are options")
    if len(select.get("default_values") or []) > most:
        raise bad_body(f"{where}.default_values", "more than max_values")


def _options(one: Json, where: str, least: int, most: int) -> None:
    options = one.get("options") or []
    if not least <= len(options) <= most:
        raise bad_body(f"{where}.options", f"Must be between {least} and {most} in length.")
    for at, option in enumerate(options):
        _length(option, "label", 1, 100, f"{where}.options.{at}")
        _length(option, "value", 1, 100, f"{where}.options.{at}")
        if len(option.get("description") or "") > 100:
            raise bad_body(f"{where}.options.{at}.description", "Must be 100 or fewer in length.")
    values = [option["value"] for option in options]
    if len(set(values)) < len(values):
        raise bad_body(f"{where}.options", "The specified option value is already used")


def _label(one: Json, where: str) -> None:
    _length(one, "label", 1, 45, where)
    if "description" in one and one["description"] is not None:
        _length(one, "description", 1, 100, where)
    inner = one.get("component") or {}
    kind, at = inner.get("type"), f"{where}.component"
    if kind not in IN_LABEL:
        raise bad_body(f"{at}.type", f"{kind} may not stand in a label")
    _length(inner, "custom_id", 1, 100, at)
    if kind == TEXT_INPUT:
        _text_input(inner, at)
    elif kind in SELECTS:
        _select(inner, at)
        if inner.get("required", True) and inner.get("min_values") == 0:
            raise bad_body(f"{at}.min_values", "required, and none is enough")
    elif kind == RADIOS:
        _options(inner, at, 2, 10)
        if sum(bool(option.get("default")) for option in inner["options"]) > 1:
            raise bad_body(f"{at}.options", "more than one default")
    elif kind == BOXES:
        _options(inner, at, 1, 10)
        least, most = inner.get("min_values", 1), inner.get("max_values", len(inner["options"]))
        if not (0 <= least <= most <= len(inner["options"])):
            raise bad_body(f"{at}.max_values", f"{least} to {most}")
        if inner.get("required", True) and least == 0:
            raise bad_body(f"{at}.min_values", "required, and none is enough")


def _text_input(one: Json, where: str) -> None:
    if one.get("type") != TEXT_INPUT:
        raise bad_body(f"{where}.type", "not a text input")
    _length(one, "custom_id", 1, 100, where)
    if one.get("style") not in {1, 2}:
        raise bad_body(f"{where}.style", "no such style")
    least, most = one.get("min_length") or 0, one.get("max_length") or 4000
    if not (0 <= least <= most and 1 <= most <= 4000):
        raise bad_body(f"{where}.max_length", "Must be between 1 and 4000.")
    if len(one.get("value") or "") > most:
        raise bad_body(f"{where}.value", f"Must be {most} or fewer in length.")
    if len(one.get("placeholder") or "") > 100:
        raise bad_body(f"{where}.placeholder", "Must be 100 or fewer in length.")


def _unique(components: list[Json]) -> None:
    for name, says in (("custom_id", "Component custom id cannot be duplicated"), ("id", "Component id is duplicated")):
        found = [one[name] for one in walk(components) if one.get(name)]
        if len(set(found)) < len(found):
            raise bad_body("components", f"{says}: {found}")
    for one in walk(components):
        if not 0 <= (one.get("id") or 0) < 1 << 31:
            raise bad_body("components", "an id is a positive integer of 32 bits")


def _mentions(body: Json) -> None:
    allowed = body.get("allowed_mentions")
    if allowed and not set(allowed.get("parse") or []) <= ALLOWED_MENTIONS:
        raise bad_body("allowed_mentions.parse", "no such kind")


def _empty() -> Exception:
    refused = bad_body("content", "")
    refused.code, refused.message, refused.errors = 50006, "Cannot send an empty message", None
    return refused


def _length(one: Json, name: str, least: int, most: int, where: str) -> None:
    value = one.get(name)
    if not isinstance(value, str) or not least <= len(value) <= most:
        raise bad_body(f"{where}.{name}", f"Must be between {least} and {most} in length.")
