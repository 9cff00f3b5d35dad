"""A drill file as its author writes it: every key, its shape, and the words an editor shows for it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from drills.drill import Kind, Status
from drills.people import Profession
from drills.rubric import Level, Severity

FILLED = r"\S"
DRILL_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
WORD_ID = r"^[a-z][a-z0-9_]*$"
PARAM_NAME = r"^[A-Za-z][A-Za-z0-9_]*$"
MRN = r"^DRILL-[0-9]{4}$"
VERSION = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$"
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

Text = Annotated[str, Field(pattern=FILLED)]
WordId = Annotated[str, Field(pattern=WORD_ID, max_length=40)]
# In drill files these are plain words; pydantic's strict mode would want the enum's own members.
AProfession = Annotated[Profession, Field(strict=False)]
ALevel = Annotated[Level, Field(strict=False)]
ParamValue = Annotated[Text, WithJsonSchema({"type": ["string", "number", "boolean"]})]
Params = dict[Annotated[str, Field(pattern=PARAM_NAME)], ParamValue]


def _number_as_name(value: Any) -> Any:
    return str(value) if type(value) is int else value


StepId = Annotated[
    str,
    BeforeValidator(_number_as_name),
    Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=40),
    WithJsonSchema({"type": ["string", "integer"]}),
]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class WrittenCounterpart(_Written):
    role: Text = Field(description="Who the other person is: a profession, or a word such as family.")
    name: Text = Field(description="Name and function, for example Dr. Lark, on-call surgery resident.")
    channel: Text = Field(description="How they talk: phone, in_person, video, chat …")


class WrittenRoles(_Written):
    primary: AProfession = Field(description="The profession this drill is written for.")
    also: list[AProfession] = Field([], description="Other professions that may answer.")
    scope_notes: dict[AProfession, Text] = Field(
        {}, description="For each profession: what its scope of practice does not ask of it. The judge is told."
    )
    counterpart: WrittenCounterpart | None = Field(None, description="The person in the story who is spoken to.")


class WrittenCompetencies(_Written):
    ipec: list[Text] = Field([], description="IPEC 2023 sub-competency codes, such as C4 or VE7.")
    frameworks: list[Text] = Field([], description="Frameworks that are practised, such as ISBAR, DESC or SECOND.")
    ai: list[Text] = Field([], description="AI literacy codes, such as russell.evidence_based_evaluation.")


class WrittenPatient(_Written):
    name: Text = Field(description="An invented name.")
    mrn: str = Field(pattern=MRN, description="DRILL- and four digits, so that no real number can slip in.")
    fictional: Literal[True] = Field(description="Always true. Never write a drill about a real patient.")


class WrittenResponse(_Written):
    min_words: int = Field(20, ge=1, le=300, description="Below this the reply is probably too short. Never scored.")
    max_words: int = Field(180, ge=5, le=300, description="A guide for the learner. Never scored.")


class WrittenAICard(_Written):
    system: Text = Field(description="Name of the AI, marked (fictional).")
    output: Text = Field(description="What the AI says.")
    time: Text | None = Field(None, description="Time on the card, for example 13:42.")
    confidence: Text | None = Field(None, description="What the AI says about its certainty or its record.")
    provenance: Text | None = Field(None, description="What the AI read, and what it did not read.")


class WrittenReliance(_Written):
    options: dict[WordId, Annotated[Text, Field(max_length=75)]] = Field(
        min_length=2, max_length=5, description="The choices to tap, the same before and after. One is unsure."
    )
    before: Text = Field(description="The question before the AI card is shown.")
    ai_card: WrittenAICard = Field(description="What the fictional AI puts on the table.")
    after: Text = Field(description="The question after the AI card is shown.")
    ai_advises: str = Field(description="The option that the AI's output leads to.")
    ground_truth: Literal["ai_right", "ai_wrong", "ambiguous", "ai_ambiguous"] = Field(
        description="Whether the AI is right. Never shown before the reply is in."
    )
    correct: list[str] = Field(min_length=1, description="The option or options that fit the ground truth.")
    reveal: Text | None = Field(None, description="What is found at the bedside, shown after the second tap.")


class WrittenBands(_Written):
    solid: float = Field(0.80, gt=0, le=1, description="Lowest share of the weight for Solid.")
    nearly: float = Field(0.60, gt=0, le=1, description="Lowest share of the weight for Nearly there.")


class WrittenCriterion(_Written):
    id: WordId = Field(description="A short word, unique in this rubric.")
    element: Text = Field(description="Framework element, such as ISBAR.S, NURSE.E or CHECK_BACK.")
    ipec: list[Text] = Field([], description="IPEC codes this criterion practises.")
    weight: int = Field(ge=1, le=3, description="1 helpful, 2 important, 3 core.")
    critical: bool = Field(False, description="true holds the band at Nearly there while this is not met. At most 3.")
    text: Text = Field(description="One behaviour that can be seen in the words, with one verb.")
    look_for: list[Text] = Field(min_length=1, description="Evidence that counts, in any wording.")
    partial: Text | None = Field(None, description="What half of it looks like. Leave it out: met or not yet only.")
    not_enough: list[Text] = Field([], description="Near misses that must not count.")
    exemplars: list[Text] = Field(
        [], description="Ways to say it: fluent, clipped notes, plain second-language English."
    )
    cues: list[Text] = Field([], description="Phrases that show it, for the judge that works without a network.")
    tip: Text = Field(description="One sentence that helps the learner when this is not met.")


class WrittenRubric(_Written):
    bands: WrittenBands = Field(default_factory=WrittenBands, description="Cut-offs. Leave them as they are.")
    criteria: list[WrittenCriterion] = Field(description="5 to 7 moves to look for; 3 to 7 in a relay's step.")


class WrittenRedFlag(_Written):
    id: WordId = Field(description="A short word, unique in this drill.")
    severity: Annotated[Severity, Field(strict=False)] = Field(
        description="cap holds the band at Worth another go; note is a private message only."
    )
    text: Text = Field(description="What should not be in a reply.")
    note: Text = Field(description="What the learner is told, privately: a question rather than a verdict.")


class WrittenStep(_Written):
    id: StepId | None = Field(None, description="A name that later steps use in sees. Left out: its number.")
    role: AProfession = Field(description="The profession that takes this turn.")
    ask: Text = Field(description="What this person is asked to type.")
    sees: list[StepId] = Field([], description="Earlier steps whose real words this person is shown.")
    rubric: WrittenRubric = Field(description="What to look for in this step's reply.")


class WrittenGolden(_Written):
    reply: Text = Field(description="A made-up reply to the drill as it stands (its own params).")
    labels: dict[str, ALevel] = Field(description="For each criterion: met, partial, not_yet or cannot_judge.")
    red_flags: list[str] = Field([], description="Ids of the red flags that the reply raises.")


class WrittenReviewer(_Written):
    name: Text = Field(description="Who reviewed it.")
    profession: AProfession = Field(description="Their profession.")
    on: str | None = Field(None, pattern=DATE, description="The day, as 2026-01-31.")


class WrittenDrill(_Written):
    """A drill file of schema 1."""

    model_config = ConfigDict(title="Readback drill")

    schema_: Literal[1] = Field(alias="schema", description="Version of this format. Always 1.")
    id: str = Field(pattern=DRILL_ID, max_length=60, description="Stable, and never a hint at the answer.")
    kind: Annotated[Kind, Field(strict=False)] = Field(description="What is practised.")
    status: Annotated[Status, Field(strict=False)] = Field(
        description="draft until a clinician has reviewed it; published needs two reviewers of two professions."
    )
    version: str = Field(pattern=VERSION, description="Such as 1.0.0. Raise it when you change what counts.")
    title: Annotated[Text, Field(max_length=100)] = Field(description="What the learner sees. Not a hint.")
    locale: Text = Field("en-US", description="Language and country, such as en-US or en-GB.")
    reading_grade: float | None = Field(None, ge=1, le=20, description="School grade to aim at; about 8.")
    difficulty: int = Field(1, ge=1, le=3, description="1 foundation, 2 stretch, 3 complex.")
    time_target_s: int = Field(180, ge=30, le=1800, description="Seconds. A guide on the card, never scored.")
    content_warning: Text | None = Field(None, description="Shown first when the drill may weigh on somebody.")
    licence: Text | None = Field(None, description="Such as CC-BY-4.0.")
    authors: list[Text] = Field([], description="Who wrote it.")
    reviewers: list[WrittenReviewer] = Field([], description="Clinicians who reviewed it.")
    review_due: str | None = Field(None, pattern=DATE, description="Day of the next review, as 2027-01-31.")
    roles: WrittenRoles = Field(description="Who may answer, and whom they speak to.")
    competencies: WrittenCompetencies = Field(
        default_factory=WrittenCompetencies, description="What the drill practises, as codes."
    )
    patient: WrittenPatient | None = Field(None, description="The fictional patient, if there is one.")
    params: Params = Field({}, description="Values for {{name}} in any text below.")
    variants: dict[Annotated[str, Field(pattern=WORD_ID, max_length=16)], Params] = Field(
        {}, description="Other complete sets of the same params, each checked by a clinician."
    )
    scenario: Text = Field(description="The story: at most 120 words at about grade 8.")
    ask: Text | None = Field(None, description="One instruction. Says that notes style is fine.")
    facts: list[Text] = Field([], description="What a reply may state.")
    response: WrittenResponse = Field(default_factory=WrittenResponse, description="Guide for the length.")
    reliance: WrittenReliance | None = Field(None, description="ai_second_look only: the taps and the AI card.")
    steps: list[WrittenStep] | None = Field(None, description="relay only: two turns or more.")
    rubric: WrittenRubric | None = Field(None, description="What to look for in the reply.")
    red_flags: list[WrittenRedFlag] = Field([], description="What should not be in a reply.")
    model_answer: Text | None = Field(None, description="One good answer, not the only one.")
    debrief: list[Text] = Field([], description="Points to take home.")
    team_reflection: Text | None = Field(None, description="A question for the team when the drill has closed.")
    references: list[Text] = Field([], description="Short citations.")
    golden: list[WrittenGolden] = Field([], description="Replies with the levels that every judge must find.")
