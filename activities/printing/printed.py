"""A paper that passed every gate, as the press hands it over."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle of a page in points from its lower left corner, as PDF counts; pages count from 1."""

    id: str
    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Printed:
    pdf: bytes
    pages: int
    boxes: tuple[Box, ...]  # where the parties sign or seal, in the order of signing
    template_version: str
    facts_sha256: str
    engines: str  # what else the bytes depend on: library versions and fonts
