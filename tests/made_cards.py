"""Cards and forms built by hand, one with every kind of block."""

from __future__ import annotations

from drills.chat.cards import (
    AIOutput,
    Block,
    Bullets,
    Button,
    Card,
    ChoiceField,
    Fact,
    Facts,
    Fold,
    Form,
    Marked,
    Quote,
    Span,
    Style,
    Table,
    Text,
    TextField,
    Tick,
    Ticks,
)
from drills.chat.charts import Cell, Chart, ChartRow, Look
from drills.chat.intents import Intent
from drills.rubric import Level

BANNER = "DRILL – fictional patient"

A_BAR_CHART = Chart(
    "How much was answered",
    Look.BAR,
    (
        ChartRow("5 West", (Cell.FULL,) * 8 + (Cell.EMPTY,) * 2, "about 8 in 10", "Thriving"),
        ChartRow("ICU", (), "not enough yet", "Getting started", "demo data"),
    ),
    "Bars for 2 teams; the table says the same in words.",
)
A_DOT_CHART = Chart(
    "What was shown, oldest first",
    Look.DOTS,
    (ChartRow("Names the worry", tuple(Cell)), ChartRow("Asks", (Cell.FULL, Cell.EMPTY))),
    "A mark for each of two moves; the words are below.",
    tuple((cell, f"it is {cell.value}") for cell in Cell),
)

EVERY_BLOCK: tuple[Block, ...] = (
    Text("Ms. Quill is 61.", label="The story"),
    Quote("That's on you.", by="Dr. Brandt"),
    Marked("I hear you. Level at 15:00.", (Span(0, 10, "Acknowledges"), Span(12, 26, "Next step")), label="Your reply"),
    Facts((Fact("Level", "27 mg/L"), Fact("AUC", "790"))),
    Ticks((Tick("Names the worry", Level.MET, "✓ Met", "I hear you", "Well placed."),)),
    Table("Teams", ("Team", "Part"), (("5 West", "83 %"), ("ICU", "fewer than 5"))),
    Bullets(("Order matters.", "Facts are short."), label="To keep"),
    AIOutput("PreProc Assist (fictional)", "Checklist: CLEAR", (Fact("Time", "13:42"),)),
    A_BAR_CHART,
    A_DOT_CHART,
    Fold("One good answer", (Quote("We both want this gone."), Bullets(("Say it early.",)))),
)
"""In this order: what a reader must find on any platform."""

WORDS_OF_EVERY_BLOCK = (
    *("The story", "Ms. Quill is 61.", "That's on you.", "Dr. Brandt", "Your reply", "I hear you", "Level at 15:00"),
    *("Acknowledges", "Next step", "Level", "27 mg/L", "AUC", "790", "✓ Met", "Names the worry", "Well placed."),
    *("Teams", "Team", "Part", "5 West", "83 %", "ICU", "fewer than 5", "To keep", "Order matters."),
    *("Facts are short.", "PreProc Assist (fictional)", "Checklist: CLEAR", "Time", "13:42", "One good answer"),
    *("We both want this gone.", "Say it early."),
)


def a_card(title: str = "The held dose", *blocks: Block, buttons: tuple[Button, ...] = ()) -> Card:
    return Card(title, blocks or (Text("Ms. Quill is 61."),), "Everyone here sees this.", BANNER, buttons)


def a_drill_card(answered: int = 3) -> Card:
    buttons = (
        Button("Answer", Intent("answer", ("p1",)), Style.PRIMARY),
        Button("Skip", Intent("skip", ("p1",)), Style.QUIET),
    )
    return a_card("The held dose", Text("Ms. Quill is 61."), Text(f"{answered} of 6 answered"), buttons=buttons)


def a_form(value: str = "") -> Form:
    return Form(
        title="The held dose",
        intent=Intent("reply", ("a1",)),
        intro=(Text("Ms. Quill is 61."),),
        fields=(
            TextField("words", "What you say", hint="Any English is fine.", value=value, min_words=25, max_words=180),
            ChoiceField("sure", "How sure are you?", (("yes", "Sure"), ("no", "Not sure")), required=False),
        ),
        who_sees="Only you see your reply.",
        banner=BANNER,
    )
