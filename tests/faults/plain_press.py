"""A papers' desk for tests that are not about print: papers are composed, sealed and kept, but never laid out."""

from activities.bootstrap import Station
from activities.composing.desk import compose
from activities.paper_facts import write
from activities.papers_desk import PapersDesk
from cases.papers import Paper


def plain_desk(station: Station) -> PapersDesk:
    return PapersDesk(station, compose, _facts)


def _facts(paper: Paper) -> bytes:
    return write(paper).encode()
