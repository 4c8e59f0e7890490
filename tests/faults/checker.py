"""Says whether a record holds what its clerks were told, once each: from its file and the clerks' journal alone.

Shares no code with Yizhan: it and `evidence.py` import the standard library only, so that no mistake of the product can
hide itself here.

    python -m tests.faults.checker RECORD.db JOURNAL.jsonl PAPERS-FOLDER

prints counts and every finding; exit 1 if there is one.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.faults.evidence import REGISTRATION, Event, Finding, Record, Row, Told, differs, whole_file
from tests.faults.payments_checked import applications, papers_of_subsidies, payments

# What one acknowledged command of each kind leaves in which table, counted case by case.
LEAVES = {
    "record-guidance": "service",
    "record-talk": "talk",
    "record-referral": "referral",
    "enrol-training": "training",
    "open-need": "need",
    "record-placement": "placement",
    "adopt-determination": "decision",
    "confirm-departure": "decision",
}
# The paper that a command makes due.
OWES = {
    "record-referral": "referral-letter",
    "record-placement": "agreement",
    "propose-exit": "exit-notice",
    "approve-closure": "closing-notice",
}
AGREEMENTS = {"labour-contract", "part-time-contract", "public-post-agreement"}
FOLLOW_UPS_OF_A_PLACEMENT = 3
ENDING = "approve-closure"


def check(record: Record, told: Told, papers: Path) -> list[Finding]:
    found = [
        *_storm_as_planned(told),
        *_whole(record),
        *_registrations(record, told),
        *_commands(record, told),
        *_nothing_invented(record, told),
        *_revisions(record),
        *_endings(record, told),
        *_effects(record, told),
        *_decisions(record),
        *_leaves_of_determinations(record),
        *_log(record),
        *_determinations(record),
        *_papers(record, told, papers),
        *applications(record, told),
        *payments(record, told),
        *papers_of_subsidies(record, papers),
        *_messages(record),
    ]
    return sorted(found)


def _storm_as_planned(told: Told) -> Iterator[Finding]:
    planned, killed = told.planned(), told.count("killed")
    if killed < planned["kills"]:
        yield Finding("unfinished", f"only {killed} of {planned['kills']} kills were made")
    if len(list(told.registrations())) < planned["cases"]:
        yield Finding("unfinished", f"fewer than {planned['cases']} cases were registered")


def _whole(record: Record) -> Iterator[Finding]:
    if record.integrity != ["ok"]:
        yield Finding("broken", f"the database file: {record.integrity[:3]}")
    if record.dangling:
        yield Finding("broken", f"{record.dangling} rows refer to rows that are not there")


def _registrations(record: Record, told: Told) -> Iterator[Finding]:
    opened = Counter(step["key"] for step in record.tables["case_step"] if step["kind"] == REGISTRATION)
    for event in told.registrations():
        written, case = opened.pop(f"intake/{event['key']}", 0), told.case_of(event["key"])
        if written > 1:
            yield Finding("double", f"registration {event['key']} was written {written} times")
        if not written or case not in record.cases:
            yield Finding("lost", f"registration {event['key']} is not in the record")
    yield from (Finding("invented", f"a registration {key} that nobody sent") for key in opened)
    if len(record.cases) > len(list(told.registrations())):
        yield Finding("double", f"{len(record.cases)} cases of {len(list(told.registrations()))} registrations")


def _commands(record: Record, told: Told) -> Iterator[Finding]:
    for event in told.acts():
        key, name = event["key"], f"{event['kind']} {event['key']}"
        steps = record.steps(event["case"], f"{event['case']}/act/{key}")
        if len(steps) > 1:
            yield Finding("double", f"{name} was written {len(steps)} times")
        if key in told.refused and event.get("rival") and not steps:
            continue  # another clerk was quicker; how often it was done is counted elsewhere
        if key in told.refused:
            was = "though it had been written" if steps else "though it was in order"
            yield Finding("refused", f"{name} was refused {was}: {told.refused[key]['codes']}")
        elif key not in told.acked:
            yield Finding("unfinished", f"{name} was never answered")
        elif not steps:
            yield Finding("lost", f"{name} was acknowledged and is not in the record")
        else:
            yield from _same_receipts(name, steps[0], told.acked[key])


def _same_receipts(name: str, step: Row, acks: list[Event]) -> Iterator[Finding]:
    kept = json.loads(step["receipt"])
    for ack in acks:
        if any(ack[field] != kept[field] for field in ("revision", "stage", "outcome")):
            yield Finding("broken", f"{name} was acknowledged as {ack}, and the record says {kept}")


def _nothing_invented(record: Record, told: Told) -> Iterator[Finding]:
    for step in record.tables["case_step"]:
        prefix = f"{step['case_id']}/act/"
        if step["key"].startswith(prefix) and step["key"].removeprefix(prefix).split("/")[0] not in told.sent:
            yield Finding("invented", f"a step {step['key']} that nobody sent")


def _revisions(record: Record) -> Iterator[Finding]:
    for case, row in (record.cases | record.subsidies).items():
        revisions = sorted(step["revision"] for step in record.of("case_step", case))
        if revisions != list(range(row["revision"] + 1)):
            yield Finding("broken", f"{case}: at revision {row['revision']} with steps {revisions}")
        events = Counter(event["id"] for event in record.of("audit_event", case))
        if events != Counter(step["key"] for step in record.of("case_step", case)):
            yield Finding("broken", f"{case}: its audit events are not those of its steps")


def _endings(record: Record, told: Told) -> Iterator[Finding]:
    runs = told.runs()
    for case, row in record.cases.items():
        if row["stage"] != "closed" or row["closed_at"] is None or row["outcome"] is None:
            yield Finding("unfinished", f"{case} stands in the stage {row['stage']}")
            continue
        endings = [s for s in record.of("case_step", case) if s["kind"] == ENDING]
        if len(endings) != 1:
            yield Finding("double", f"{case} ended {len(endings)} times")
        said = {ack["outcome"] for e in told.done(case, ENDING) for ack in told.acked[e["key"]]}
        if said != {row["outcome"]}:
            yield Finding("broken", f"{case} ended as {row['outcome']}, and its supervisor was told {said}")
        ended = Counter(runs.get(case, ()))
        if ended["COMPLETED"] != 1 or set(ended) - {"COMPLETED", "CONTINUED_AS_NEW"}:
            yield Finding("broken", f"{case}: the runs of its workflow ended {dict(ended)}")


def _effects(record: Record, told: Told) -> Iterator[Finding]:
    for case in record.cases:
        expected = Counter(LEAVES[e["kind"]] for e in told.done(case, *LEAVES))
        expected["follow_up"] = FOLLOW_UPS_OF_A_PLACEMENT * expected["placement"]
        for table in sorted({*LEAVES.values(), "follow_up"}):
            yield from differs(f"{case}: {table}", len(record.of(table, case)), expected[table])
        meant = Counter(e["vacancy"] for e in told.done(case, "record-referral"))
        made = Counter(row["vacancy_id"] for row in record.of("referral", case))
        if made != meant:
            yield Finding("broken", f"{case} was referred to {dict(made)}, and should have been to {dict(meant)}")
        held = sum(row["held_on"] is not None for row in record.of("follow_up", case))
        yield from differs(f"{case}: follow-ups held", held, len(told.done(case, "record-follow-up")))


def _decisions(record: Record) -> Iterator[Finding]:
    leaves = {row["id"]: row for row in record.tables["log_pending"] if _said(row)["kind"] == "decision"}
    steps = {step["key"] for step in record.tables["case_step"]}
    decided = Counter((row["case_id"], row["determination_id"]) for row in record.tables["decision"])
    yield from (Finding("double", f"{what} was decided {times} times") for what, times in decided.items() if times > 1)
    for row in record.tables["decision"]:
        leaf = leaves.pop(row["id"], None)
        if row["id"] not in steps:
            yield Finding("invented", f"a decision {row['id']} without a step")
        if leaf is None:
            yield Finding("lost", f"decision {row['id']} has no leaf in the decision log")
        elif not _leaf_holds(leaf, row):
            yield Finding("broken", f"decision {row['id']}: its leaf is of something else")
    yield from (Finding("invented", f"a leaf {leaf} without a decision") for leaf in leaves)


def _said(leaf: Row) -> Row:
    said: Row = json.loads(leaf["record"])
    return said


def _digest_holds(leaf: Row) -> bool:
    return bool(hashlib.sha256(b"\x00" + leaf["record"].encode()).digest() == leaf["leaf"])


def _leaf_holds(leaf: Row, decision: Row) -> bool:
    said = _said(leaf)
    same = all(
        said[name] == decision[column]
        for name, column in (("case", "case_id"), ("decision", "id"), ("determination", "determination_id"))
    )
    return same and _digest_holds(leaf) and said["granted"] == bool(decision["granted"])


def _leaves_of_determinations(record: Record) -> Iterator[Finding]:
    leaves = [row for row in record.tables["log_pending"] if _said(row)["kind"] == "determination"]
    proved = Counter((_said(row)["case"], _said(row)["determination"], _said(row)["conclusion"]) for row in leaves)
    made = Counter((row["case_id"], row["id"], row["conclusion"]) for row in record.tables["determination_record"])
    if proved != made:
        yield Finding("broken", f"leaves of determinations: {proved - made} too many, {made - proved} missing")
    yield from (
        Finding("broken", f"the leaf {row['id']} is not of its record") for row in leaves if not _digest_holds(row)
    )


def _log(record: Record) -> Iterator[Finding]:
    """Every leaf waits or has its index, once; and the newest head is theirs."""
    written = {row["id"]: row["leaf"] for row in record.tables["log_pending"]}
    entries = sorted(record.tables["log_entry"], key=lambda row: int(row["leaf_index"]))
    stands = Counter(row["pending_id"] for row in entries) + Counter(row["id"] for row in record.tables["log_waiting"])
    should = Counter(written.keys())
    if stands - should:
        yield Finding("double", f"leaves that stand in the log and should not: {stands - should}")
    if should - stands:
        yield Finding("lost", f"leaves that are not in the log: {should - stands}")
    if [row["leaf_index"] for row in entries] != list(range(len(entries))):
        yield Finding("broken", "the indexes of the log have gaps")
    if any(written.get(row["pending_id"]) != row["leaf"] for row in entries):
        yield Finding("broken", "the log holds another leaf than was written")
    heads = {row["size"]: row["root"] for row in record.tables["log_checkpoint"]}
    if max(heads, default=0) != len(entries) or any(
        _head([row["leaf"] for row in entries[:size]]) != root for size, root in heads.items()
    ):
        yield Finding("broken", "a signed head is not that of its leaves")


def _head(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + _head(leaves[:half]) + _head(leaves[half:])).digest()


def _determinations(record: Record) -> Iterator[Finding]:
    for case in (*record.cases, *record.subsidies):
        made = sorted(row["id"] for row in record.of("determination", case))
        kept = sorted(row["id"] for row in record.of("determination_record", case))
        steps = [s for s in record.of("case_step", case) if s["kind"] == "determination-made"]
        if made != kept:
            yield Finding("broken", f"{case} holds the determinations {made}, and the records of {kept}")
        yield from differs(f"{case}: steps of determinations", len(steps), len(made))
        # A policy is determined once on the same facts: "case/determination/POLICY/FACTS".
        once = Counter("/".join(s["key"].split("/")[:4]) for s in steps)
        yield from (Finding("double", f"{key}: {times} times") for key, times in once.items() if times > 1)


def _papers(record: Record, told: Told, folder: Path) -> Iterator[Finding]:
    for case in record.cases:
        papers = record.of("paper", case)
        owed = Counter(OWES[e["kind"]] for e in told.done(case, *OWES))
        made = Counter("agreement" if p["kind"] in AGREEMENTS else p["kind"] for p in papers)
        for kind in sorted({*owed, *made}):
            yield from differs(f"{case}: papers of the kind {kind}", made[kind], owed[kind])
        about = Counter((p["kind"], p["about"]) for p in papers)
        yield from (Finding("double", f"{case}: {what} was owed {n} times") for what, n in about.items() if n > 1)
        for paper in papers:
            kept = record.steps(case, f"{case}/paper/{paper['id']}")
            yield from differs(f"{case}: {paper['id']} was kept, times", len(kept), 1)
            yield from whole_file(case, paper, folder)


def _messages(record: Record) -> Iterator[Finding]:
    starts = Counter(m["case_id"] for m in record.tables["outbox"] if m["kind"] == "start-case")
    for case in (*record.cases, *record.subsidies):
        yield from differs(f"{case}: starts in the outbox", starts[case], 1)
    unsent = [m["id"] for m in record.tables["outbox"] if m["sent_at"] is None]
    yield from (Finding("unfinished", f"message {message} was not sent") for message in unsent)
    notices = {m["id"] for m in record.tables["outbox"] if m["kind"] == "notice"}
    arrived = {notice["id"].removesuffix(f"/{notice['recipient']}") for notice in record.tables["notice"]}
    yield from (Finding("invented", f"a notice of {message} without a message") for message in arrived - notices)
    yield from (Finding("lost", f"message {message} reached nobody") for message in notices - arrived - set(unsent))


def counts(record: Record, told: Told, papers: Path) -> dict[str, int]:
    named = {p["file_sha256"] for p in record.tables["paper"]}
    files = [p for p in papers.glob("sha256/??/??/*") if not p.name.startswith(".")]
    engine = [s for s in record.tables["case_step"] if s["actor"] == "engine"]
    return {
        "kills of the worker": told.count("killed", what="worker"),
        "kills of the server": told.count("killed", what="server"),
        "commands": len(told.sent),
        "acknowledged": len(told.acked),
        "tries": told.count("sent"),
        "ambiguous answers": told.count("ambiguous"),
        "steps tried again after they were written": told.count("tried-again"),
        "cases": len(record.cases),
        "cases ended": sum(row["closed_at"] is not None for row in record.cases.values()),
        "steps": len(record.tables["case_step"]),
        "steps of the engine": len(engine),
        "referrals": len(record.tables["referral"]),
        "determinations": len(record.tables["determination"]),
        "decisions": len(record.tables["decision"]),
        "papers": len(record.tables["paper"]),
        "subsidy cases": len(record.subsidies),
        "payment instructions": len(record.tables["subsidy_payment"]),
        "rival orders refused": sum(bool(told.sent[key].get("rival")) for key in told.refused),
        "paper files that no row names": sum(f.name not in named for f in files),
        "notices": len(record.tables["notice"]),
    }


def main(record_path: str, journal_path: str, papers_path: str) -> int:
    record, told, papers = Record(Path(record_path)), Told(Path(journal_path)), Path(papers_path)
    for what, count in counts(record, told, papers).items():
        sys.stdout.write(f"{count:>8,} {what}\n")
    found = check(record, told, papers)
    for finding in found:
        sys.stdout.write(f"  {finding.kind}: {finding.what}\n")
    sys.stdout.write(f"{len(found)} findings\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
