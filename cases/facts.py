"""A fact (事实): something established about a person, an employer or a case, with its source and its day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from cases.canonical import Json


class SubjectKind(StrEnum):
    """Whom or what a fact is about."""

    WORKER = "worker"
    HOUSEHOLD = "household"
    EMPLOYER = "employer"
    EMPLOYMENT = "employment"  # 用工关系: one worker with one employer
    VACANCY = "vacancy"
    STATION = "station"
    CASE = "case"

    @property
    def is_personal(self) -> bool:
        """Whether its facts are sealed: under the subject's own key, or of an employment under the worker's."""
        return self in (SubjectKind.WORKER, SubjectKind.HOUSEHOLD, SubjectKind.EMPLOYER, SubjectKind.EMPLOYMENT)


class Subject(NamedTuple):
    """Whom or what facts are about; of an employment the id names worker and employer."""

    kind: SubjectKind
    id: str

    @property
    def key_of(self) -> str:
        """Whose key seals them. What is told of an employment goes when the worker is erased."""
        return self.id.partition(WITH)[0] if self.kind is SubjectKind.EMPLOYMENT else self.id


WITH: Final = "@"  # in no id of ours


def employment(worker_id: str, employer_id: str) -> Subject:
    return Subject(SubjectKind.EMPLOYMENT, f"{worker_id}{WITH}{employer_id}")


class SourceKind(StrEnum):
    """How a fact became known."""

    STATEMENT = "statement"  # 本人陈述
    RECORD = "record"  # 登记或联网核验记录
    FINDING = "finding"  # 工作人员核实
    RECOGNITION = "recognition"  # 其他机构的认定（如街道认定的就业困难人员）


@dataclass(frozen=True)
class Source:
    """A recognition names the body and its paper; it is a fact with a source, never a determination of ours."""

    kind: SourceKind
    detail: str = ""
    body: str | None = None
    paper: str | None = None  # the number or title of the body's paper

    def __post_init__(self) -> None:
        if self.kind is SourceKind.RECOGNITION and not self.body:
            raise ValueError("A recognition names the body that gave it.")


@dataclass(frozen=True)
class Fact:
    """`evidence` holds digests of files; `superseded_by` the id of the fact that took its place."""

    id: str
    subject_kind: SubjectKind
    subject_id: str
    name: str
    value: Json
    source: Source
    established_on: date
    evidence: tuple[str, ...]
    recorded_by: str
    superseded_by: str | None = None
