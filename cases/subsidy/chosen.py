"""What a public list or a file for the bank says of a case: nobody puts a case on one that does not name it."""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.acts import unknown
from cases.refusals import Refusal, refusal
from cases.subsidy.case import SubsidyCase
from cases.wording import Wording

LIST = Wording("公示名单", "public list")
FILE = Wording("银行文件", "bank file")


@dataclass(frozen=True)
class Chosen:
    """Whose list or file it is, of which subsidy (None: of any), and whether this case was chosen for it."""

    station_id: str
    policy: str | None
    named: bool


def against(found: Chosen | None, what: Wording, number: str, case: SubsidyCase) -> Iterator[Refusal]:
    """Every reason why the case does not belong there. A number that is blank is refused as that alone."""
    if not number.strip():
        return
    if found is None:
        yield unknown(what, number)
        return
    if found.station_id != case.station_id:
        yield refusal(
            "other-station",
            f"{what.zh}{number}不是本案所在驿站的。",
            f"The {what.en} {number} is not of the station of this case.",
        )
    if found.policy not in (None, case.policy):
        yield refusal(
            "other-subsidy",
            f"{what.zh}{number}是另一项补贴的。",
            f"The {what.en} {number} is of another subsidy.",
        )
    if not found.named:
        yield refusal(
            "not-named",
            f"本案这一次没有选入{what.zh}{number}：请在“{what.zh}”中成批制作，未列入的会进入下一份。",
            f"This case was not chosen for the {what.en} {number} as it stands: make one for all that wait; "
            "what is on none goes on the next.",
        )
