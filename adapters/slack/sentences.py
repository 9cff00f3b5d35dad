"""What a person is told about Slack itself: that a form did not open in time, that something goes on."""

from __future__ import annotations

from adapters.slack.inbound import ASKED, packable
from drills.chat.cards import Button, Card, Style, Text
from drills.chat.inbound import Asked, Inbound, Pressed, Submitted, Typed
from drills.chat.intents import Intent
from drills.views.wording import ONLY_YOU

SLOW_FORM = "This takes a little longer than usual. Your words are still here: press the button again in a moment."
WHO_MAY_ASK = "An admin of this Slack workspace or a team lead can ask for this. All else works as usual."
NOT_INSTALLED = "Readback is not installed in this workspace any more. An admin of the workspace can add it again."

_UNTOLD = "Slack did not tell us whether you administer this workspace"


def untold(code: str) -> str:
    """`code` is Slack's word for why, empty where it said nothing."""
    if code == "missing_scope":
        return f"{_UNTOLD}: the app lacks the scope users:read. `/drill doctor` says how to add it."
    why = f"it says {code}" if code else "it did not answer in time"
    return f"{_UNTOLD}: {why}. Please try again in a minute; `/drill doctor` may tell more."


def again_card(inbound: Inbound) -> Card:
    """The form did not open. With a button that says the same once more, wherever a button can carry it."""
    intent = _once_more(inbound)
    typed = f" Please type `/drill {inbound.words}` again." if isinstance(inbound, Asked) and not intent else ""
    return Card(
        title="One more tap",
        blocks=(
            Text(f"Slack gives us three seconds to open a form, and this one missed them. Nothing is lost.{typed}"),
        ),
        buttons=(Button("Open it", intent, Style.PRIMARY),) if intent else (),
        who_sees=ONLY_YOU,
    )


def form_here_card(typed: Typed, title: str) -> Card:
    """Words that are answered by a form: a message can't open one, a button can."""
    intent = Intent("here", (typed.reply_to.id,)) if typed.reply_to else Intent(ASKED, ("now",))
    return Card(
        title=title,
        blocks=(Text("This goes on in a form of its own."),),
        buttons=(Button("Open the form", intent, Style.PRIMARY),),
        who_sees=ONLY_YOU,
    )


def holding_card() -> Card:
    """Fills the modal that keeps the trigger's right while the answer is on its way."""
    return Card(title="One moment…", blocks=(Text("This opens by itself."),), who_sees=ONLY_YOU)


def done_card() -> Card:
    """A modal that was opened ahead of an answer that has nothing to show; Slack lets no app close one."""
    return Card(title="Done", blocks=(Text("There is nothing more to do here."),), who_sees=ONLY_YOU)


def _once_more(inbound: Inbound) -> Intent | None:
    match inbound:
        case Pressed():
            return inbound.intent
        case Asked():
            intent = Intent(ASKED, (inbound.words or "help",))
            return intent if packable(intent) else None
        case Submitted() | Typed():
            return None
