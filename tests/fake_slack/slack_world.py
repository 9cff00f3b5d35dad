"""Everything that this Slack knows, and what a test says about it: workspaces, tokens, scopes, troubles."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

from fake_slack.slack_calls import Call
from fake_slack.slack_methods_oauth import ROTATES_AFTER_S
from fake_slack.slack_screens import Modal
from fake_slack.slack_state import OPTIONAL_SCOPES, REQUIRED_SCOPES, Channel, Json, Message, Numbers, Team, Token
from fake_slack.slack_triggers import Response, Triggers
from fake_slack.slack_trouble import Trouble, Troubles

ALL_SCOPES = REQUIRED_SCOPES | OPTIONAL_SCOPES


@dataclass(frozen=True)
class Consent:
    """An admin pressed Allow: the code for it is good for one call."""

    teams: tuple[Team, ...]
    user: str
    scopes: frozenset[str]
    redirect_uri: str | None = None
    enterprise: str | None = None


@dataclass(frozen=True)
class Sent:
    """A body with words in it that the app sent: `how` is the method, the response_url, or what it acknowledged."""

    how: str
    body: Json


@dataclass
class World:
    """`refuses` are block kinds that this Slack does not take; `rotating`: tokens expire and are refreshed."""

    app_token: str = "xapp-1-A0FAKE-1-fake"
    signing_secret: str = "a-signing-secret"
    client_id: str = "111.222"
    client_secret: str = "a-client-secret"
    rotating: bool = False
    rotates_after_s: int = ROTATES_AFTER_S
    refuses: set[str] = field(default_factory=set)
    numbers: Numbers = field(default_factory=Numbers)
    teams: dict[str, Team] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    consents: dict[str, Consent] = field(default_factory=dict)
    triggers: Triggers = field(default_factory=Triggers)
    troubles: Troubles = field(default_factory=Troubles)
    responses: dict[str, Response] = field(default_factory=dict)
    modals: dict[str, list[Modal]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    base: str = ""
    socket_url: Callable[[], str] = str

    def workspace(
        self, id_: str | None = None, scopes: frozenset[str] = ALL_SCOPES, *, enterprise: str | None = None
    ) -> Team:
        """A workspace with the app installed in it."""
        team = self.empty_workspace(id_, enterprise=enterprise)
        self.new_token((team,), scopes)
        return team

    def empty_workspace(self, id_: str | None = None, *, enterprise: str | None = None) -> Team:
        """A workspace that has not installed the app yet."""
        id_ = id_ or self.numbers.id("T")
        team = Team(
            id_, f"Workspace {id_}", self.numbers.id("U"), self.numbers.id("B"), enterprise, numbers=self.numbers
        )
        self.teams[id_] = team
        return team

    def new_token(
        self, teams: tuple[Team, ...], scopes: frozenset[str] = ALL_SCOPES, *, enterprise: str | None = None
    ) -> Token:
        number = len(self.tokens) + 1
        text = f"xoxe.xoxb-{number}-fake" if self.rotating else f"xoxb-{number}-fake"
        refresh = f"xoxe-{number}-fake" if self.rotating else None
        self.tokens[text] = Token(text, teams, scopes, enterprise, refresh=refresh)
        return self.tokens[text]

    def token_of(self, team: Team) -> Token:
        """The newest one."""
        return [token for token in self.tokens.values() if team in token.teams][-1]

    def consent(
        self,
        team: Team,
        user: str,
        scopes: frozenset[str] = ALL_SCOPES,
        *,
        redirect_uri: str | None = None,
        org: tuple[Team, ...] = (),
    ) -> str:
        """Somebody presses Allow on Slack's page; returns the code. `org`: for all these workspaces of one Grid."""
        code = f"code-{len(self.calls)}-{len(self.consents) + 1}"
        enterprise = team.enterprise if org else None
        self.consents[code] = Consent(org or (team,), user, scopes, redirect_uri, enterprise)
        return code

    def posted(self, team: Team, channel: Channel, message: Message) -> None:
        """The app has posted a message."""

    def trouble(self, method: str, *troubles: Trouble) -> None:
        """The next calls of `method` meet these, in order."""
        self.troubles.add(method, *troubles)

    def calls_of(self, method: str, team: Team | None = None) -> list[Call]:
        """Calls that came in, answered or not."""
        return [call for call in self.calls if call.method == method and (team is None or call.team == team.id)]

    def team_of(self, user: str) -> Team:
        return next(team for team in self.teams.values() if user in team.users)

    def place_of(self, channel: str) -> tuple[Team, Channel]:
        return next((team, team.channels[channel]) for team in self.teams.values() if channel in team.channels)

    def with_ids(self, blocks: list[Json]) -> list[Json]:
        """Blocks as Slack hands them out: each has a block_id, each element an action_id."""
        given = deepcopy(blocks)
        for block in given:
            block.setdefault("block_id", self.numbers.id("b"))
            elements = [block.get("element"), block.get("accessory"), *(block.get("elements") or [])]
            for element in elements if block["type"] in {"actions", "input", "section"} else ():
                if isinstance(element, dict) and element.get("type") != "image":
                    element.setdefault("action_id", self.numbers.id("a"))
        return given
