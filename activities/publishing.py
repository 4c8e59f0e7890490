"""Proposing a policy file, trying every example of the book with it, and publishing it as a second person."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine

from activities.throw_away import MEMORY_BYTES, Ending, Run, run_once
from cases.days import ONE_DAY, day_of
from cases.refusals import Refusal, Refused, refusal
from store.engine import read, write
from store.keys import KeyRing
from store.policy_files import (
    Overtaken,
    content,
    newest_publication,
    proposal,
    propose,
    publish,
    published_texts,
    record_check,
    withdraw,
)
from store.policy_proposals import Check, NewProposal, Proposal, Publication, Withdrawal
from store.policy_reach import policy_officer, writes_law_for
from store.policy_refusals import NO_SUCH_PROPOSAL, NOT_PASSED, OVERTAKEN, SECOND_PERSON

SECONDS: Final = 60  # for reading the book twice and running every example
LONGEST: Final = 1_000_000
CHILD: Final = "activities.policy_child"
TRIES: Final = 3  # while others publish other files at the same time
FILE_ERROR, LAW_IN_FORCE = "policy-file", "law-in-force"


@dataclass(frozen=True)
class Looked:
    """What a text came to in the process of its own; no `files` where it could not even be read."""

    files: tuple[Mapping[str, str], ...]
    errors: tuple[Refusal, ...]
    report: Mapping[str, Any]

    @property
    def passed(self) -> bool:
        return not self.errors and bool(self.report["all_run"]) and not self.report["failed"]


@dataclass(frozen=True)
class Publishing:
    """`shipped`: the folder of shipped files. `child` and what follows: the process in which examples run."""

    engine: Engine
    keyring: KeyRing
    shipped: Path
    calendar_hash: str
    child: str = CHILD
    seconds: int = SECONDS
    memory: int = MEMORY_BYTES

    def look(self, name: str, text: str, today: date, *, examples: bool = True) -> Looked:
        """Read it, compare it with the book in use, and run the examples; nothing is kept."""
        if len(text) > LONGEST:
            raise Refused((TOO_LONG,))
        with read(self.engine) as connection:
            published = [each.content for each in published_texts(connection)]
        request = {
            "shipped": str(self.shipped),
            "published": published,
            "proposed": (name, text),
            "calendar": self.calendar_hash,
            "today": today.isoformat(),
            "examples": examples,
        }
        return _looked(run_once(self.child, request, self.seconds, self.memory))

    def propose(self, new_id: str, name: str, text: str, staff_id: str, why: str, at: datetime) -> Proposal:
        """Keep the proposal with what became of its examples. Raises Refused with every error of the file."""
        with read(self.engine) as connection:
            require_officer(connection, staff_id, day_of(at))
            if earlier := proposal(connection, new_id):
                return earlier
        looked = self.look(name, text, day_of(at))
        if looked.errors:
            raise Refused(looked.errors)
        if not any(each["changes"] for each in looked.report["differences"]["files"]):
            raise Refused((NO_CHANGE,))
        files = tuple(each["name"] for each in looked.files)
        places = tuple(dict.fromkeys(each["jurisdiction"] for each in looked.files))
        with write(self.engine) as connection:
            require_reach(connection, staff_id, places, day_of(at))
            new = NewProposal(new_id, files, places, text, staff_id, why)
            kept = propose(connection, self.keyring, new, at)
            record_check(connection, self.keyring, new_id, Check(looked.passed, looked.report, staff_id, at))
        return kept

    def check(self, proposal_id: str, staff_id: str, at: datetime) -> Check:
        """Run the examples anew: the book, or the machine, may have changed since."""
        found, text = self._open(proposal_id, staff_id, day_of(at))
        looked = self.look(found.files[0], text, day_of(at))
        check = Check(looked.passed, looked.report, staff_id, at)
        with write(self.engine) as connection:
            record_check(connection, self.keyring, proposal_id, check)
        return check

    def publish(self, proposal_id: str, staff_id: str, why: str, at: datetime) -> Publication:
        """As a second person, once every example has come out now. Raises Refused with why not."""
        for _ in range(TRIES):
            with suppress(Overtaken):
                return self._publish(proposal_id, staff_id, why, at)
        raise Overtaken((OVERTAKEN,))

    def _publish(self, proposal_id: str, staff_id: str, why: str, at: datetime) -> Publication:
        found, text = self._open(proposal_id, staff_id, day_of(at))
        if found.proposed_by == staff_id:
            raise Refused((SECOND_PERSON,))
        with read(self.engine) as connection:
            newest = newest_publication(connection)
        looked = self.look(found.files[0], text, day_of(at))
        check = Check(looked.passed, looked.report, staff_id, at)
        if not check.passed:
            with write(self.engine) as connection:
                record_check(connection, self.keyring, proposal_id, check)
            raise Refused(looked.errors or (NOT_PASSED,))
        with write(self.engine) as connection:
            require_reach(connection, staff_id, found.jurisdictions, day_of(at))
            now = proposal(connection, proposal_id)
            if now is None or now.sha256 != found.sha256:
                raise Overtaken((OVERTAKEN,))  # what is published is what was tried
            return publish(connection, self.keyring, proposal_id, check, day_of(at) + ONE_DAY, why, newest)

    def withdraw(self, proposal_id: str, staff_id: str, why: str, at: datetime) -> Proposal:
        found, _ = self._open(proposal_id, staff_id, day_of(at))
        withdrawal = Withdrawal(staff_id, at, why)
        with write(self.engine) as connection:
            withdraw(connection, self.keyring, proposal_id, withdrawal)
        return replace(found, withdrawal=withdrawal)

    def _open(self, proposal_id: str, staff_id: str, on: date) -> tuple[Proposal, str]:
        with read(self.engine) as connection:
            require_officer(connection, staff_id, on)
            found = proposal(connection, proposal_id)
            if found is None:
                raise Refused((NO_SUCH_PROPOSAL,))
            require_reach(connection, staff_id, found.jurisdictions, on)
            return found, content(connection, found.sha256)


def _looked(run: Run) -> Looked:
    said: dict[str, Any] = {key: value for line in run.lines for key, value in line.items()}
    examples = [line["example"] for line in run.lines if "example" in line]
    report = {
        "ended": run.ending.value,
        "touched": said.get("touched", []),
        "differences": said.get("differences", {}),
        "run": len(examples),
        "all_run": bool(said.get("all_run")) and run.ending is Ending.DONE,
        "failed": [each for each in examples if each["problems"]],
        "last": examples[-1]["name"] if examples else "",
    }
    errors = [_error(each) for each in said.get("errors", [])]
    errors += [_touched(each) for each in report["touched"]]
    if not errors and "differences" not in said:
        errors.append(_not_read(run.ending))
    return Looked(tuple(said.get("files", ())), tuple(errors), report)


def _error(error: Mapping[str, Any]) -> Refusal:
    zh, en = _at(error["file"], error["line"], error["column"])
    return refusal(FILE_ERROR, f"{zh}{error['zh']}", f"{en}{error['en']}")


def _touched(each: Mapping[str, Any]) -> Refusal:
    zh, en = _at(each["place"]["file"], each["place"]["line"], each["place"]["column"])
    return refusal(LAW_IN_FORCE, f"{zh}{each['wording']['zh']}", f"{en}{each['wording']['en']}")


def _at(file: str, line: int, column: int) -> tuple[str, str]:
    return f"{file} 第{line}行第{column}列：", f"{file}, line {line}, column {column}: "


def _not_read(ending: Ending) -> Refusal:
    label = ending.label
    return refusal(FILE_ERROR, f"读取这份文件的进程{label.zh}。", f"The process that read this file {label.en}.")


def require_officer(connection: Connection, staff_id: str, on: date) -> None:
    if not policy_officer(connection, staff_id, on).reaches:
        raise Refused((NOT_A_POLICY_OFFICER,))


def require_reach(connection: Connection, staff_id: str, places: Iterable[str], on: date) -> None:
    officer = policy_officer(connection, staff_id, on)
    for place in places:
        if not writes_law_for(connection, officer, place):
            zh, en = f"{place}的政策不在您的职责范围内。", f"Policies of {place} are not yours to write."
            raise Refused((refusal("not-your-place", zh, en),))


NOT_A_POLICY_OFFICER: Final = refusal(
    "not-a-policy-officer", "提议和发布政策由政策专员办理。", "Policies are proposed and published by policy officers."
)
TOO_LONG: Final = refusal(FILE_ERROR, f"文件超过{LONGEST}个字符。", f"The file is longer than {LONGEST} characters.")
NO_CHANGE: Final = refusal(
    "no-change", "这份文件与现行的没有区别。", "This file says nothing that the one in use does not say."
)
