"""`readback judge`: read one reply against one drill, as the bot would, and show what a learner would be told."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer
from rich.console import Console
from rich.text import Text

from bot.cli.named_drill import named_drill
from bot.judges import open_judge
from bot.settings import BadSettings, load_settings
from drills.catalog import FaultyDrill, NoSuchDrill
from drills.drill import BASE_VARIANT, Drill
from drills.errors import ReadbackError
from drills.evaluation import Judgement, Outcome, RaisedFlag, Verdict
from drills.judging.feedback import pick
from drills.judging.normal import visible
from drills.judging.prompt import prompt_for
from drills.judging.quotes import check, fired, spans
from drills.judging.scoring import outcome
from drills.people import Profession
from drills.ports import Case, Judge
from drills.rubric import Level
from drills.views.feedback import PRACTICE
from drills.views.wording import AI_CAN_BE_WRONG

NOT_SCORED = 1
MISUSED = 2

_MARKS = {Level.MET: "✓", Level.PARTIAL: "◐", Level.NOT_YET: "○", Level.CANNOT_JUDGE: "?"}


@dataclass(frozen=True, slots=True)
class Result:
    """One reply, judged and checked; `judge` is the judge's name."""

    drill: Drill
    judge: str
    reply: str
    judgement: Judgement
    outcome: Outcome


def judge(
    drill: Annotated[str, typer.Argument(metavar="FILE|ID", help="A drill file, or the id of a shipped drill.")],
    reply: Annotated[str | None, typer.Option(help="The reply. Without it, --file or standard input.")] = None,
    file: Annotated[Path | None, typer.Option(help="A text file that holds the reply.")] = None,
    variant: Annotated[str, typer.Option(help="Which variant of the drill.")] = BASE_VARIANT,
    judge: Annotated[
        Literal["embedded", "anthropic"] | None,
        typer.Option(help="Default: anthropic if ANTHROPIC_API_KEY is set, else embedded."),
    ] = None,
    profession: Annotated[Profession | None, typer.Option(help="Who replies, for the scope note.")] = None,
    show_prompt: Annotated[
        bool, typer.Option("--show-prompt", help="Print the exact request to the LLM as JSON. Nothing is sent.")
    ] = False,
    response: Annotated[
        Path | None, typer.Option(help="Judge from this saved model response; nobody is called.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Plain JSON on standard output.")] = False,
) -> None:
    """Judge one reply and show the feedback. Nothing is stored.

    Example: readback judge drill.yaml --reply "This is Kai, RN on 5 South …" --json

    Exits with 0 when it was judged, 1 when it could not be scored, 2 when the call was wrong.
    """
    if judge == "embedded" and (show_prompt or response):
        _stop("The embedded judge has no prompt: --show-prompt and --response are for the LLM judge.", MISUSED)
    words = visible(_words(reply, file, needed=not show_prompt)).strip()
    case = Case(_drill(drill, variant), words, profession)
    if show_prompt:
        typer.echo(json.dumps(_request(case), indent=2, ensure_ascii=False))
        return
    if not words:
        _stop("The reply is empty: there is nothing to read.", MISUSED)
    try:
        result = asyncio.run(_judged(_saved(response) if response else _chosen(judge), case))
    except BadSettings as bad:
        _stop(f"{bad}.", MISUSED)
    except ReadbackError as trouble:
        _stop(f"Not scored: {trouble}", NOT_SCORED)
    if as_json:
        typer.echo(json.dumps(document(result), indent=2, ensure_ascii=False))
    else:
        _print(result)


