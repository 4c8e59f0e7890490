"""What the checker asks of subsidies: each application once, each payment instruction once, over what was granted."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.faults.evidence import Finding, Record, Told, differs, whole_file


def applications(record: Record, told: Told) -> Iterator[Finding]:
    yield from differs("subsidy cases", len(record.subsidies), told.planned().get("subsidies", 0))
    for event in told.applications():
        case = told.case_of(event["key"])
        if case not in record.subsidies:
            yield Finding("lost", f"application {event['key']} is not in the record")
    runs = told.runs()
    for case, row in record.subsidies.items():
        if (row["stage"], row["outcome"]) != ("closed", "paid"):
            yield Finding("unfinished", f"{case} stands in the stage {row['stage']}, outcome {row['outcome']}")
        ended = Counter(runs.get(case, ()))
        if ended["COMPLETED"] != 1 or set(ended) - {"COMPLETED", "CONTINUED_AS_NEW"}:
            yield Finding("broken", f"{case}: the runs of its workflow ended {dict(ended)}")


def payments(record: Record, told: Told) -> Iterator[Finding]:
    """Two clerks ordered each at once, twice, since the bank returned the first: never more than was granted is out.

    Every month that is claimed is paid by the one instruction that stands.
    """
    for case, row in record.subsidies.items():
        made = record.of("subsidy_payment", case)
        stands = [payment for payment in made if payment["status"] == "paid"]
        yield from differs(f"{case}: payment instructions", len(made), 2)
        yield from differs(f"{case}: payments that came back", sum(p["status"] == "returned" for p in made), 1)
        for kind, times in (("order-payment", 2), ("return-payment", 1)):
            steps = [s for s in record.of("case_step", case) if s["kind"] == kind]
            yield from differs(f"{case}: steps of {kind}", len(steps), times)
            yield from differs(f"{case}: {kind} acknowledged", len(told.done(case, kind)), times)
        if sum(payment["amount_fen"] for payment in stands) != row["granted_fen"]:
            yield Finding("broken", f"{case}: granted {row['granted_fen']} fen, paid {stands}, ordered {made}")
        paid = [claim["payment_id"] for claim in record.of("subsidy_claim", case)]
        if paid != [payment["id"] for payment in stands]:
            yield Finding("broken", f"{case}: its claims are paid by {paid}")
    live = Counter(
        (claim["subject_id"], claim["policy"], claim["id"])
        for claim in record.tables["subsidy_claim"]
        if claim["released_on"] is None
    )
    yield from (Finding("double", f"{what} is claimed {n} times") for what, n in live.items() if n > 1)


def papers_of_subsidies(record: Record, folder: Path) -> Iterator[Finding]:
    """An order leaves its payment instruction; every paper is kept once."""
    for case in record.subsidies:
        papers = record.of("paper", case)
        instructions = [p for p in papers if p["kind"] == "payment-instruction"]
        yield from differs(f"{case}: payment instructions on paper", len(instructions), 2)
        about = Counter((p["kind"], p["about"]) for p in papers)
        yield from (Finding("double", f"{case}: {what} was owed {n} times") for what, n in about.items() if n > 1)
        for paper in papers:
            kept = record.steps(case, f"{case}/paper/{paper['id']}")
            yield from differs(f"{case}: {paper['id']} was kept, times", len(kept), 1)
            yield from whole_file(case, paper, folder)
