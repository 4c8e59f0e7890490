"""A paper's facts as canonical JSON: what it is printed from, what lies inside the PDF, and what its digest is of."""

import json
from functools import cache

from pydantic import TypeAdapter

from cases.canonical import canonical
from cases.paper_kinds import PAPERS
from cases.papers import Paper, PaperKind


def write(paper: Paper) -> str:
    plain = _adapter(paper.KIND).dump_python(paper, mode="json")
    return canonical({"kind": paper.KIND.value, "paper": plain})


def read(facts: str) -> Paper:
    """The paper that `write` wrote. The facts inside a PDF are enough to print it again."""
    plain = json.loads(facts)
    return _adapter(PaperKind(plain["kind"])).validate_python(plain["paper"])


@cache
def _adapter(kind: PaperKind) -> TypeAdapter[Paper]:
    return TypeAdapter(PAPERS[kind])
