"""The facts that a determination kept, read again as the rules take them."""

from collections.abc import Mapping

from cases.canonical import Json, canonical, from_canonical
from rules.facts import StoredFact, read_facts
from rules.given import Facts
from rules.schema import Fact


def kept(facts_json: str) -> Mapping[str, Json]:
    found = from_canonical(facts_json)
    return found if isinstance(found, Mapping) else {}


def read_again(facts: Mapping[str, Json], declared: Mapping[str, Fact]) -> Facts:
    """FactRefused where another version declares a fact in a way that the kept value does not fit."""
    stored = {name: StoredFact(canonical(value)) for name, value in facts.items()}
    return read_facts(stored, declared).facts
