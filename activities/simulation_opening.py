"""The simulation of one installation: its record, its law, and where its snapshot lies."""

from activities.bootstrap import POLICIES, Station
from activities.simulating import Simulating
from activities.snapshots import FILE, FOLDER, Snapshots
from store.settings import Settings


def remove_snapshot(settings: Settings) -> None:
    """At once when somebody is erased or restricted; elsewhere the next look finds out."""
    (settings.data / FOLDER / FILE).unlink(missing_ok=True)


def simulating_of(station: Station, settings: Settings) -> Simulating:
    snapshots = Snapshots(station.engine, station.keyring, settings.data / FOLDER)
    return Simulating(station.engine, station.keyring, POLICIES, station.policies.calendar.hash, snapshots)
