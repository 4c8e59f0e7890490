"""The text in which a determination is kept: a line for its outcome, for each fact that was read, for each finding.

What the policy says of its rules stands on a sheet, by whose hash the first line names it. A text of before is one line
that holds everything; both are read here.
"""

import json
import re
from dataclasses import fields
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final, NamedTuple, cast

from pydantic import TypeAdapter

from cases.canonical import Json, canonical, from_canonical
from cases.commitments import LINE_END
from cases.determinations import Determination, Finding
from store.finding_sheets import Sheet, SheetMissing, Sheets

DETERMINATION: Final = TypeAdapter(Determination)
FINDINGS: Final = TypeAdapter(tuple[Finding, ...])
RULE: Final = "rule"
ON_SHEET: Final = ("role", "reason", "authority", "rests_on", "beaten")
NOT_IN_OUTCOME: Final = {"findings", "facts_json"}
_IN_A_LINE: Final = {"__all__": set(ON_SHEET)}
_ON_A_SHEET: Final = {"__all__": {each.name for each in fields(Finding)} - {RULE, *ON_SHEET}}
MOST_SHEETS: Final = 256
_of_rule: Final = attrgetter(RULE, *ON_SHEET)
# Within a text a quotation mark is written \", so these are where one finding, or one fact, ends and the next begins.
_NEXT_FINDING: Final = b'},{"rule":', b'}\n{"rule":'
_NEXT_FACT: Final = re.compile(r',(?="\w)')
_Said = tuple[tuple[object, ...], ...]


class Written(NamedTuple):
    """A tuple, as they are made by the hundred."""

    lines: list[bytes]
    sheet: Sheet

    @property
    def text(self) -> bytes:
        return LINE_END.join(self.lines)


class Writer:
    """Remembers what was last said of each policy's rules: most determinations of a policy say the same."""

    def __init__(self) -> None:
        self._sheets: dict[str, tuple[_Said, Sheet, bytes]] = {}

    def written(self, made: Determination) -> Written:
        said = tuple(map(_of_rule, made.findings))
        found = self._sheets.get(made.policy_hash)
        if found is None or found[0] != said:
            found = self._remembered(made, said)
        lines = [found[2] + DETERMINATION.dump_json(made, exclude=NOT_IN_OUTCOME)[1:], *_facts(made.facts_json)]
        if made.findings:
            lines += FINDINGS.dump_json(made.findings, exclude=_IN_A_LINE)[1:-1].replace(*_NEXT_FINDING).split(LINE_END)
        return Written(lines, found[1])

    def _remembered(self, made: Determination, said: _Said) -> tuple[_Said, Sheet, bytes]:
        content = FINDINGS.dump_json(made.findings, exclude=_ON_A_SHEET)
        sheet = Sheet(sha256(content).hexdigest(), made.policy_hash, content.decode())
        if len(self._sheets) >= MOST_SHEETS:
            self._sheets.clear()
        self._sheets[made.policy_hash] = said, sheet, b'{"sheet":"%b",' % sheet.hash.encode()
        return self._sheets[made.policy_hash]


def lines_of(text: bytes) -> list[bytes]:
    return text.split(LINE_END)


def whole_text(text: str, sheets: Sheets) -> str:
    """All of a kept determination as one JSON object. Raises SheetMissing."""
    first, *others = text.split("\n")
    outcome: dict[str, Any] = json.loads(first)
    hash_ = outcome.pop("sheet", None)
    if hash_ is None:
        return text  # of before there were sheets
    if hash_ not in sheets:
        raise SheetMissing(f"The sheet {hash_} of a kept determination is not there, or is not the one of its hash.")
    facts = [line for line in others if line.startswith('"')]
    of_rule = {each[RULE]: each for each in json.loads(sheets[hash_])}
    findings = [_finding(json.loads(line), of_rule) for line in others if line.startswith("{")]
    whole = {**outcome, "findings": findings, "facts_json": f"{{{','.join(facts)}}}"}
    in_order = {each.name: whole[each.name] for each in fields(Determination) if each.name in whole}
    return json.dumps(in_order, ensure_ascii=False, separators=(",", ":"))


def _finding(line: dict[str, Any], of_rule: dict[str, dict[str, Any]]) -> dict[str, Any]:
    whole = {**of_rule[line[RULE]], **line}
    return {each.name: whole[each.name] for each in fields(Finding) if each.name in whole}


def _facts(facts_json: str) -> list[bytes]:
    """The facts, a line each, which joined by commas are the text again."""
    inside = facts_json[1:-1]
    if not inside:
        return []
    if "{" not in inside and "[" not in inside:
        return _NEXT_FACT.sub("\n", inside).encode().split(LINE_END)
    facts = cast("dict[str, Json]", from_canonical(facts_json))
    return [canonical({name: value})[1:-1].encode() for name, value in facts.items()]
