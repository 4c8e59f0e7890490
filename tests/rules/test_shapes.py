"""Every shape of a real provision is an example policy whose situations come out on both engines."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from activities.bootstrap import POLICIES, load_calendar
from cases.determinations import Conclusion
from rules.errors import PolicyRefused
from rules.examples import Outcome, run_examples
from rules.kinds import Kind
from rules.loading import Mapping, Node, Scalar, load_file
from rules.policies import PolicyBook
from rules.uses import check_uses
from tests.rules.test_decisions import engine

EXAMPLES = Path(__file__).parents[2] / "examples" / "policies"
SHAPES = EXAMPLES / "shapes"
REFUSED = sorted((EXAMPLES / "refused").glob("*.yaml"))
FACTS = [load_file(path) for path in (*sorted((POLICIES / "facts").glob("*.yaml")), SHAPES / "facts.yaml")]
FILES = [path for path in sorted(SHAPES.glob("*.yaml")) if path.name != "facts.yaml"]
DOCUMENTS = {path.name: load_file(path) for path in FILES}
BOOK = PolicyBook.of(*FACTS, *DOCUMENTS.values())
OUTCOMES = list(run_examples(BOOK, engine, load_calendar(POLICIES / "calendars")))


def of_file(name: str) -> list[Outcome]:
    return [outcome for outcome in OUTCOMES if outcome.place.file == name]


def test_there_is_a_shape_of_every_number_and_they_can_be_used() -> None:
    numbers = {int(path.name.partition("-")[0]) for path in FILES}
    assert numbers == set(range(1, 36))
    check_uses(BOOK)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_shape_comes_out_as_its_examples_say(name: str) -> None:
    assert {outcome.name: outcome.problems for outcome in of_file(name) if outcome.problems} == {}
    assert of_file(name) or "minimum-wage" in name  # what holds amounts is tried by what reads them


def test_every_kind_of_conclusion_and_every_kind_of_deciding_policy_is_among_them() -> None:
    said = Counter(text for document in DOCUMENTS.values() for key, text in scalars(document) if key == "conclusion")
    assert set(said) == set(Conclusion) - {Conclusion.ENGINES_DISAGREE}
    kinds = {file.kind for files in BOOK.files.values() for file in files}
    assert {Kind.SUBSIDY, Kind.AMOUNTS, Kind.ADMISSIBILITY, Kind.TRIAGE, Kind.CLOCKS, Kind.CLASSIFICATION} <= kinds


def scalars(node: Node, key: str = "") -> Iterator[tuple[str, str]]:
    match node:
        case Scalar(text):
            yield key, text
        case Mapping(entries):
            for name, inner in entries.items():
                yield from scalars(inner, name)
        case _:
            for inner in node.items:
                yield from scalars(inner, key)


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_a_policy_that_cannot_stand_is_refused_for_the_reason_it_names(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    reason = text.partition("\n")[0].removeprefix("# refused: ")
    with pytest.raises(PolicyRefused) as refused:
        check_uses(PolicyBook.of(*FACTS, *DOCUMENTS.values(), load_file(path)))
    (error,) = refused.value.errors
    assert error.place.file == path.name
    assert re.search(re.escape(reason), str(error))
