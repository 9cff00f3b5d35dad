"""The same judge in a hospital's cloud: Bedrock, Vertex, Foundry, each with its own door and its own credentials."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import anthropic
import pytest
from fake_anthropic import FakeAnthropic
from judging.made_drills import drill

from adapters.judges.anthropic import accounts
from adapters.judges.anthropic.accounts import ApiKey, Bedrock, Client, Foundry, Vertex, client_for
from adapters.judges.anthropic.judge import AnthropicJudge
from bot.judges import open_judge, wants_anthropic
from bot.settings import BadSettings, load_settings
from drills.errors import OursToFix
from drills.ports import Case
from drills.rubric import Level

CASE = Case(drill(), "He is much worse now. Please come to the bedside.")
BEDROCK = {"READBACK_JUDGE_CLIENT": "bedrock", "AWS_REGION": "eu-west-1", "AWS_BEARER_TOKEN_BEDROCK": "bedrock-token"}
VERTEX = {
    "READBACK_JUDGE_CLIENT": "vertex",
    "CLOUD_ML_REGION": "europe-west1",
    "ANTHROPIC_VERTEX_PROJECT_ID": "ward-project",
    "READBACK_VERTEX_ACCESS_TOKEN": "vertex-token",
}
FOUNDRY = {
    "READBACK_JUDGE_CLIENT": "foundry",
    "ANTHROPIC_FOUNDRY_RESOURCE": "ward",
    "ANTHROPIC_FOUNDRY_API_KEY": "foundry-key",
}


@pytest.fixture(autouse=True)
def no_clouds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_BEARER_TOKEN_BEDROCK", "AWS_ACCESS_KEY_ID"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "CLOUD_ML_REGION"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def fake() -> AsyncIterator[FakeAnthropic]:
    async with FakeAnthropic() as server:
        yield server


@pytest.mark.parametrize(
    ("environment", "key"), [(BEDROCK, "bedrock-token"), (VERTEX, "vertex-token"), (FOUNDRY, "foundry-key")]
)
async def test_a_reply_is_judged_through_each_cloud_with_its_own_key(
    fake: FakeAnthropic, monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str], key: str
) -> None:
    for name, value in {**environment, "ANTHROPIC_BASE_URL": fake.url}.items():
        monkeypatch.setenv(name, value)
    async with open_judge(load_settings(judge_model="cloud-model")) as judge:
        judgement = await judge.verdicts(CASE)
    assert [verdict.level for verdict in judgement.verdicts] == [Level.MET, Level.MET]
    sent = fake.requests[0]
    assert sent.body["model"] == "cloud-model"
    assert key in "".join(sent.headers.values())
    assert "output_config" in sent.body


@pytest.mark.parametrize(
    ("account", "kind", "address"),
    [
        (ApiKey("k"), anthropic.AsyncAnthropic, "https://api.anthropic.com"),
        (
            Bedrock("eu-west-1", bearer_token="t"),
            anthropic.AsyncAnthropicBedrock,
            "https://bedrock-runtime.eu-west-1.amazonaws.com",
        ),
        (
            Vertex("europe-west1", "p", "t"),
            anthropic.AsyncAnthropicVertex,
            "https://europe-west1-aiplatform.googleapis.com/v1",
        ),
        (Foundry("ward", "k"), anthropic.AsyncAnthropicFoundry, "https://ward.services.ai.azure.com/anthropic"),
    ],
)
async def test_each_account_has_its_client_at_its_own_address(
    account: accounts.Account, kind: type[Client], address: str
) -> None:
    client = client_for(account, None, 7)
    assert type(client) is kind
    assert str(client.base_url).rstrip("/") == address
    assert client.max_retries == 0
    await client.close()


@pytest.mark.parametrize(
    ("account", "package", "extra"),
    [
        (Bedrock("eu-west-1"), "boto3", "anthropic[bedrock]"),
        (Vertex("global", "p"), "google-auth", "anthropic[vertex]"),
    ],
)
def test_a_package_that_is_not_installed_is_named_with_what_installs_it(
    monkeypatch: pytest.MonkeyPatch, account: accounts.Account, package: str, extra: str
) -> None:
    monkeypatch.setattr(accounts, "_installed", lambda _module: False)
    with pytest.raises(OursToFix) as caught:
        client_for(account, None, 7)
    assert package in str(caught.value)
    assert extra in str(caught.value)


async def test_credentials_that_cannot_be_had_are_a_sentence_without_them(fake: FakeAnthropic) -> None:
    judge = AnthropicJudge(account=Vertex("global", "", "secret-token"), base_url=fake.url, deadline_s=5)
    with pytest.raises(OursToFix, match="READBACK_JUDGE_CLIENT") as caught:
        await judge.verdicts(CASE)
    assert "secret-token" not in str(caught.value)
    await judge.close()


@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({"READBACK_JUDGE_CLIENT": "bedrock"}, "AWS_REGION"),
        ({"READBACK_JUDGE_CLIENT": "vertex", "CLOUD_ML_REGION": "global"}, "ANTHROPIC_VERTEX_PROJECT_ID"),
        ({"READBACK_JUDGE_CLIENT": "foundry", "ANTHROPIC_FOUNDRY_RESOURCE": "ward"}, "ANTHROPIC_FOUNDRY_API_KEY"),
    ],
)
def test_what_a_cloud_cannot_do_without_is_named(
    monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str], missing: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match=missing):
        load_settings()


def test_choosing_a_cloud_chooses_the_llm_unless_the_embedded_judge_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in BEDROCK.items():
        monkeypatch.setenv(name, value)
    assert wants_anthropic(load_settings())
    assert not wants_anthropic(load_settings(judge="embedded"))


def test_secrets_of_accounts_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [
        Bedrock("r", "hush", "hush", "hush", "hush"),
        Vertex("r", "p", "hush"),
        Foundry("r", "hush"),
        ApiKey("hush"),
    ]
    assert "hush" not in repr(made)
    for name, value in {**BEDROCK, "AWS_SECRET_ACCESS_KEY": "bedrock-token"}.items():
        monkeypatch.setenv(name, value)
    assert "bedrock-token" not in repr(load_settings())
