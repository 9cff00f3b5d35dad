"""The one modal that a person may have open: what stands in its fields, what their client refuses by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fake_discord.discord_eyes import read
from fake_discord.discord_payloads import with_ids
from fake_discord.discord_rules import BOX, BOXES, DISPLAY, LABEL, RADIOS, ROW, STRING_SELECT, TEXT_INPUT
from fake_discord.discord_state import Json, Message


@dataclass
class Modal:
    """`typed` is what stands in each input by its custom_id; picked values are joined by commas.

    `pressed` is the message from whose button it came; `errors` are what their client says.
    """

    data: Json
    channel: str
    pressed: Message | None = None
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    closed: bool = False

    def __post_init__(self) -> None:
        self.data = {**self.data, "components": with_ids(self.data["components"], v2=True)}
        self.typed = {one["custom_id"]: _initial(one) for _, one in self.inputs()}

    @property
    def fields(self) -> dict[str, str]:
        return dict(self.typed)

    @property
    def words(self) -> str:
        """Everything that is read in it."""
        parts = [self.data["title"]]
        for one in self.data["components"]:
            if one["type"] == DISPLAY:
                parts.append(read(one["content"]).text)
            elif one["type"] == LABEL:
                parts += [one["label"], one.get("description") or ""]
                parts += [option["label"] for option in one["component"].get("options") or ()]
        return "\n".join([*(part for part in parts if part), *self.errors.values()])

    @property
    def live(self) -> tuple[str, ...]:
        shown = (one["content"] for one in self.data["components"] if one["type"] == DISPLAY)
        return tuple(found for content in shown for found in read(content).live)

    def inputs(self) -> Iterator[tuple[str, Json]]:
        """By label."""
        for one in self.data["components"]:
            if one["type"] == LABEL:
                yield one["label"], one["component"]
            elif one["type"] == ROW:
                yield from ((inner.get("label", ""), inner) for inner in one["components"])

    def fill(self, values: Mapping[str, str]) -> None:
        """Values by custom_id or label. Raises KeyError for a field that isn't there, or no such option."""
        for name, value in values.items():
            one = self._input(name)
            self.typed[one["custom_id"]] = _picked(one, value) if one.get("options") else value

    def missing(self) -> dict[str, str]:
        """What Discord's client refuses, before the app hears of it."""
        found = {}
        for label, one in self.inputs():
            value = self.typed[one["custom_id"]]
            if one.get("required", True) and not value.strip():
                found[one["custom_id"]] = f"{label}: This field is required"
            elif one["type"] == TEXT_INPUT and len(value) > (one.get("max_length") or 4000):
                found[one["custom_id"]] = f"{label}: Must be {one.get('max_length')} or fewer in length."
            elif one["type"] == TEXT_INPUT and value and len(value) < (one.get("min_length") or 0):
                found[one["custom_id"]] = f"{label}: Must be {one['min_length']} or more in length."
        return found

    def submitted(self) -> Json:
        """As MODAL_SUBMIT carries it."""
        return {"custom_id": self.data["custom_id"], "components": [self._sent(one) for one in self.data["components"]]}

    def _sent(self, one: Json) -> Json:
        if one["type"] == LABEL:
            return {"type": LABEL, "id": one["id"], "component": self._value(one["component"])}
        if one["type"] == ROW:
            inner = [self._value(each) for each in one["components"]]
            return {"type": ROW, "id": one["id"], "components": inner}
        return {"type": one["type"], "id": one["id"]}

    def _value(self, one: Json) -> Json:
        value = self.typed[one["custom_id"]]
        sent: Json = {"type": one["type"], "id": one["id"], "custom_id": one["custom_id"]}
        if one["type"] == TEXT_INPUT:
            return {**sent, "value": value}
        if one["type"] == RADIOS:
            return {**sent, "value": value or None}
        if one["type"] == BOX:
            return {**sent, "value": bool(value)}
        return {**sent, "values": [part for part in value.split(",") if part]}

    def _input(self, name: str) -> Json:
        for label, one in self.inputs():
            if name in {label, one["custom_id"]}:
                return one
        raise KeyError(f"no field {name!r} in this modal; there are {sorted(self.typed)}")


def _initial(one: Json) -> str:
    if one["type"] == TEXT_INPUT:
        return one.get("value") or ""
    chosen = [option["value"] for option in one.get("options") or () if option.get("default")]
    return ",".join(chosen or [value["id"] for value in one.get("default_values") or ()])


def _picked(one: Json, value: str) -> str:
    """Options by value or label."""
    known = {name: option["value"] for option in one["options"] for name in (option["label"], option["value"])}
    many = one["type"] in {BOXES, STRING_SELECT}
    parts = [part for part in value.split(",") if part] if many and value not in known else [value] if value else []
    return ",".join(known[part] for part in parts)
