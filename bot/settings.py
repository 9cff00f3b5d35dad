"""The only reader of the environment. One typed object that fails by name, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, HttpUrl, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from typing_extensions import override

from bot import slack_settings
from drills.errors import OursToFix
from drills.views.tripwire import SUPPORT_TEXT

DEFAULT_DATABASE = "sqlite+aiosqlite:///.readback/readback.db"


class BadSettings(OursToFix):
    """The environment can't be used as it is; `faults` has one sentence for each setting."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def _named(*names: str) -> AliasChoices:
    return AliasChoices(*names)


class Settings(BaseSettings):
    """Everything that can be set. Empty values count as not set."""

    model_config = SettingsConfigDict(
        env_prefix="READBACK_", env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True
    )

    # A PostgreSQL address holds a password; it is left out wherever settings are shown.
    database_url: Annotated[str, Field(validation_alias=_named("DATABASE_URL", "database_url"), repr=False)] = (
        DEFAULT_DATABASE
    )
    port: Annotated[int, Field(validation_alias=_named("PORT", "port"), ge=0, le=65535)] = 8765
    host: str = "127.0.0.1"
    public_hosts: str = ""
    room: bool = False
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "console"] = "json"
    support_text: str = SUPPORT_TEXT

    judge: Literal["auto", "anthropic", "embedded"] = "auto"
    judge_model: str = "claude-sonnet-5-5"
    judge_second_model: str = "claude-opus-5-5"
    judge_panel: bool = True
    judge_effort: Literal["low", "medium", "high"] = "medium"
    judge_deadline_s: Annotated[float, Field(gt=0, le=300)] = 60.0
    judge_structured_mode: Literal["output_config", "forced_tool"] = "output_config"
    judge_client: Literal["anthropic", "bedrock", "vertex", "foundry"] = "anthropic"
    judge_slots: Annotated[int, Field(ge=1, le=64)] = 8
    anthropic_api_key: Annotated[
        SecretStr | None, Field(validation_alias=_named("ANTHROPIC_API_KEY", "anthropic_api_key"))
    ] = None
    anthropic_base_url: Annotated[
        HttpUrl | None, Field(validation_alias=_named("ANTHROPIC_BASE_URL", "anthropic_base_url"))
    ] = None

    aws_region: Annotated[
        str | None, Field(validation_alias=_named("AWS_REGION", "AWS_DEFAULT_REGION", "aws_region"))
    ] = None
    aws_bearer_token: Annotated[
        SecretStr | None, Field(validation_alias=_named("AWS_BEARER_TOKEN_BEDROCK", "aws_bearer_token"))
    ] = None
    aws_access_key: Annotated[
        SecretStr | None, Field(validation_alias=_named("AWS_ACCESS_KEY_ID", "aws_access_key"))
    ] = None
    aws_secret_key: Annotated[
        SecretStr | None, Field(validation_alias=_named("AWS_SECRET_ACCESS_KEY", "aws_secret_key"))
    ] = None
    aws_session_token: Annotated[
        SecretStr | None, Field(validation_alias=_named("AWS_SESSION_TOKEN", "aws_session_token"))
    ] = None
    vertex_region: Annotated[str | None, Field(validation_alias=_named("CLOUD_ML_REGION", "vertex_region"))] = None
    vertex_project: Annotated[
        str | None, Field(validation_alias=_named("ANTHROPIC_VERTEX_PROJECT_ID", "vertex_project"))
    ] = None
    vertex_access_token: SecretStr | None = None
    foundry_resource: Annotated[
        str | None, Field(validation_alias=_named("ANTHROPIC_FOUNDRY_RESOURCE", "foundry_resource"))
    ] = None
    foundry_api_key: Annotated[
        SecretStr | None, Field(validation_alias=_named("ANTHROPIC_FOUNDRY_API_KEY", "foundry_api_key"))
    ] = None

    slack_bot_token: Annotated[
        SecretStr | None, Field(validation_alias=_named("SLACK_BOT_TOKEN", "slack_bot_token"))
    ] = None
    slack_app_token: Annotated[
        SecretStr | None, Field(validation_alias=_named("SLACK_APP_TOKEN", "slack_app_token"))
    ] = None
    slack_signing_secret: Annotated[
        SecretStr | None, Field(validation_alias=_named("SLACK_SIGNING_SECRET", "slack_signing_secret"))
    ] = None
    slack_client_id: Annotated[
        str | None,
        Field(validation_alias=_named("READBACK_SLACK_CLIENT_ID", "SLACK_CLIENT_ID", "slack_client_id")),
    ] = None
    slack_client_secret: Annotated[
        SecretStr | None,
        Field(validation_alias=_named("READBACK_SLACK_CLIENT_SECRET", "SLACK_CLIENT_SECRET", "slack_client_secret")),
    ] = None
    encryption_keys: SecretStr | None = None
    discord_token: Annotated[SecretStr | None, Field(validation_alias=_named("DISCORD_TOKEN", "discord_token"))] = None

    slack_api_base: str | None = None
    discord_api_base: str | None = None
    discord_gateway_url: str | None = None

    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments and the environment, nothing else: no file changes what runs behind an operator's back."""
        return init_settings, env_settings

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        faults = [*self._missing_partners(), *self._slack(), *self._strangers(), *self._open_room()]
        if faults:
            raise ValueError("\n".join(faults))
        return self

    def _missing_partners(self) -> list[str]:
        pairs = {
            "READBACK_JUDGE=anthropic": (
                (self.judge == "anthropic" and self.judge_client == "anthropic") or None,
                "ANTHROPIC_API_KEY",
                self.anthropic_api_key,
            ),
            f"READBACK_JUDGE_CLIENT={self.judge_client}": (self.judge != "embedded" or None, *self._cloud()),
        }
        return [
            f"{name} is set but {partner} is not"
            for name, (value, partner, other) in pairs.items()
            if value and not other
        ]

    def _slack(self) -> list[str]:
        values = {
            slack_settings.BOT: self.slack_bot_token,
            slack_settings.APP: self.slack_app_token,
            slack_settings.SIGNING: self.slack_signing_secret,
            slack_settings.CLIENT: self.slack_client_id,
            slack_settings.SECRET: self.slack_client_secret,
            slack_settings.KEYS: self.encryption_keys,
        }
        keys = self.encryption_keys.get_secret_value() if self.encryption_keys else None
        faults = slack_settings.slack_faults({name for name, value in values.items() if value})
        return [*faults, *(slack_settings.key_faults(keys) if keys else ())]

    def _cloud(self) -> tuple[str, object]:
        """What the chosen cloud can't do without, and whether it is there."""
        match self.judge_client:
            case "bedrock":
                return "AWS_REGION", self.aws_region
            case "vertex":
                return "CLOUD_ML_REGION or ANTHROPIC_VERTEX_PROJECT_ID", self.vertex_region and self.vertex_project
            case "foundry":
                where = self.foundry_resource or self.anthropic_base_url
                return "ANTHROPIC_FOUNDRY_API_KEY or ANTHROPIC_FOUNDRY_RESOURCE", self.foundry_api_key and where
            case _:
                return "", True

    def _strangers(self) -> list[str]:
        """The platforms' endpoints may be pointed at this machine only: anything else could be an exfiltration."""
        overrides = {
            "READBACK_SLACK_API_BASE": self.slack_api_base,
            "READBACK_DISCORD_API_BASE": self.discord_api_base,
            "READBACK_DISCORD_GATEWAY_URL": self.discord_gateway_url,
        }
        return [
            f"{name} must point at this machine (127.0.0.1, localhost or [::1]), not at {urlsplit(url).hostname!r}"
            for name, url in overrides.items()
            if url and not is_loopback(urlsplit(url).hostname or "")
        ]

    def _open_room(self) -> list[str]:
        """The room has no sign-in: whoever reaches it is anybody they like."""
        if not self.room or is_loopback(self.host):
            return []
        return [f"READBACK_ROOM is set, but READBACK_HOST is {self.host}: the room is for this machine only"]


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def load_settings(**overrides: Any) -> Settings:
    """Read the environment. Raises BadSettings with a sentence for each setting at fault."""
    try:
        return Settings(**overrides)
    except ValidationError as bad:
        raise BadSettings([sentence for error in bad.errors() for sentence in _sentences(error)]) from bad


def _sentences(error: Mapping[str, Any]) -> list[str]:
    """Values are left out: a bad secret must not be printed."""
    if not error["loc"]:
        return str(error["msg"]).removeprefix("Value error, ").split("\n")
    return [f"{_variable(str(error['loc'][0]))}: {error['msg']}"]


def _variable(location: str) -> str:
    field = Settings.model_fields.get(location)
    if field is not None and isinstance(field.validation_alias, AliasChoices):
        return str(field.validation_alias.choices[0])
    return location if location.isupper() else f"READBACK_{location.upper()}"
