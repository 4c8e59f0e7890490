from pathlib import Path

import pytest

from cases.refusals import Refused
from cases.wording import Language
from store.settings import Settings, load_settings

NAMES = [str(field.validation_alias) for field in Settings.model_fields.values()]
OPERATING = Path(__file__).parents[2] / "docs" / "operate.md"


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_an_environment_everything_lies_in_the_data_folder(tmp_path: Path) -> None:
    settings = load_settings()
    data = tmp_path / "data"
    assert settings.data == data
    assert settings.database_url == f"sqlite:///{data}/yizhan.db"
    assert settings.temporal_file == data / "temporal.db"
    assert settings.temporal_target == "127.0.0.1:7233"
    assert settings.master_key == data / "keys" / "master.key"
    assert (settings.host, settings.port, settings.language) == ("127.0.0.1", 8000, Language.ZH)


def test_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://station@db/yizhan")
    monkeypatch.setenv("TEMPORAL_ADDRESS", "temporal.example:7233")
    monkeypatch.setenv("YIZHAN_KEYS", str(tmp_path / "hsm.key"))
    monkeypatch.setenv("YIZHAN_LANGUAGE", "en")
    settings = load_settings()
    assert settings.database_url == "postgresql://station@db/yizhan"
    assert settings.temporal_target == "temporal.example:7233"
    assert settings.master_key == tmp_path / "hsm.key"
    assert settings.language is Language.EN


def test_only_the_documented_names_count(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "PORT", "DATA", "KEYS", "LANGUAGE"):
        monkeypatch.setenv(name, "1")
    assert load_settings() == load_settings().__class__()
    assert load_settings().host == "127.0.0.1"


def test_an_empty_variable_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    assert load_settings().external_database is None


def test_settings_built_by_hand_do_not_look_at_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/yizhan")
    assert Settings(data=tmp_path).database_url == f"sqlite:///{tmp_path}/yizhan.db"


@pytest.mark.parametrize("port", ["0", "65536", "eight thousand"])
def test_a_port_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("YIZHAN_PORT", port)
    with pytest.raises(Refused, match="YIZHAN_PORT"):
        load_settings()


def test_a_database_password_shows_in_no_repr() -> None:
    assert "s3cret" not in repr(Settings(external_database="postgresql://station:s3cret@db/yizhan"))


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_explained_to_the_operator(name: str) -> None:
    assert f"`{name}`" in OPERATING.read_text(encoding="utf-8")
