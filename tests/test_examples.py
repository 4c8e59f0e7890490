"""Every example can be read by the command it is for, and the registration's person is invented but plausible."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from activities.bootstrap import load_policies
from cases.canonical import canonical
from cases.commands import read_act
from cases.determinations import Conclusion
from cases.hardship.case import DIFFICULTY, HARDSHIP
from cases.identity import parse_identity
from cases.phones import parse_phone
from cases.registration import Registration
from cli.yaml_input import read_fields
from rules.evaluate import evaluate_known
from rules.facts import StoredFact, read_facts
from rules.reckoner import known_facts
from store.seed_offers import EMPLOYERS, offers, training
from store.seed_places import STAFF, STATIONS

EXAMPLES = Path(__file__).parents[1] / "examples"
REGISTRATIONS = TypeAdapter(Registration)
TODAY = date(2026, 11, 25)
COMMAND = re.compile(
    r"^#   yizhan case (?:open|do CASE (?P<act>[a-z-]+)) examples/(?P<file>[a-z0-9-]+\.yaml) --as (?P<staff>\S+)$",
    re.MULTILINE,
)
FILES = sorted(EXAMPLES.glob("*.yaml"))
REGISTRATION = EXAMPLES / "registration.yaml"


@pytest.fixture
def fields(request: pytest.FixtureRequest) -> dict[str, Any]:
    """An example as it is read on some day."""
    return read_fields(request.param, TODAY)


def command_of(example: Path) -> re.Match[str]:
    found = COMMAND.search(example.read_text(encoding="utf-8"))
    assert found, f"{example.name} does not name its command"
    return found


@pytest.mark.parametrize("example", FILES, ids=lambda path: path.name)
def test_an_example_names_the_command_that_reads_it(example: Path) -> None:
    found = command_of(example)
    assert found["file"] == example.name
    assert found["staff"] in STAFF
    assert (found["act"] is None) == (example == REGISTRATION)


@pytest.mark.parametrize(
    ("example", "fields"),
    [pytest.param(path, path, id=path.name) for path in FILES if path != REGISTRATION],
    indirect=["fields"],
)
def test_an_act_is_read(example: Path, fields: dict[str, Any]) -> None:
    act = read_act(command_of(example)["act"], fields)
    assert command_of(example)["act"] == act.KIND


@pytest.mark.parametrize("fields", [REGISTRATION], indirect=True)
def test_the_registration_is_read(fields: dict[str, Any]) -> None:
    registration = REGISTRATIONS.validate_python(fields)
    assert list(registration.refusals()) == []
    assert registration.station in {station.id for station in STATIONS}
    assert all(fact.established_on <= TODAY for fact in registration.facts)
    assert parse_phone(registration.worker.phone).number.startswith("1380000")


@pytest.mark.parametrize("fields", [REGISTRATION], indirect=True)
def test_the_workers_identity_number_is_plausible_and_was_never_issued(fields: dict[str, Any]) -> None:
    identity = parse_identity(REGISTRATIONS.validate_python(fields).worker.identity_number, TODAY)
    assert identity.value.startswith("699999")
    assert identity.advice


def test_what_the_examples_name_is_planted_in_a_new_data_folder() -> None:
    planted = {row[0] for row in EMPLOYERS} | {offer.id for offer in offers(TODAY)} | {c.id for c in training(TODAY)}
    named = re.compile(r"^(?:vacancy|employer|course): (\S+)$", re.MULTILINE)
    found = {name for path in FILES for name in named.findall(path.read_text(encoding="utf-8"))}
    assert found
    assert found <= planted


def test_the_table_of_examples_names_every_file() -> None:
    table = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in FILES if f"`{path.name}`" not in table] == []


@pytest.mark.parametrize("fields", [REGISTRATION], indirect=True)
@pytest.mark.parametrize("policy", [HARDSHIP, DIFFICULTY])
def test_the_registered_worker_is_determined_without_another_question(policy: str, fields: dict[str, Any]) -> None:
    registration = REGISTRATIONS.validate_python(fields)
    identity = parse_identity(registration.worker.identity_number, TODAY)
    stored = {fact["name"]: StoredFact(canonical(fact["value"])) for fact in fields["facts"]}
    for name, value in (("born_on", str(identity.born_on)), ("sex", identity.sex.value), ("applied_on", str(TODAY))):
        stored[name] = StoredFact(canonical(value))
    rules = load_policies().book.resolve(policy, "cn-50-99", TODAY).rules
    known = known_facts(rules, read_facts(stored, rules.facts).facts)
    assert evaluate_known(rules, known).conclusion is Conclusion.GRANTED
