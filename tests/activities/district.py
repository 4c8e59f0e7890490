"""A district whose insurance subsidy changes, with a case for each kind of person whom that reaches."""

from dataclasses import replace
from datetime import date
from typing import Final

from activities.bootstrap import policies_in_use
from activities.cohort_follow_up import followed_up
from activities.cohorts import Cohorts
from activities.intake import read_registration
from cases.cohorts import FollowUp
from cases.subsidy.case import SubsidyCase
from rules.simulated_effects import Effect
from store.cases import load_subsidy
from store.engine import read, write
from store.erasure import erase_worker
from store.ulids import new_id
from tests.activities.office import Office
from tests.activities.subsidy_office import SubsidyOffice
from tests.applications import flexible_facts
from tests.cohort_drafts import facts_with, plant_change, publish_change
from tests.registrations import a_registration
from tests.store.builders import an_erasure

OFFICER: Final = "policy-officer-1"
ALL: Final = date(2026, 1, 1)


class District:
    """Cases of one month's insurance each, all known before the change; time is that of the office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.cases: dict[str, SubsidyOffice] = {}

    def applies(self, name: str, fact: tuple[str, object]) -> SubsidyOffice:
        station, at = self.office.station, self.office.now
        with write(station.engine) as connection:
            registration = read_registration(a_registration())
            worker = station.intake.enter_within(connection, registration, f"worker-{new_id(at)}", "caseworker-1", at)
        counter = SubsidyOffice(self.office)
        counter.applies(worker, "2026-01", facts=facts_with(*fact, flexible_facts("2026-01")))
        self.cases[name] = counter
        return counter

    def case(self, name: str) -> SubsidyCase:
        with read(self.office.station.engine) as connection:
            return load_subsidy(connection, self.cases[name].case.id)

    def catches_up(self, name: str) -> SubsidyOffice:
        """What its workflow does once it was asked."""
        counter = self.cases[name]
        counter._case = self.case(name)  # the counter follows what the engine did
        counter._determine()
        return counter

    @property
    def cohorts(self) -> Cohorts:
        return self.office.station.cohorts

    def report(self) -> dict[str, Effect]:
        found = self.cohorts.report("proposal-1", OFFICER, ALL, self.office.now)
        names = {counter.case.id: name for name, counter in self.cases.items()}
        return {names[case.case_id]: Effect(case.effect) for case in found.cases}

    def changes(self, since: date, published: date | None = None) -> None:
        with write(self.office.station.engine) as connection:
            plant_change(connection, self.office.station.keyring, since, published)

    def publishes(self) -> None:
        """Yesterday, so that it is in use today."""
        station = self.office.station
        with write(station.engine) as connection:
            publish_change(connection, station.keyring, self.office.today)
        self.office.station = replace(station, policies=policies_in_use(station.engine))

    def follows_up(self) -> int:
        return self.cohorts.open_follow_ups("proposal-1", OFFICER, self.office.now)

    def erases(self, name: str) -> None:
        station = self.office.station
        with write(station.engine) as connection:
            erase_worker(connection, station.keyring, self.case(name).person, an_erasure(at=self.office.now))

    @property
    def states(self) -> dict[str, FollowUp]:
        names = {counter.case.id: name for name, counter in self.cases.items()}
        return {names[each.case_id]: each.state for each in followed_up(self.office.station.engine, "proposal-1")}
