"""How each subsidy is asked for and paid (补贴办理方式), and what a place asks before any payment."""

from cases.subsidy.process import SubsidyProcess
from cases.subsidy.stages import Applicant, Each, Per
from rules.documents import Item
from rules.errors import PolicyError
from rules.no_policy import NoPolicyInForce
from rules.policies import ResolvedPolicy
from rules.reading import authority, choice, mapping, text, texts, truth

OF_A_SUBSIDY = ("applicant", "per", "each", "months_in", "counts_as", "stop_events", "notice", "authority", "tag")
ASKED = ("notice", "second-person", "part-recovered")


class NoProcess(NoPolicyInForce):
    """The policy of the place does not say how this subsidy is handled."""

    def __init__(self, policy: str, jurisdiction: str) -> None:
        super().__init__(
            f"{jurisdiction}的补贴办理方式（subsidy-process）没有列出补贴{policy}，请先列入再受理。",
            f"subsidy-process of {jurisdiction} does not say how the subsidy {policy} is handled: enter it there.",
        )


def subsidy_process(policy: ResolvedPolicy, subsidy: str) -> SubsidyProcess:
    """Raises NoProcess where the subsidy is not listed."""
    found = subsidy_processes(policy)
    if subsidy not in found:
        raise NoProcess(subsidy, policy.jurisdiction)
    return found[subsidy]


def subsidy_processes(policy: ResolvedPolicy) -> dict[str, SubsidyProcess]:
    """Every subsidy that is listed, by its id."""
    asked = {item.id: _needed(item) for item in policy.items("payment")}
    missing = [name for name in ASKED if name not in asked]
    if missing:
        place = policy.merged.layers[-1].file.place
        raise PolicyError(f"{policy.policy} does not say whether '{missing[0]}' is needed for payment", place)
    return {item.id: _process(item, asked) for item in policy.items("subsidies")}


def _needed(item: Item) -> bool:
    found = mapping(item.node, ("needed", "authority", "tag"), ("needed",))
    authority(found)
    if item.id not in ASKED:
        raise PolicyError(f"'{item.id}' is nothing that payment can ask", item.place, expected=", ".join(ASKED))
    return truth(found.entries["needed"])


def _process(item: Item, asked: dict[str, bool]) -> SubsidyProcess:
    found = mapping(item.node, OF_A_SUBSIDY, ("applicant", "each"))
    entries = found.entries
    each = choice(entries["each"], Each)
    if "months_in" in entries and each is not Each.MONTH:
        raise PolicyError("only a subsidy of months has a list of them", entries["months_in"].place)
    applicant = choice(entries["applicant"], Applicant)
    per = choice(entries["per"], Per) if "per" in entries else Per.APPLICANT
    if per is Per.HIRE and applicant is not Applicant.EMPLOYER:
        raise PolicyError("only an employer applies for each person hired", entries["per"].place)
    return SubsidyProcess(
        policy=item.id,
        applicant=applicant,
        each=each,
        notice=truth(entries["notice"]) if "notice" in entries else asked["notice"],
        second_person=asked["second-person"],
        authority=authority(found),
        months_in=text(entries["months_in"]) if "months_in" in entries else None,
        counts_as=text(entries["counts_as"]) if "counts_as" in entries else None,
        stop_events=texts(entries["stop_events"]) if "stop_events" in entries else (),
        per=per,
        part_recovered=asked["part-recovered"],
    )
