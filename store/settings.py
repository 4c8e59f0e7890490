"""Where this installation keeps its things and whom it talks to, read once from the environment."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from cases.field_errors import misread
from cases.refusals import Refused
from cases.wording import Language, Wording

LOOPBACK = "127.0.0.1"
ENVIRONMENT = Wording("环境变量", "Environment")


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


AbsolutePath = Annotated[Path, AfterValidator(_absolute)]
Port = Annotated[int, Field(ge=1, le=65535)]


class Settings(BaseModel):
    """Built by name in tests (`Settings(data=tmp_path)`); only `load_settings` looks at the environment."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)

    data: AbsolutePath = Field(default=Path("data"), validation_alias="YIZHAN_DATA", validate_default=True)
    host: str = Field(default=LOOPBACK, validation_alias="YIZHAN_HOST")
    port: Port = Field(default=8000, validation_alias="YIZHAN_PORT")
    keys: AbsolutePath | None = Field(default=None, validation_alias="YIZHAN_KEYS")
    # Whether people reach the pages over HTTPS (through a proxy that ends it): then cookies never leave it.
    https: bool = Field(default=False, validation_alias="YIZHAN_HTTPS")
    # The names under which people reach the pages, with commas between them; none: any name is answered.
    hosts: str = Field(default="", validation_alias="YIZHAN_HOSTS")
    language: Language = Field(default=Language.ZH, validation_alias="YIZHAN_LANGUAGE")
    # An empty record gets an invented district to try things in; a real station says no, and enters its own.
    examples: bool = Field(default=True, validation_alias="YIZHAN_EXAMPLES")
    # Practice: time can be skipped in a case of the demonstration, and in no other.
    training: bool = Field(default=False, validation_alias="YIZHAN_TRAINING")
    # A database URL may hold a password, so it never shows in a repr that could reach a log.
    external_database: str | None = Field(default=None, validation_alias="DATABASE_URL", repr=False)
    temporal_address: str | None = Field(default=None, validation_alias="TEMPORAL_ADDRESS")
    temporal_namespace: str = Field(default="yizhan", validation_alias="TEMPORAL_NAMESPACE")
    temporal_cli: AbsolutePath | None = Field(default=None, validation_alias="TEMPORAL_CLI")
    temporal_port: Port = Field(default=7233, validation_alias="YIZHAN_TEMPORAL_PORT")

    @property
    def database_url(self) -> str:
        return self.external_database or f"sqlite:///{self.database_file}"

    @property
    def database_file(self) -> Path:
        """Where the record lies when no other database is named."""
        return self.data / "yizhan.db"

    @property
    def temporal_target(self) -> str:
        """The cluster that was named, or else the embedded server of `yizhan run`."""
        return self.temporal_address or f"{LOOPBACK}:{self.temporal_port}"

    @property
    def temporal_file(self) -> Path:
        return self.data / "temporal.db"

    @property
    def master_key(self) -> Path:
        return self.keys or self.data / "keys" / "master.key"

    @property
    def papers(self) -> Path:
        return self.data / "papers"

    @property
    def logs(self) -> Path:
        return self.data / "logs"


class _FromEnvironment(Settings, BaseSettings):
    """The same fields, known to an operator only by their environment names (`HOST` alone must not count)."""

    model_config = SettingsConfigDict(validate_by_name=False, extra="ignore", env_ignore_empty=True)


def load_settings() -> Settings:
    """Raises Refused, naming every variable that is wrong; its value, which may be a password, is not repeated."""
    try:
        return _FromEnvironment()
    except ValidationError as error:
        problems = error.errors(include_input=False)
        raise Refused(tuple(misread(ENVIRONMENT, problem) for problem in problems)) from None
