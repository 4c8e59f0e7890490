"""Every patch in a workflow is entered in the register, and every entry is used."""

import ast
from collections.abc import Iterator
from pathlib import Path

from workflows.patches import PATCHES

WORKFLOWS = Path(__file__).parents[2] / "workflows"


def patched_ids(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("workflow.patched", "workflow.deprecate_patch"):
            yield ast.literal_eval(node.args[0])


def test_the_register_and_the_workflows_name_the_same_patches() -> None:
    used = {patch for path in WORKFLOWS.glob("*.py") for patch in patched_ids(path.read_text(encoding="utf-8"))}
    assert used == {patch.id for patch in PATCHES}


def test_a_patch_in_the_source_is_seen() -> None:
    assert list(patched_ids("if workflow.patched('later-letter'):\n    pass")) == ["later-letter"]
