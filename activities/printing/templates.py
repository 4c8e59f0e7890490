"""The templates of the papers: one folder each, filled in with nothing but the paper's own values."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from activities.printing import wordings
from activities.printing.faults import TemplateIncomplete
from cases.money import in_figures, in_words
from cases.papers import Paper, PaperKind

DOCS = Path(__file__).parents[2] / "templates" / "docs"


@dataclass(frozen=True)
class PaperTemplate:
    """`version` is raised with every change of wording; the digest of the files stands beside it."""

    kind: PaperKind
    version: str
    style: tuple[str, ...]  # the sheets of templates/docs/shared, in order
    most_pages: int
    signatures: tuple[str, ...]  # element ids, in the order of signing

    @property
    def folder(self) -> Path:
        return DOCS / self.kind.value

    def full_version(self) -> str:
        digest = hashlib.sha256()
        for file in sorted([*(DOCS / "shared").glob("*"), *self.folder.glob("*"), DOCS / "fonts" / "manifest.json"]):
            digest.update(f"{file.relative_to(DOCS).as_posix()}\0".encode() + file.read_bytes() + b"\0")
        return f"{self.kind}@{self.version}+{digest.hexdigest()[:16]}"


NOTICE, CONTRACT = ("paper", "notice"), ("paper", "contract")
SUBSIDY, FORM = (*NOTICE, "subsidy"), (*NOTICE, "form")
CONTRACT_SIGNATURES = ("sig-employer", "sig-worker")
NOTICE_SIGNATURES = ("sig-station", "sig-worker")  # the station's seal, and the person's receipt

TEMPLATES = {
    template.kind: template
    for template in (
        PaperTemplate(PaperKind.REFERRAL_LETTER, "1.0.0", (*NOTICE, "letter"), 4, ("sig-station", "sig-employer")),
        PaperTemplate(PaperKind.LABOUR_CONTRACT, "1.0.0", CONTRACT, 20, CONTRACT_SIGNATURES),
        PaperTemplate(PaperKind.PART_TIME_CONTRACT, "1.0.0", CONTRACT, 20, CONTRACT_SIGNATURES),
        PaperTemplate(PaperKind.PUBLIC_POST_AGREEMENT, "1.0.0", CONTRACT, 20, (*CONTRACT_SIGNATURES, "sig-station")),
        PaperTemplate(PaperKind.CLOSING_NOTICE, "1.0.0", NOTICE, 20, NOTICE_SIGNATURES),
        PaperTemplate(PaperKind.EXIT_NOTICE, "1.0.0", NOTICE, 20, NOTICE_SIGNATURES),
        PaperTemplate(PaperKind.SUBSIDY_DETERMINATION_NOTICE, "1.0.0", SUBSIDY, 20, NOTICE_SIGNATURES),
        PaperTemplate(PaperKind.SUBSIDY_DECISION_NOTICE, "1.0.0", SUBSIDY, 20, NOTICE_SIGNATURES),
        PaperTemplate(PaperKind.PAYMENT_INSTRUCTION, "1.0.0", FORM, 6, ("sig-station", "sig-second")),
        PaperTemplate(PaperKind.SUBSIDY_STOP_NOTICE, "1.0.0", SUBSIDY, 20, NOTICE_SIGNATURES),
        PaperTemplate(PaperKind.RECOVERY_NOTICE, "1.0.0", SUBSIDY, 20, NOTICE_SIGNATURES),
        PaperTemplate(PaperKind.SUBSIDY_NOTICE_LIST, "1.0.0", FORM, 60, ("sig-station",)),
    )
}

FILTERS: dict[str, Callable[..., str]] = {
    "day": wordings.day,
    "moment": wordings.moment,
    "hours": wordings.hours,
    "label": wordings.label,
    "yuan": in_figures,
    "words": in_words,
}


def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(DOCS),
        autoescape=True,
        auto_reload=False,  # a template changed on disk is another version, and printed by the next process
        undefined=StrictUndefined,
        finalize=only_text,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.clear()
    made.filters = FILTERS | {name: made.filters[name] for name in ("list", "rejectattr")}
    return made


def only_text(value: object) -> str:
    """A day, an amount or a member of a list has a filter that says how it reads; unfiltered it is a mistake."""
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise TemplateIncomplete(f"A template prints a {type(value).__name__} as it is; give it the filter that words it.")


def fill_in(made: Environment, template: PaperTemplate, version: str, paper: Paper, facts_sha256: str) -> str:
    """The paper as HTML."""
    try:
        return made.get_template(f"{template.kind}/paper.html").render(
            paper=paper,
            title=template.kind.wording,
            version=version,
            created=_midnight(paper.issued_on),
            digest=facts_sha256[:16],
        )
    except TemplateError as error:
        raise TemplateIncomplete(f"The template of {template.kind} failed: {type(error).__name__}.") from error


def _midnight(issued_on: date) -> str:
    return f"{issued_on.isoformat()}T00:00:00+08:00"