def document(result: Result) -> dict[str, Any]:
    """The result as JSON data; `quotes` has the found ones only, `red_flags` those that count."""
    verdicts = result.judgement.verdicts
    return {
        "drill": result.drill.id,
        "variant": result.drill.variant,
        "judge": result.judge,
        "practice": result.judgement.practice,
        "labels": {v.criterion: v.level.value for v in verdicts},
        "quotes": {v.criterion: v.quote for v in verdicts if v.quote},
        "notes": {v.criterion: v.note for v in verdicts},
        "red_flags": [_flag(flag) for flag in fired(result.judgement)],
        "band": result.outcome.band.value if result.outcome.band else None,
        "score": result.outcome.score,
        "capped_by": list(result.outcome.capped_by),
        "provenance": asdict(result.judgement.provenance),
    }


def _flag(flag: RaisedFlag) -> dict[str, str]:
    return {"id": flag.id, "quote": flag.quote}


def _words(reply: str | None, file: Path | None, *, needed: bool) -> str:
    if reply is not None and file is not None:
        _stop("Give --reply or --file, not both.", MISUSED)
    if reply is not None:
        return reply
    if file is not None:
        return _text_of(file)
    if not needed:
        return ""
    if sys.stdin.isatty():
        _stop('No reply: use --reply "…", --file FILE, or pipe it in.', MISUSED)
    return sys.stdin.read()


def _drill(named: str, variant: str) -> Drill:
    try:
        return named_drill(named).drill(variant)
    except FaultyDrill as faulty:
        _stop("\n".join(map(str, faulty.faults)), MISUSED)
    except NoSuchDrill as unknown:
        _stop(f"{unknown}.", MISUSED)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        _stop(f"{path} can't be read: {getattr(error, 'strerror', None) or 'it is no UTF-8 text'}.", MISUSED)


def _chosen(name: Literal["embedded", "anthropic"] | None) -> AbstractAsyncContextManager[Judge]:
    try:
        settings = load_settings(**({"judge": name} if name else {}))
        return open_judge(settings, try_out=False)  # the call itself will tell
    except ReadbackError as trouble:
        _stop(str(trouble), MISUSED)


def _request(case: Case) -> Mapping[str, Any]:
    """What would be sent for this reply, with the model and effort of the settings; no key is needed."""
    from adapters.judges.anthropic import StructuredMode, request_for  # noqa: PLC0415 - its SDK is slow to import

    settings = load_settings(judge="embedded")
    mode = StructuredMode(settings.judge_structured_mode)
    return request_for(prompt_for(case), model=settings.judge_model, effort=settings.judge_effort, mode=mode)


def _saved(response: Path) -> AbstractAsyncContextManager[Judge]:
    from adapters.judges.anthropic import SavedResponse  # noqa: PLC0415 - its SDK is slow to import

    return nullcontext(SavedResponse(_text_of(response)))


async def _judged(opened: AbstractAsyncContextManager[Judge], case: Case) -> Result:
    async with opened as judge:
        checked = check(await judge.verdicts(case), case.reply)
        result = outcome(case.drill.rubric, case.drill.red_flags, checked)
        return Result(case.drill, judge.name, case.reply, checked, result)


def _print(result: Result) -> None:
    console = Console(highlight=False)
    feedback = pick(result.drill, result.judgement, result.outcome, result.reply)
    band = result.outcome.band.label if result.outcome.band else "Practice feedback" if feedback.practice else "No band"
    console.print(Text(f"{result.drill.title}: {band}", style="bold"))
    console.print(_highlighted(result.reply, result.judgement), end="\n\n")
    console.print(Text(feedback.text), end="\n\n")
    for verdict in result.judgement.verdicts:
        console.print(_line(verdict))
    console.print(Text(PRACTICE if feedback.practice else AI_CAN_BE_WRONG, style="dim"))


def _highlighted(reply: str, judgement: Judgement) -> Text:
    text = Text(reply)
    for verdict in judgement.verdicts:
        for start, end in spans(reply, verdict.quote):
            text.stylize("underline", start, end)
    return text


def _line(verdict: Verdict) -> Text:
    return Text(f"{_MARKS[verdict.level]} {verdict.criterion}: {verdict.note or verdict.level.value}")


def _stop(sentence: str, code: int) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
