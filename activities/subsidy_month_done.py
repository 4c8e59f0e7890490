"""What came of a step of a month's applications."""

from dataclasses import astuple, dataclass


@dataclass(frozen=True)
class Done:
    """How many a step was done for, how many it was not for, how many needed nothing, and how many are under way."""

    done: int = 0
    refused: int = 0
    passed_over: int = 0
    waiting: int = 0  # their workflows have not determined them anew yet: the next run goes on with them
    checked_again: int = 0  # another case paid the same person meanwhile, and the rules were asked again


def summed(one: Done, other: Done) -> Done:
    return Done(*(a + b for a, b in zip(astuple(one), astuple(other), strict=True)))
