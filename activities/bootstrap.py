"""One place that wires the real things: the record, the keys and the law; and for a Temporal worker the engines too."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, inspect

from activities.cohorts import Cohorts
from activities.intake import Intake
from activities.packets import Packets
from activities.policies import Policies
from activities.published import PublishedLaw
from activities.publishing import Publishing
from activities.replaying import Replaying
from activities.subsidy_intake import SubsidyIntake
from activities.trying import Trying
from cases.calendars import Calendar
from rules.calendars import calendar
from rules.policies import PolicyBook
from store.engine import make_engine, read
from store.files import FileStore
from store.key_file import key_ring
from store.keys import KeyRing
from store.person_keys import require_keys
from store.settings import Settings
from store.tables.keys import person_key

POLICIES = Path(__file__).parents[1] / "policies"


@dataclass(frozen=True)
class Station:
    """What every process of a station needs: the database, the keys, the law and the file store."""

    engine: Engine
    keyring: KeyRing
    policies: Policies
    files: FileStore

    @property
    def intake(self) -> Intake:
        return Intake(self.engine, self.keyring, self.policies)

    @property
    def subsidy_intake(self) -> SubsidyIntake:
        return SubsidyIntake(self.engine, self.keyring, self.policies)

    @property
    def publishing(self) -> Publishing:
        return Publishing(self.engine, self.keyring, POLICIES, self.policies.calendar.hash)

    @property
    def replaying(self) -> Replaying:
        return Replaying(self.engine, self.keyring, self.policies)

    @property
    def packets(self) -> Packets:
        return Packets(self.engine, self.keyring)

    @property
    def cohorts(self) -> Cohorts:
        return Cohorts(self.engine, self.keyring, POLICIES, self.policies.calendar.hash)

    @property
    def trying(self) -> Trying:
        return Trying(self.engine, self.keyring, POLICIES, self.policies.calendar.hash)


@contextmanager
def open_station(settings: Settings, policies: Path = POLICIES) -> Iterator[Station]:
    """Raises store.keys.KeysUnusable where the keys are missing, or are not those of the record.

    Raises activities.published.LawUnusable where what was published cannot be used by this version.
    """
    engine = make_engine(settings.database_url)
    try:
        keyring = key_ring(settings)
        _require_keys(engine, keyring)
        yield Station(engine, keyring, policies_in_use(engine, policies), FileStore(settings.papers))
    finally:
        engine.dispose()


def _require_keys(engine: Engine, keyring: KeyRing) -> None:
    """A record without tables yet holds nobody whom the keys could fail."""
    with read(engine) as connection:
        if inspect(connection).has_table(person_key.name):
            require_keys(connection, keyring)


def policies_in_use(engine: Engine, folder: Path = POLICIES) -> Policies:
    """The shipped law and what was published; a later publication is taken up within a second or two."""
    days = load_calendar(folder / "calendars")
    published = PublishedLaw(engine, folder, days.hash)
    return Policies(published.book(), days, published)


def load_policies(folder: Path = POLICIES) -> Policies:
    days = load_calendar(folder / "calendars")
    return Policies(PolicyBook.load(folder, calendar_hash=days.hash), days)


def load_calendar(folder: Path) -> Calendar:
    return calendar(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml")))
