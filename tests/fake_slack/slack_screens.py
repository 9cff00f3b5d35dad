"""What is open on screens besides messages: the stack of modals, what is typed there, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fake_slack.slack_state import Json

DEEPEST = 3


@dataclass
class Modal:
    """`typed` is the state of each input by block id; `errors` are the sentences beside the inputs."""

    view: Json
    typed: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.show(self.view)

    def show(self, view: Json) -> None:
        """A new version: what was typed stays where block and action are the same, as in Slack's clients."""
        kept = self.typed
        self.view, self.errors = view, {}
        self.typed = {
            block["block_id"]: {
                element["action_id"]: kept.get(block["block_id"], {}).get(element["action_id"]) or _initial(element)
            }
            for block, element in inputs(view)
        }

    def fill(self, values: Mapping[str, str]) -> None:
        """Values by block id, action id or label. Raises KeyError for a field that isn't there."""
        for name, value in values.items():
            block, element = self._input(name)
            self.typed[block["block_id"]][element["action_id"]] = _state(element, value)

    def missing(self) -> dict[str, str]:
        """What Slack's client refuses by itself, before the app hears of it."""
        return {
            block["block_id"]: "Please complete this required field."
            for block, element in inputs(self.view)
            if block["type"] == "input"
            and not block.get("optional")
            and not text_of(self.typed[block["block_id"]][element["action_id"]])
        }

    def state(self) -> Json:
        return {"values": self.typed}

    @property
    def fields(self) -> dict[str, str]:
        """What stands in each input now, by block id."""
        return {id_: text_of(state) for id_, states in self.typed.items() for state in states.values()}

    def _input(self, name: str) -> tuple[Json, Json]:
        for block, element in inputs(self.view):
            label = (block.get("label") or {}).get("text")
            if name in {block["block_id"], element["action_id"], label}:
                return block, element
        raise KeyError(f"no field {name!r} in this modal; there are {sorted(self.fields)}")


def inputs(view: Json) -> Iterator[tuple[Json, Json]]:
    """Everything that holds a state: inputs, and menus in sections and actions."""
    for block in view["blocks"]:
        elements = [block.get("element"), block.get("accessory"), *(block.get("elements") or [])]
        for element in elements:
            if isinstance(element, dict) and "action_id" in element and element["type"] != "button":
                yield block, element


def text_of(state: Json) -> str:
    """One input's content as text; picked values joined by commas."""
    if state.get("selected_option"):
        return str(state["selected_option"]["value"])
    if "selected_options" in state:
        return ",".join(option["value"] for option in state["selected_options"])
    for name in ("selected_users", "selected_conversations"):
        if name in state:
            return ",".join(state[name])
    named = ("value", "selected_user", "selected_conversation", "selected_time")
    return next((state[name] for name in named if state.get(name)), "")


def _initial(element: Json) -> Json:
    kind = element["type"]
    state: dict[str, Any] = {"type": kind}
    match kind:
        case "static_select" | "radio_buttons":
            state["selected_option"] = element.get("initial_option")
        case "checkboxes" | "multi_static_select":
            state["selected_options"] = element.get("initial_options", [])
        case "multi_users_select":
            state["selected_users"] = element.get("initial_users", [])
        case "users_select":
            state["selected_user"] = element.get("initial_user")
        case "timepicker":
            state["selected_time"] = element.get("initial_time")
        case _:
            state["value"] = element.get("initial_value")
    return state


def _state(element: Json, value: str) -> Json:
    state = _initial(element)
    parts = [part for part in value.split(",") if part]
    match element["type"]:
        case "static_select" | "radio_buttons":
            state["selected_option"] = _option(element, value) if value else None
        case "checkboxes" | "multi_static_select":
            state["selected_options"] = [_option(element, part) for part in parts]
        case "multi_users_select":
            state["selected_users"] = parts
        case "users_select":
            state["selected_user"] = value or None
        case "timepicker":
            state["selected_time"] = value or None
        case _:
            state["value"] = value or None
    return state


def _option(element: Json, value: str) -> Json:
    grouped = [option for group in element.get("option_groups", ()) for option in group["options"]]
    for option in (*element.get("options", ()), *grouped):
        if value in {option["value"], option["text"]["text"]}:
            return dict(option)
    raise KeyError(f"no option {value!r}")
