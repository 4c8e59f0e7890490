"""Every policy that ships and every shape that is an example, by name and version."""

from pathlib import Path

from rules.policies import PolicyBook
from tests.rules.test_durable_compiler import SHIPPED_POLICIES, decided_policies

ROOT = Path(__file__).parents[2]
SHAPES = PolicyBook.load(
    *sorted((ROOT / "policies" / "facts").glob("*.yaml")), ROOT / "examples" / "policies" / "shapes"
)
EVERY_POLICY = {
    **SHIPPED_POLICIES,
    **{f"{policy.policy} {policy.version}": policy for policy in decided_policies(SHAPES)},
}
