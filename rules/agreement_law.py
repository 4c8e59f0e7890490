"""What the law of a place allows in an agreement (协议的法定限度), and its minimum wages where it names them."""

from dataclasses import dataclass

from cases.agreement_law import AgreementLaw, Limit, Probation, ProbationStep
from rules.errors import PolicyError
from rules.loading import Mapping, Node
from rules.policies import ResolvedPolicy
from rules.reading import authority, items, mapping, whole


@dataclass(frozen=True)
class PlaceAgreements:
    """None: no minimum wage is on file for the place and day, and none is guessed."""

    law: AgreementLaw
    near_retirement: Limit  # months before it, within which a public-welfare post may run until then
    monthly_minimum: Limit | None
    hourly_minimum: Limit | None


def agreements(policy: ResolvedPolicy) -> PlaceAgreements:
    """PolicyError where the policy leaves a limit unsaid."""
    said = {item.id: item.node for item in policy.items("limits")}
    needed = _Limits(said, policy)
    law = AgreementLaw(
        working_age=needed.limit("working-age", "years"),
        part_time_minutes_per_day=needed.limit("part-time-per-day", "minutes"),
        part_time_minutes_per_week=needed.limit("part-time-per-week", "minutes"),
        part_time_settlement_days=needed.limit("part-time-settlement", "days"),
        probation=needed.probation(),
        public_post_months=needed.limit("public-post", "months"),
    )
    return PlaceAgreements(
        law,
        near_retirement=needed.limit("near-retirement", "months"),
        monthly_minimum=_limit(said["minimum-monthly"], "fen") if "minimum-monthly" in said else None,
        hourly_minimum=_limit(said["minimum-hourly"], "fen") if "minimum-hourly" in said else None,
    )


@dataclass(frozen=True)
class _Limits:
    said: dict[str, Node]
    policy: ResolvedPolicy

    def limit(self, id_: str, unit: str) -> Limit:
        return _limit(self._node(id_), unit)

    def probation(self) -> Probation:
        keys = ("steps", "open_ended_months", "authority", "tag")
        found = mapping(self._node("probation"), keys, keys)
        return Probation(
            steps=tuple(_step(node) for node in items(found.entries["steps"])),
            open_ended_months=whole(found.entries["open_ended_months"]),
            pay_percent=self.limit("probation-pay", "percent"),
            authority=authority(found),
        )

    def _node(self, id_: str) -> Node:
        if id_ not in self.said:
            place = self.policy.merged.layers[-1].file.place
            raise PolicyError(f"{self.policy.policy} of {self.policy.jurisdiction} does not say '{id_}'", place)
        return self.said[id_]


def _limit(node: Node, unit: str) -> Limit:
    found: Mapping = mapping(node, (unit, "authority", "tag"), (unit,))
    return Limit(whole(found.entries[unit]), authority(found))


def _step(node: Node) -> ProbationStep:
    keys = ("contract_months", "most_months")
    found = mapping(node, keys, keys)
    return ProbationStep(whole(found.entries["contract_months"]), whole(found.entries["most_months"]))
