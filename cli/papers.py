"""A paper that was made, fetched for a reader; what lies on disk afterwards is theirs to guard."""

import os
from pathlib import Path

from sqlalchemy import Connection

from activities.bootstrap import Station
from activities.composing.desk import compose
from activities.papers_desk import kept_paper
from cases.any_case import OneCase
from cases.case_parts import PaperState
from cases.papers import check
from cases.parts import find
from cases.refusals import Refusal, Refused, refusal
from cli.file_errors import unwritable


def fetched(connection: Connection, station: Station, case: OneCase, paper_id: str) -> bytes:
    """Raises Refused for one that there is not, or not yet."""
    paper = find(case.papers, paper_id)
    if paper is None:
        known = ", ".join(each.id for each in case.papers) or "—"
        raise Refused(
            (
                refusal(
                    "no-such-paper",
                    f"本案没有文书{paper_id}；现有：{known}。",
                    f"No paper {paper_id}; there are: {known}.",
                ),
            )
        )
    if paper.waived_on:
        raise Refused((_waived(paper_id),))
    if paper.owed:
        raise Refused((_owed(paper_id), *_standing_against(connection, station, case, paper)))
    return kept_paper(connection, station, case, paper)


def _waived(paper_id: str) -> Refusal:
    return refusal(
        "paper-waived",
        f"{paper_id}已由主管决定不再出具，理由见办理记录。",
        f"{paper_id} was waived by a supervisor; the reason is in the timeline.",
    )


def _owed(paper_id: str) -> Refusal:
    return refusal(
        "paper-owed",
        f"{paper_id}尚未出具；工作进程（yizhan run 或 yizhan worker）运行时会自动出具。",
        f"{paper_id} is not made yet: a running worker (yizhan run, or yizhan worker) makes it.",
    )


def _standing_against(
    connection: Connection, station: Station, case: OneCase, paper: PaperState
) -> tuple[Refusal, ...]:
    """Why no worker will make it before something changes."""
    try:
        check(compose(connection, station, case, paper))
    except Refused as refused:
        return refused.refusals
    return ()


def leave(file: Path, pdf: bytes) -> None:
    """For its owner's eyes only: a paper names people. Raises Refused where nothing can be written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as failure:
        raise Refused((unwritable(file, failure),)) from None
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(pdf)
