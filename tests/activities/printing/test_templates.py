from datetime import date

import pytest

from activities.printing.faults import TemplateIncomplete
from activities.printing.templates import DOCS, TEMPLATES, environment, fill_in
from activities.printing.text_layer import squeezed
from cases.papers import Paper, PaperKind
from cases.plans import ServiceKind
from tests.paper_builders import EVERY_PAPER, a_closing_notice


def test_every_paper_has_a_template() -> None:
    assert set(TEMPLATES) == set(PaperKind)
    assert all((template.folder / "paper.html").is_file() for template in TEMPLATES.values())
    folders = {folder.name for folder in DOCS.iterdir() if folder.is_dir()} - {"fonts", "shared"}
    assert folders == {kind.value for kind in PaperKind}


@pytest.mark.parametrize("paper", EVERY_PAPER.values(), ids=EVERY_PAPER)
def test_titles_are_in_both_languages(paper: Paper) -> None:
    html = fill_in(environment(), TEMPLATES[paper.KIND], "x@1", paper, "0" * 64)
    wording = paper.KIND.wording
    assert f"<title>{wording.zh} · {wording.en}</title>" in html


def test_what_a_person_typed_stays_text() -> None:
    paper = a_closing_notice(next_steps=('<link rel="attachment" href="file:///etc/passwd">',))
    html = fill_in(environment(), TEMPLATES[paper.KIND], "x@1", paper, "0" * 64)
    assert "<link" not in html
    assert "&lt;link" in html


@pytest.mark.parametrize(
    "value",
    [None, True, 1.5, date(2026, 3, 2), ServiceKind.GUIDANCE, ("a",)],
    ids=["nothing", "yes or no", "a fraction", "a day", "a member of a list", "a list"],
)
def test_only_worded_values_are_printed(value: object) -> None:
    with pytest.raises(TemplateIncomplete):
        environment().from_string("{{ value }}").render(value=value)


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(TemplateIncomplete):
        environment().from_string("{{ nothing }}").render()


def test_nothing_but_our_filters_is_at_hand() -> None:
    assert not environment().globals


def test_templates_trust_nothing_as_markup() -> None:
    for file in DOCS.glob("*/*.html"):
        text = file.read_text(encoding="utf-8")
        assert "safe" not in squeezed(text).split("|")
        assert "|safe" not in squeezed(text)
        assert "autoescape" not in text


def test_the_version_follows_the_files() -> None:
    template = TEMPLATES[PaperKind.EXIT_NOTICE]
    version = template.full_version()
    assert version == template.full_version()
    assert version.startswith("exit-notice@1.0.0+")
    assert version.partition("+")[2] != TEMPLATES[PaperKind.CLOSING_NOTICE].full_version().partition("+")[2]
