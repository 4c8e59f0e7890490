"""One month's applications for a subsidy, from the file to the bank file, in a process that may be killed.

    python -m bench.subsidies_month FOLDER [--applications N]

Run again in the same folder it goes on where it was. Its people are invented, their numbers of a region never issued.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select

from activities.bank_files import BankFiles
from activities.bootstrap import Station, open_station
from activities.engine_process import EngineProcess
from activities.progress import Progress
from activities.records import commit
from activities.subsidy_month import Month, together
from activities.subsidy_month_lines import lines_of
from activities.subsidy_notices import Notices
from bench.processes import resident_megabytes
from cases.commands import Command, body_of
from cases.identity import check_character, parse_identity
from cases.payees import PayeeAccount
from cases.phones import parse_phone
from cases.refusals import Refusal, Refused
from cases.roles import Role
from cases.steps import Step
from cases.subsidy.progress import next_dated
from cases.subsidy.stages import Applicant, Stage
from cases.zone import STATION_ZONE
from store.cases import load_subsidy
from store.engine import read, write
from store.migrate import upgrade
from store.payees import keep_account
from store.people import NewWorker, register_worker
from store.seed import plant_examples
from store.settings import Settings
from store.steps import step_key
from store.subsidy_month import cases_in_stage
from store.tables.people import worker

POLICY, STATION, PLACE = "flexible-insurance", "station-1", "cn-50-99"
CLERK, OFFICER, SECOND = "caseworker-1", "officer-1", "officer-2"
MONTH: Final = "2026-08"
OPENED: Final = datetime.combine(date(2026, 9, 1), clock(10, 0), STATION_ZONE).astimezone(UTC)
PAID: Final = OPENED + timedelta(days=21)  # after the days of the public notice
AT_ONCE: Final = 500
NAMES: Final = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸")


def applicants(station: Station, number: int) -> None:
    """Workers of the ledger with an account each; those that are there already stay."""
    with read(station.engine) as connection:
        known = connection.scalar(select(func.count()).select_from(worker)) or 0
    for start in range(known, number, AT_ONCE):
        with write(station.engine) as connection:
            for n in range(start, min(start + AT_ONCE, number)):
                worker_id = register_worker(connection, station.keyring, _worker(n))
                account = PayeeAccount(_name(n), "示例银行", f"{10_000_000_000 + n}")
                keep_account(connection, station.keyring, Applicant.WORKER, worker_id, account, CLERK, OPENED)
        tell("people", start + AT_ONCE)


def _name(n: int) -> str:
    return "演" + "".join(NAMES[int(digit)] for digit in str(n))


def _worker(n: int) -> NewWorker:
    day = OPENED.date()
    return NewWorker(
        name=_name(n),
        identity=parse_identity(_identity(n), day),
        phone=parse_phone(f"134{n:08d}"),
        station_id=STATION,
        registered_on=day,
        registered_by=CLERK,
        recorded_at=OPENED,
        id=f"worker-{n:06d}",
    )


def _identity(n: int) -> str:
    born = date(1970, 1, 1) + timedelta(days=n // 999)
    first = f"699999{born:%Y%m%d}{n % 999 + 1:03d}"
    return first + check_character(first)


def written(folder: Path, number: int) -> Path:
    """The file of applications: one line of JSON each, as a city would hand them over."""
    path = folder / "applications.jsonl"
    if not path.exists():
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            for n in range(number):
                file.write(json.dumps(application(n), ensure_ascii=False) + "\n")
        part.rename(path)
    return path


def application(n: int) -> dict[str, Any]:
    """Most are granted; some do work that is not listed, and some left out how many months they have had."""
    kind = "other_kind" if n % 25 == 7 else "ride_hail"  # noqa: PLR2004  # four in a hundred
    left_out = n % 33 == 5  # noqa: PLR2004  # three in a hundred
    paid = {"month": MONTH, "pension": 50_000 + n % 400 * 100, "medical": 25_000 + n % 30 * 100, "by_self": True}
    facts = [
        _said("flexible_work", value=True),
        _said("flexible_kind", value=kind),
        _said("minimum_living", value=True),
        _said("local_hukou", value=True),
        _said("zero_employment_family", value=False),
        _said("retirement_month", value="2040-01", source="recognition"),
        _said("employment_difficulty", value=True, source="recognition"),
        _said("own_payments", value=[paid]),
        *([] if left_out else [_said("stop_events", value=[]), _said("past_grants", value=[])]),
    ]
    return {
        "key": f"{MONTH}/{n}",
        "station": STATION,
        "policy": POLICY,
        "applicant": {"worker": f"worker-{n:06d}"},
        "periods": [MONTH],
        "said_true": True,
        "facts": facts,
    }


def _said(name: str, *, value: object, source: str = "record") -> dict[str, Any]:
    body = {"body": "示例区就业服务中心", "paper": "示例认〔2026〕1号"} if source == "recognition" else {}
    day = f"{OPENED:%Y-%m-%d}"
    return {"name": name, "value": value, "source": source, "established_on": day, "detail": "批量导入", **body}


def run(folder: Path, number: int) -> None:
    settings = Settings(data=folder)
    settings.logs.mkdir(parents=True, exist_ok=True)
    with open_station(settings) as station, EngineProcess(children=1) as engine:
        upgrade(station.engine)
        with write(station.engine) as connection:
            plant_examples(connection, station.keyring, OPENED - timedelta(days=400))
        phase("people", lambda: applicants(station, number))
        path = written(folder, number)
        first = Month(station, engine, together(station, OPENED), _refuse, _told)
        phase("taken and determined", lambda: first.take(lines_of(path), CLERK, OPENED))
        phase("adopted", lambda: first.adopt(STATION, POLICY, OFFICER, OPENED))
        notices = Notices(station, together(station, OPENED), _told, chunk=AT_ONCE)
        phase("notice list", lambda: _unless_none(lambda: notices.publish(STATION, POLICY, OFFICER, OPENED)))
        phase("days of notice", lambda: ring(station, PAID))
        later = Month(station, engine, together(station, PAID), _refuse, _told)
        phase("accepted", lambda: later.accept(STATION, POLICY, SECOND, PAID, "示例区自行采用"))
        phase("checked and ordered", lambda: later.order(STATION, POLICY, SECOND, PAID))
        files = BankFiles(station, together(station, PAID), _told, chunk=AT_ONCE)
        phase("bank file", lambda: _unless_none(lambda: files.make(STATION, SECOND, PAID)))


def _unless_none(make: Any) -> object:  # noqa: ANN401  # either of two desks
    """Made before this process was begun, there is nothing left to make."""
    try:
        return make()
    except Refused as refused:
        if {reason.code for reason in refused.refusals} <= {"nothing-waits", "nothing-ordered"}:
            return None
        raise


def ring(station: Station, until: datetime) -> int:
    """What time brings to the cases on the list, as their workflows' timers would bring it."""
    rung, after = 0, ""
    while True:
        with write(station.engine) as connection:
            ids = cases_in_stage(connection, STATION, POLICY, Stage.NOTICE, after, AT_ONCE)
            for case_id in ids:
                case = load_subsidy(connection, case_id)
                while (dated := next_dated(case)) and dated.at <= until and case.stage is Stage.NOTICE:
                    kind, body = dated.act.KIND, body_of(dated.act)
                    step = Step(
                        case,
                        step_key(case.id, *dated.key),
                        Command("/".join(dated.key), kind, Role.ENGINE, body),
                        dated.at,
                    )
                    done = commit(connection, station.keyring, station.policies, step, case)
                    case, rung = load_subsidy(connection, done.case.id), rung + 1
        if not ids:
            return rung
        after = ids[-1]
        tell("alarms", rung)


def phase(name: str, work: Any) -> None:  # noqa: ANN401  # whatever it gives is not looked at
    began, used = time.perf_counter(), time.process_time()
    work()
    tell(name, took=time.perf_counter() - began, cpu=time.process_time() - used, done=1)


def tell(what: str, done: int, **more: float) -> None:
    said = {"what": what, "done": done, "mb": round(resident_megabytes(os.getpid()), 1), **more}
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def _told(progress: Progress) -> None:
    tell(progress.what.en, progress.done)


def _refuse(of: str, reasons: Sequence[Refusal]) -> None:
    tell(f"refused {of}: {', '.join(reason.code for reason in reasons)}", 0)


def main(words: Iterable[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench.subsidies_month")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--applications", type=int, default=50_000)
    asked = parser.parse_args(list(words))
    run(asked.folder, asked.applications)


if __name__ == "__main__":
    main(sys.argv[1:])
