"""A wrong setting is told by its own name, in a sentence, without its value."""

from __future__ import annotations

import pytest

from bot.settings import BadSettings, load_settings

MUST = "must point at this machine (127.0.0.1, localhost or [::1])"

MANY = {
    "READBACK_SLACK_CLIENT_ID": "1.2",
    "READBACK_SLACK_CLIENT_SECRET": "x",
    "SLACK_SIGNING_SECRET": "s",
    "READBACK_ENCRYPTION_KEYS": "A" * 43 + "=",
}


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_APP_TOKEN is set but SLACK_BOT_TOKEN is not"),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1"},
            "SLACK_BOT_TOKEN is set but SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is not",
        ),
        (
            {"SLACK_SIGNING_SECRET": "s"},
            "SLACK_SIGNING_SECRET is set but SLACK_BOT_TOKEN (one workspace) or READBACK_SLACK_CLIENT_ID (many) is not",
        ),
        (
            {"READBACK_SLACK_CLIENT_ID": "1.2", "SLACK_SIGNING_SECRET": "s"},
            (
                "READBACK_SLACK_CLIENT_ID is set but READBACK_SLACK_CLIENT_SECRET and "
                "READBACK_ENCRYPTION_KEYS (`readback keys new` makes one) are not"
            ),
        ),
        (
            {"READBACK_SLACK_CLIENT_SECRET": "x"},
            "READBACK_SLACK_CLIENT_SECRET is set but READBACK_SLACK_CLIENT_ID is not",
        ),
        (
            MANY | {"SLACK_BOT_TOKEN": "xoxb-1"},
            (
                "READBACK_SLACK_CLIENT_ID is for many workspaces and SLACK_BOT_TOKEN for one of your own: "
                "unset one of them"
            ),
        ),
        (
            MANY | {"READBACK_ENCRYPTION_KEYS": f"{'A' * 43}=,my-password"},
            "READBACK_ENCRYPTION_KEYS: key number 2 is none of ours; `readback keys new` makes one",
        ),
        ({"READBACK_JUDGE": "anthropic"}, "READBACK_JUDGE=anthropic is set but ANTHROPIC_API_KEY is not"),
        (
            {"READBACK_ROOM": "true", "READBACK_HOST": "0.0.0.0"},  # noqa: S104  # the point of the test
            "READBACK_ROOM is set, but READBACK_HOST is 0.0.0.0: the room is for this machine only",
        ),
        ({"PORT": "eighty"}, "PORT: Input should be a valid integer, unable to parse string as an integer"),
        ({"READBACK_JUDGE": "guess"}, "READBACK_JUDGE: Input should be 'auto', 'anthropic' or 'embedded'"),
        (
            {"READBACK_SLACK_API_BASE": "https://slack.example/api/"},
            f"READBACK_SLACK_API_BASE {MUST}, not at 'slack.example'",
        ),
        (
            {"READBACK_DISCORD_GATEWAY_URL": "wss://discord.example/"},
            f"READBACK_DISCORD_GATEWAY_URL {MUST}, not at 'discord.example'",
        ),
    ],
)
def test_a_fault_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], sentence: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as refused:
        load_settings()
    assert refused.value.faults == [sentence]


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("READBACK_DISCORD_API_BASE", "https://discord.example/api")
    with pytest.raises(BadSettings) as refused:
        load_settings()
    assert len(refused.value.faults) == 2


def test_a_bad_secret_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-very-secret")
    with pytest.raises(BadSettings) as refused:
        load_settings()
    assert "very-secret" not in str(refused.value)


def test_loopback_endpoints_are_welcome(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READBACK_SLACK_API_BASE", "http://127.0.0.1:9/api/")
    monkeypatch.setenv("READBACK_DISCORD_GATEWAY_URL", "ws://[::1]:9/gw")
    assert load_settings().slack_api_base == "http://127.0.0.1:9/api/"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "")
    assert load_settings().slack_app_token is None


def test_nothing_secret_shows_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://readback:s3cret-word@db/x")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "s3cret-key")
    settings = load_settings()
    assert settings.database_url.endswith("s3cret-word@db/x")
    assert "s3cret" not in f"{settings!r} {settings}"


@pytest.mark.parametrize(
    "environment",
    [
        {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"},
        {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"},
        {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "s"},
        MANY,
        {"READBACK_ENCRYPTION_KEYS": "A" * 43 + "="},
    ],
    ids=["socket-mode", "http", "both", "many-workspaces", "keys-alone"],
)
def test_each_way_to_run_slack_is_complete(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert "AAAA" not in repr(settings)


def test_slacks_own_names_for_client_id_and_secret_are_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in MANY.items():
        monkeypatch.setenv(name.replace("READBACK_SLACK_CLIENT", "SLACK_CLIENT"), value)
    assert load_settings().slack_client_id == "1.2"
