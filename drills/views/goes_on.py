"""Between two steps on a platform that opens a form only at once: that it goes on, and by which tap."""

from __future__ import annotations

from drills.chat.cards import Button, Card, FieldErrors, Form, Style, Text
from drills.chat.inbound import Answer, Asked, Inbound, NotTaken, Typed
from drills.chat.intents import ASKED, Intent
from drills.views.notices import not_taken_card, notice
from drills.views.wording import ONLY_YOU


def one_more_tap_card(platform: str, inbound: Inbound, intent: Intent | None) -> Card:
    """The form came too late. `intent` says the same once more; None where no button can carry that."""
    typed = f" Please type `/drill {inbound.words}` again." if isinstance(inbound, Asked) and not intent else ""
    text = f"{platform} gives us three seconds to open a form, and this one missed them. Nothing is lost.{typed}"
    return Card(
        title="One more tap",
        blocks=(Text(text),),
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


def done_card() -> Card:
    """An answer that has nothing to show, where the platform wants one all the same."""
    return Card(title="Done", blocks=(Text("There is nothing more to do here."),), who_sees=ONLY_YOU)


def answer_to_words(typed: Typed, answer: Answer) -> Card | None:
    """What somebody is told who typed: a message can show a card, and nothing else."""
    match answer.show:
        case FieldErrors():
            return notice(answer.show.form.title, " ".join(answer.show.errors.values()))
        case Form():
            return form_here_card(typed, answer.show.title)
        case NotTaken():
            return not_taken_card(answer.show)
        case _:
            return answer.show
