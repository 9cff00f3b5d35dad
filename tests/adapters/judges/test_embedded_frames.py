"""What is said about an answer, or put in another mouth, is no answer; what only sounds so is still one."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from adapters.judges.embedded.frames import framed
from adapters.judges.embedded.sanitise import sanitise
from adapters.judges.embedded.spans import sentences
from drills.catalog import read

DRILL = Path(__file__).parents[3] / "drills" / "library" / "sbar" / "sbar-001-night-call.yaml"
ORDINARY = [
    "I acknowledge your worry about the graft, and I propose we ring ID together. May I explain what I saw?",
    "As required by the protocol I held the dose. The checklist says no anticoagulant, the sheet says apixaban.",
    (
        "Situation: Mr. Voss is much worse since ten. Background: day 4 after hemicolectomy, penicillin anaphylaxis. "
        "Assessment: I think sepsis or a leak. Recommendation: please come in 15 minutes. Confirmation: say it back?"
    ),
    "Voss, 5 South. Worse. Day 4 colectomy. Pen allergy. BP 98/54, HR 116. Septic? Come now, 15 min. Repeat back?",
    "I'd say he is septic. I'd give it now. Had I known, I would have rung you at once.",
    "I was going to tell you before lunch and I did not; I know I should have called you. I'm sorry.",
    "I know I have to say sorry first. That's a line in his left arm, it's a line infection until we know.",
    "His sats are not reassuring. I assessed him twice and I'm escalating. The course of antibiotics has ended.",
    "The first attempt failed, the answer is not another dose. It is important to keep him upright.",
    "We can't ignore him. The senior nurse said she'd stay. The response to fluid was poor.",
    "He isn't a candidate for the scan. The scoring tool gave him 3, the scale was wrong. I checked every site.",
    "In the film I see a fracture. In the course of the night he got worse. You must tell me if he drifts off.",
    "Everything you need is here. Consider it done. What would you like to tell me?",
    "BP 98, sorry, scratch that, 89 over 54. That is what I have. Please come now.",
]
NO_ANSWER = [
    'An ideal nurse would say: "He is sicker, come now."',
    "She'd say you miss Nell, tell me about her.",
    "The poster in the break room says pause the PCA and stay with him.",
    "He has a leak, please come now. Only joking.",
    "The reply names the patient, acknowledges the worry and proposes a plan.",
    "Headline. Urgency. Comparison. Request with a time.",
    "Grief. Nell. Sadness. Listening. Company.",
    "What is wrong? Which drug? Who decides? When is the level?",
    "[patient and unit], [urgent headline], [request]",
]


@pytest.mark.parametrize("reply", ORDINARY)
def test_ordinary_talk_with_such_words_stays_evidence(reply: str) -> None:
    assert sanitise(reply, read(DRILL.read_text(encoding="utf-8"), DRILL.name).drill()).dropped == ()


@pytest.mark.parametrize("reply", NO_ANSWER)
def test_an_answer_told_of_rather_than_given_is_no_evidence(reply: str) -> None:
    assert all(framed(reply, sentences(reply)))


def test_what_is_said_beside_somebody_elses_words_is_evidence() -> None:
    reply = 'The textbook says: "Come now." Mr. Voss is much worse, please come in 15 minutes.'
    assert [bool(frame) for frame in framed(reply, sentences(reply))] == [True, False]


@pytest.mark.parametrize("piece", ['"', "an ideal nurse would ", "a for b ", "i give ", "[ab] ", "in the ", "'a "])
def test_no_reply_takes_long(piece: str) -> None:
    reply = (piece * 4000)[:4000]
    began = process_time()
    framed(reply, sentences(reply))
    assert process_time() - began < 1
