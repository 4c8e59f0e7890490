"""How a subsidy is asked for and paid at one place (补贴办理方式), as its process policy says."""

from dataclasses import dataclass

from cases.authorities import Authority
from cases.subsidy.stages import Applicant, Each, Per


@dataclass(frozen=True)
class SubsidyProcess:
    """`months_in` names the list fact whose items are the months claimed; only its items of those months count."""

    policy: str
    applicant: Applicant
    each: Each
    notice: bool  # whether the list with it is shown to the public before payment
    second_person: bool  # whether payment is ordered by another officer than the one who granted
    authority: Authority
    months_in: str | None = None
    counts_as: str | None = None  # the kind under which it stands among earlier grants
    stop_events: tuple[str, ...] = ()
    per: Per = Per.APPLICANT
    part_recovered: bool = True  # whether a month of which only part came back counts towards the term

    @property
    def runs(self) -> bool:
        """Whether it goes on month by month after its first payment."""
        return self.each is Each.MONTH and self.months_in is not None
