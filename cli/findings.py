"""What doctor says of one thing: there or not, which version, why it matters.

Standard library only: doctor also runs before anything is installed.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from cases.wording import Wording


class State(StrEnum):
    WELL = "well"
    MISSING = "missing"
    NOT_YET = "not yet"  # made on first use, or needed only by tests


MARKS = {State.WELL: "✓", State.MISSING: "✗", State.NOT_YET: "·"}


@dataclass(frozen=True)
class Finding:
    name: str
    state: State
    detail: str
    why: Wording


def as_json(findings: Iterable[Finding]) -> str:
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2)


def as_lines(findings: Iterable[Finding]) -> list[str]:
    return [
        f"{MARKS[finding.state]} {finding.name:<24} {finding.detail}\n    {finding.why.zh} · {finding.why.en}"
        for finding in findings
    ]


def all_well(findings: Iterable[Finding]) -> bool:
    return all(finding.state is not State.MISSING for finding in findings)
