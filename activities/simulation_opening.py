"""The simulation of one installation: its record, its law, and where its snapshot lies."""

from activities.bootstrap import POLICIES, Station
from activities.simulating import Simulating
from activities.snapshots import Snapshots
from store.settings import Settings


def simulating_of(station: Station, settings: Settings) -> Simulating:
    snapshots = Snapshots(station.engine, station.keyring, settings.data / "snapshots")
    return Simulating(station.engine, station.keyring, POLICIES, station.policies.calendar.hash, snapshots)
