"""A refusal (不予受理的理由): what stands in the way of an act, said to the person who asked."""

from dataclasses import dataclass

from cases.wording import Wording


@dataclass(frozen=True)
class Refusal:
    """`code` is stable for programs and tests; the wording says what happened, why, and what would make it right."""

    code: str
    wording: Wording


class Refused(Exception):
    """An act was not accepted; nothing was changed. Carries every reason, not just the first."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("; ".join(f"{r.code}: {r.wording.en}" for r in refusals))
        self.refusals = refusals


def refusal(code: str, zh: str, en: str) -> Refusal:
    return Refusal(code, Wording(zh, en))
