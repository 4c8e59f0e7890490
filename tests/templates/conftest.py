"""One press for all tests of papers."""

from collections.abc import Iterator

import pytest

from activities.papers import Press, RenderedPaper
from cases.papers import PaperKind
from tests.paper_builders import EVERY_PAPER


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    with Press() as press:
        yield press


@pytest.fixture(scope="session")
def rendered(press: Press) -> dict[PaperKind, RenderedPaper]:
    return {kind: press.print_paper(paper) for kind, paper in EVERY_PAPER.items()}
