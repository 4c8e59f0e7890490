"""Every page is in the index and every link leads somewhere; the policy that the documentation shows is a real one."""

import re
from itertools import pairwise
from pathlib import Path
from shutil import copytree

import pytest

from activities.engine_process import EngineProcess
from rules.errors import PolicyRefused
from rules.examples import run_examples
from rules.policies import PolicyBook
from rules.uses import check_uses

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
POLICIES = ROOT / "policies"
GENERATED = {"commands.md"}  # by `make docs`; tests/cli/test_pages.py asks that it is there and current
PAGES = sorted(DOCS.rglob("*.md"))
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
SOURCE = re.compile(r"`((?:cases|rules|policies|store|activities|workflows|web|cli|tests|scripts|examples)/[\w/.-]+)`")
WORKED = ROOT / "examples" / "policies" / "worked"
MESSAGE = re.compile(r"```text\n(.+)\n(.+)\n```")
EXAMPLE = re.compile(r"```yaml\n(id: .+?)```", re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [t for t in targets if t not in GENERATED and not (page.parent / t).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_files_that_a_page_names_exist(page: Path) -> None:
    named = SOURCE.findall(page.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_index_names_every_page() -> None:
    index = DOCS / "README.md"
    linked = {(DOCS / target).resolve() for target in LINK.findall(index.read_text(encoding="utf-8"))}
    assert [page.name for page in PAGES if page != index and page.resolve() not in linked] == []


def test_decisions_are_numbered_without_a_hole_and_say_what_they_cost() -> None:
    decisions = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [int(decision.name[:4]) for decision in decisions]
    assert numbers[0] == 1
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers))
    for decision in decisions:
        text = decision.read_text(encoding="utf-8")
        for part in ("**Context.**", "**Decision.**", "**What it costs.**", "**What checks it.**"):
            assert part in text, f"{decision.name} lacks {part}"


def test_the_policies_that_the_documentation_shows_pass_their_own_examples(tmp_path: Path) -> None:
    shown = EXAMPLE.findall((DOCS / "policies.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(path.read_text(encoding="utf-8") for path in WORKED.glob("*.yaml"))
    copytree(POLICIES / "facts", tmp_path / "facts")
    for number, text in enumerate(shown):
        (tmp_path / f"shown-{number}.yaml").write_text(text, encoding="utf-8")
    book = PolicyBook.load(tmp_path)
    check_uses(book)
    with EngineProcess() as engine:
        outcomes = list(run_examples(book, engine.verdicts))
    assert {outcome.name: outcome.problems for outcome in outcomes if outcome.problems} == {}
    assert len(outcomes) == 10


def test_the_message_that_the_documentation_shows_is_the_one_that_is_said(tmp_path: Path) -> None:
    shown = MESSAGE.search((DOCS / "policies.md").read_text(encoding="utf-8"))
    assert shown
    copytree(POLICIES / "facts", tmp_path / "facts")
    for path in WORKED.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("covered_days(gigs, applied_on", "covered_days(gigs, aplied_on")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(PolicyRefused) as refused:
        PolicyBook.load(tmp_path)
    said = refused.value.errors[0].located
    assert (shown[1], shown[2]) == (said.zh, said.en)
