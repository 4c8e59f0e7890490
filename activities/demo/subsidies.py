"""Subsidies of the demonstration: applied for by people of the ledger, one at each point where somebody has to act."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from activities.demo import lists
from activities.demo.director import Director
from activities.demo.ledger import REGISTERED_BY
from activities.demo.lives import CASTS, By
from activities.demo.people import Invented
from activities.determining import Determining
from activities.records import commit
from activities.subsidy_intake import read_application
from activities.subsidy_record import StoredSubsidyRecord
from cases.commands import Command, body_of
from cases.days import add_months, day_of
from cases.payees import PayeeAccount
from cases.refusals import Refused
from cases.roles import Role
from cases.steps import PolicyStep, Step
from cases.subsidy.acts import Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.determining import AdoptDetermination
from cases.subsidy.noticing import PublishNotice
from cases.subsidy.paying import AcceptUnverified, OrderPayment, Recheck, SendPayment, SettlePayment
from cases.subsidy.progress import next_dated, policies_due
from cases.subsidy.stages import Applicant
from store.payees import keep_account
from store.seed_past import DEMO_KEY

POLICY: Final = "flexible-insurance"
ACCOUNT: Final = "6200990000000001"
OFFICER, SECOND = By.OFFICER, By.SECOND_OFFICER
SceneAct = Callable[["_Played", str, datetime], Act]


@dataclass(frozen=True)
class Moment:
    """So many days after the application, by whom, and what."""

    day: int
    by: By
    act: SceneAct
    then: Callable[["_Played", str, datetime], None] = lambda *_: None  # once the case knows


@dataclass(frozen=True)
class SubsidyLife:
    """`months` before the application are claimed; `untold` facts are still to be asked."""

    name: str
    station: str
    ago: int
    months: int
    moments: tuple[Moment, ...] = ()
    untold: frozenset[str] = frozenset()
    accepts: int | None = None  # at which moment the unverified values are accepted


def _determination(case: SubsidyCase) -> str:
    if case.standing is None:
        raise LookupError(case.id)
    return case.standing.id


def _chosen_for_list(played: "_Played", officer: str, at: datetime) -> Act:
    return PublishNotice(lists.chosen_for_list(played.director.connection, played.case, officer, at))


def _list_is_whole(played: "_Played", officer: str, at: datetime) -> None:
    lists.list_is_whole(played.director.connection, played.director.station, played.case, officer, at)


def _chosen_for_file(played: "_Played", officer: str, at: datetime) -> Act:
    batch = lists.chosen_for_file(played.director.connection, played.case, officer, at)
    return SendPayment(played.case.payments[-1].id, batch)


def _file_is_whole(played: "_Played", officer: str, at: datetime) -> None:
    lists.file_is_whole(played.director.connection, played.director.station, played.case, officer, at)


def _paid(played: "_Played", _: str, at: datetime) -> Act:
    return SettlePayment(played.case.payments[-1].id, paid=True, settled_on=day_of(at))


_GRANTED: Final = Moment(3, OFFICER, lambda played, *_: AdoptDetermination(_determination(played.case)))
_SHOWN: Final = Moment(4, OFFICER, _chosen_for_list, _list_is_whole)
_PAID: Final = (
    Moment(20, OFFICER, lambda *_: Recheck()),
    Moment(20, SECOND, lambda *_: OrderPayment()),
    Moment(21, SECOND, _chosen_for_file, _file_is_whole),
    Moment(23, SECOND, _paid),
)
LIVES: Final = (
    SubsidyLife("subsidy-to-decide", "station-1", ago=5, months=2),
    SubsidyLife("subsidy-facts-missing", "station-2", ago=6, months=1, untold=frozenset({"flexible_work"})),
    SubsidyLife("subsidy-shown", "station-2", ago=6, months=3, moments=(_GRANTED, _SHOWN)),
    SubsidyLife("subsidy-running", "station-1", ago=34, months=2, moments=(_GRANTED, _SHOWN, *_PAID), accepts=3),
)


def plant_subsidies(director: Director, people: Sequence[Invented]) -> None:
    """Of people who have no hardship case. Where the law of the day has no such subsidy, nobody applies."""
    left = {station: [p for p in people if p.station == station] for station in REGISTERED_BY}
    for life in LIVES:
        person = next(iter(left[life.station]), None)
        if person is None:
            continue
        left[life.station].remove(person)
        try:
            _Played(director, life, director.workers[person.id], person.name).play()
        except Refused:
            return


@dataclass
class _Played:
    director: Director
    life: SubsidyLife
    worker_id: str
    name: str
    _case: SubsidyCase | None = field(default=None, repr=False)

    @property
    def case(self) -> SubsidyCase:
        if self._case is None:
            raise LookupError(self.life.name)
        return self._case

    def play(self) -> None:
        days, life = self.director.days, self.life
        begins = days.before(life.ago)
        wanted = [begins + timedelta(day) for day in (0, *(moment.day for moment in life.moments))]
        instants = days.instants(wanted, begins, Random(life.name))  # noqa: S311  # nothing secret
        self._apply(instants[0])
        for place, (moment, at) in enumerate(zip(life.moments, instants[1:], strict=True)):
            self._ring(at)
            if place == life.accepts:
                self._accept(at)
            actor = CASTS[life.station][moment.by]
            self._does(moment.act(self, actor, at), actor, at, f"{place}")
            moment.then(self, actor, at)
        self._ring(days.now)

    def _apply(self, at: datetime) -> None:
        months = tuple(_months_before(day_of(at), self.life.months))
        fields = {
            "key": f"{DEMO_KEY}{self.life.name}",
            "station": self.life.station,
            "policy": POLICY,
            "applicant": {"worker": self.worker_id},
            "periods": list(months),
            "said_true": True,
            "facts": [fact for fact in _facts(months, day_of(at)) if fact["name"] not in self.life.untold],
        }
        intake = self.director.station.subsidy_intake
        by, connection = REGISTERED_BY[self.life.station], self.director.connection
        self._case = intake.apply_within(connection, read_application(fields), by, at)
        account = PayeeAccount(self.name, "示例银行", ACCOUNT)
        keyring = self.director.station.keyring
        keep_account(connection, keyring, Applicant.WORKER, self.worker_id, account, by, at)
        self._determine(at)

    def _accept(self, at: datetime) -> None:
        station = self.director.station
        record = StoredSubsidyRecord(self.director.connection, station.keyring, station.policies)
        for value in record.unverified_values(self.case):
            act = AcceptUnverified(value, "示例区自行采用，已书面确认")
            self._does(act, CASTS[self.life.station][SECOND], at, f"accept/{value}")

    def _does(self, act: Act, actor: str, at: datetime, *key: str) -> None:
        name = f"{DEMO_KEY}{self.life.name}/{'/'.join(key)}"
        self._write(Command(name, act.KIND, actor, body_of(act)), at, "act", name)

    def _ring(self, until: datetime) -> None:
        """All that time brings on the way, at its instant."""
        while (dated := next_dated(self.case)) and dated.at <= until:
            command = Command("/".join(dated.key), dated.act.KIND, Role.ENGINE, body_of(dated.act))
            self._write(command, dated.at, *dated.key)

    def _write(self, command: Command, at: datetime, *key: str) -> None:
        case, station = self.case, self.director.station
        step = Step(case, "/".join((case.id, *key)), command, at)
        done = commit(self.director.connection, station.keyring, station.policies, step, case)
        self._case = done.case_as(SubsidyCase)
        self._determine(at)

    def _determine(self, at: datetime) -> None:
        station = self.director.station
        determining = Determining(station.engine, station.keyring, station.policies, self.director.rule_engine)
        while policy := next(policies_due(self.case), None):
            case = self.case
            key = f"{case.id}/determination/{policy}/{case.facts_seen}"
            done = determining.determine_within(self.director.connection, PolicyStep(case, key, policy, at))
            self._case = done.case_as(SubsidyCase)


def _months_before(on: date, number: int) -> Iterator[str]:
    for back in range(number, 0, -1):
        yield f"{add_months(on.replace(day=1), -back):%Y-%m}"


def _facts(months: Sequence[str], on: date) -> list[dict[str, Any]]:
    """What a rider with employment difficulty brings to the counter."""
    seen = {"source": "record", "established_on": on.isoformat(), "detail": "联网核验"}
    body = {"body": "示例区就业服务中心", "paper": "示例认〔2026〕1号"}
    recognised = {"source": "recognition", "established_on": on.isoformat(), "detail": "查验认定文书", **body}
    payments = [{"month": month, "pension": 60_000, "medical": 30_000, "by_self": True} for month in months]
    retires = f"{on.year + 12}-06"
    return [
        {"name": "flexible_work", "value": True, **seen},
        {"name": "flexible_kind", "value": "ride_hail", **seen | {"source": "statement", "detail": "本人陈述"}},
        {"name": "minimum_living", "value": True, **seen},
        {"name": "local_hukou", "value": True, **seen},
        {"name": "zero_employment_family", "value": False, **seen},
        {"name": "employment_difficulty", "value": True, **recognised},
        {"name": "retirement_month", "value": retires, **recognised},
        {"name": "stop_events", "value": [], **seen},
        {"name": "past_grants", "value": [], **seen},
        {"name": "own_payments", "value": payments, **seen},
    ]
