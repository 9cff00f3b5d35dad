"""What somebody is told, privately, when their words were held back: what was seen, where, and how to go on."""

from __future__ import annotations

from dataclasses import replace

from drills.chat.cards import Button, Card, Quote, Style, Text
from drills.chat.intents import Intent
from drills.phi import Finding, Reason, Screening, Sign
from drills.push import Push
from drills.views.wording import ONLY_YOU

_LONGEST_QUOTE = 60
_MOST_SHOWN = 3

_LIKE = {
    Sign.MRN: "a record number",
    Sign.SSN: "a social security number",
    Sign.NATIONAL_ID: "a national insurance number",
    Sign.NHS_NUMBER: "an NHS number",
    Sign.INSURANCE: "an insurance number",
    Sign.PHONE: "a phone number",
    Sign.EMAIL: "an e-mail address",
    Sign.DATE_OF_BIRTH: "a date of birth",
    Sign.ADDRESS: "a home address",
    Sign.NAME: "the name of somebody who is not in this story",
    Sign.REAL_CASE: "a patient of your own",
}
SUPPORT_TEXT = (
    "If something real is on your mind, please talk to your charge nurse, your lead or your peer-support team. "
    "Real events belong in your incident system, not in a drill."
)
"""What is shown where a site has set no text of its own."""

YOURS_TO_DELETE = "We can't take your message away: in a chat app it stays where you wrote it until you delete it."

GO_ON = "Nothing was kept or read. Please take it out, or use the names and numbers of the story, and send it again."


def held_back(words: str, screening: Screening) -> str:
    """The sentence beside the field. It shows the learner their own words, so it must never be logged or stored."""
    return f"This looks like {looks_like(words, screening)}. {GO_ON}"


def looks_like(words: str, screening: Screening) -> str:
    """What was seen, each with the words themselves: for the eyes of whoever wrote them, and for nothing else."""
    found = [finding for finding in screening.findings if finding.sign.reason is Reason.PHI]
    seen = "; ".join(_seen(words, finding) for finding in found[:_MOST_SHOWN])
    return seen + (f"; and {len(found) - _MOST_SHOWN} more" if len(found) > _MOST_SHOWN else "")


def _seen(words: str, finding: Finding) -> str:
    quote = " ".join(words[finding.start : finding.end].split())
    return f"{_LIKE[finding.sign]} (“{quote if len(quote) <= _LONGEST_QUOTE else quote[:_LONGEST_QUOTE] + '…'}”)"


def reply_support_card(support_text: str, words: str, push: Push) -> Card:
    """Instead of "Reading your reply…" when something real is on somebody's mind. The drill stays open."""
    again = Text("If this was meant for the drill after all, put it in other words, without a real event.")
    button = Button("Answer in other words", Intent("answer", (push.id,)), Style.QUIET)
    return replace(_support_card(support_text, words, again), buttons=(button,))


def comment_support_card(support_text: str, words: str) -> Card:
    """The same for a comment on feedback: the no counts, the comment is dropped."""
    counts = Text("Your “not fair” stands: this feedback counts in no figure until a person has looked at it.")
    return _support_card(support_text, words, counts)


def said_to_us_support_card(support_text: str, words: str) -> Card:
    """The same for words that were said to us outside any drill."""
    return _support_card(support_text, words, Text(YOURS_TO_DELETE))


def said_to_us_held_back_card(words: str, screening: Screening) -> Card:
    """What was seen in them. It shows people their own words, so it must never be logged or stored."""
    return Card(
        title="This may be about a real patient",
        blocks=(
            Text(f"This looks like {looks_like(words, screening)}. Nothing of it was kept or read."),
            Text(f"{YOURS_TO_DELETE} Drills are about made-up patients only."),
            Text("To answer a drill, press Answer under it, or `/drill now`. `/drill help` says what else there is."),
        ),
        who_sees=ONLY_YOU,
    )


def _support_card(support_text: str, words: str, last: Text) -> Card:
    """The words are shown back to the one who wrote them, and stand nowhere else."""
    return Card(
        title="This sounds real, so it is not for a drill",
        blocks=(
            Text("What you wrote was not judged and not kept, and nobody was told."),
            Text(support_text),
            Text("If you or somebody near you is in danger now, please call your emergency number."),
            Quote(words, by="your words, for you to copy if you need them"),
            last,
        ),
        who_sees=ONLY_YOU,
    )
