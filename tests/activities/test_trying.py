"""A proposed policy tried on real cases: who would come out otherwise, and nothing of it stays but the look."""

from datetime import date

from activities.trying import NO_SUCH_RULE, Trial
from cases.determinations import Conclusion
from store.engine import write
from store.erasure import erase_worker
from store.policy_files import propose
from store.policy_proposals import NewProposal, Proposal
from tests.activities.both import both, everything
from tests.activities.office import Office, a_fact
from tests.policy_drafts import NAME, a_version
from tests.registrations import an_identity_number
from tests.store.builders import an_erasure

__all__ = ["both"]
NEW = date(2027, 1, 1)
HERE, ELSEWHERE = {"station-1"}, {"station-3"}


def waits(office: Office, days: int) -> None:
    """Somebody who has waited so long, and shows no other hardship."""
    since = date.fromordinal(office.today.toordinal() - days).isoformat()
    facts = [
        a_fact("in_work", value=False),
        a_fact("disabled", value=False),
        a_fact("waiting_since", value=since),
        a_fact("household_income", value=400_000),
        a_fact("household_size", value=3),
    ]
    young = {"name": "示例人", "identity_number": an_identity_number(7, "19900601"), "phone": "13900000007"}
    office.register(facts=facts, worker={**young, "address": "示例区示例街道7号"})


def proposed(office: Office, text: str) -> Proposal:
    new = NewProposal("proposal-1", (NAME,), ("cn-50-99",), text, "policy-officer-1", "缩短待工时间")
    with write(office.station.engine) as connection:
        return propose(connection, office.station.keyring, new, office.now)


def tried(office: Office, found: Proposal, stations: set[str]) -> Trial:
    return office.station.trying.try_on_past_cases(found, "policy-officer-1", stations, office.now)


def test_a_shorter_wait_lets_in_whoever_has_waited_so_long(both: Office) -> None:
    waits(both, 70)
    trial = tried(both, proposed(both, a_version(NEW, days=60)), HERE)
    assert (trial.as_of, trial.of, trial.tried, trial.changed) == (NEW, 1, 1, 1)
    assert trial.conclusions == ((Conclusion.REFUSED, Conclusion.GRANTED, 1),)
    assert trial.by_rule == (("long-wait", "no", "yes", 1),)
    assert trial.by_station == (("station-1", 1),)
    assert [(each.case_id, each.after) for each in trial.cases] == [(both.case.id, Conclusion.GRANTED)]


def test_a_day_short_of_the_new_wait_nothing_changes(both: Office) -> None:
    waits(both, 59)
    trial = tried(both, proposed(both, a_version(NEW, days=60)), HERE)
    assert (trial.tried, trial.changed, trial.cases, trial.by_rule) == (1, 0, (), ())


def test_out_of_their_scope_a_reader_sees_counts_only(both: Office) -> None:
    waits(both, 70)
    trial = tried(both, proposed(both, a_version(NEW, days=60)), ELSEWHERE)
    assert (trial.changed, trial.by_station, trial.cases) == (1, (("", 1),), ())
    assert both.case.id not in repr(trial)


def test_a_trial_leaves_no_trace_but_that_somebody_looked(both: Office) -> None:
    waits(both, 70)
    found = proposed(both, a_version(NEW, days=60))
    before = everything(both.station.engine)
    tried(both, found, HERE)
    after = everything(both.station.engine)
    seen = set(before.pop("audit_event"))
    (look,) = [row for row in after.pop("audit_event") if row not in seen]
    assert "'try-policy'" in look
    assert both.case.id not in look
    assert after == before


def test_a_rule_that_is_new_is_told_as_new(both: Office) -> None:
    waits(both, 70)
    rule = "newcomer: {role: ground, when: not disabled, reason: {zh: 新, en: New}, authority: 新, tag: M}"
    examples = "    examples:\n      - name: 修正"
    text = a_version(NEW, days=80).replace(examples, f"    rules:\n      {rule}\n{examples}")
    trial = tried(both, proposed(both, text), HERE)
    assert ("newcomer", NO_SUCH_RULE, "yes", 1) in trial.by_rule


def test_whoever_was_erased_is_not_tried(both: Office) -> None:
    waits(both, 70)
    found = proposed(both, a_version(NEW, days=60))
    with write(both.station.engine) as connection:
        erase_worker(connection, both.station.keyring, both.case.worker_id, an_erasure(at=both.now))
    trial = tried(both, found, HERE)
    assert (trial.of, trial.tried, trial.untried) == (1, 0, {"erased": 1})


def test_a_policy_of_another_place_tries_nobody_here(both: Office) -> None:
    waits(both, 70)
    text = a_version(NEW, days=60).replace("cn-50-99", "cn-50-98")
    new = NewProposal("proposal-1", ("cn-50-98/hardship-worker.yaml",), ("cn-50-98",), text, "policy-officer-1", "新")
    with write(both.station.engine) as connection:
        found = propose(connection, both.station.keyring, new, both.now)
    assert tried(both, found, HERE).of == 0


def test_progress_is_told_case_by_case(both: Office) -> None:
    waits(both, 70)
    told: list[tuple[int, int]] = []
    found = proposed(both, a_version(NEW, days=60))
    both.station.trying.try_on_past_cases(
        found, "policy-officer-1", HERE, both.now, progress=lambda done, of: told.append((done, of))
    )
    assert told == [(1, 1)]
