"""Whatever is sent, no page fails, nothing leaks and nothing is changed without a trace.

FUZZ_REQUESTS says how many requests; FUZZ_SEED draws the same ones again.
"""

import multiprocessing
import os
import re
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from store.keys import KeyRing
from tests.web.security.fuzzing import fuzz, learn, plant, together

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "20000"))
SEED = int(os.environ.get("FUZZ_SEED", "4"))
PROCESSES = min(2, os.cpu_count() or 1)


@pytest.mark.slow
def test_no_request_makes_a_page_fail_or_leak_or_change_things_unseen(
    demo_file: Path, keyring: KeyRing, tmp_path: Path
) -> None:
    share = REQUESTS // PROCESSES
    planted = tmp_path / "planted"
    plant(demo_file, planted, keyring)
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        learning = [pool.submit(learn, planted, keyring, number, PROCESSES) for number in range(PROCESSES)]
        forms = together(each.result() for each in learning)
        running = [pool.submit(fuzz, planted, keyring, forms, share, SEED + number) for number in range(PROCESSES)]
        outcomes = [each.result() for each in running]
    statuses = sum((outcome.statuses for outcome in outcomes), start=outcomes[0].statuses.__class__())
    wrong = [what for outcome in outcomes for what in outcome.wrong]
    slowest = max(outcome.seconds for outcome in outcomes)
    reveals = sum(outcome.reveals for outcome in outcomes)
    changes = sum(outcome.changes for outcome in outcomes)
    cpu_s = sum(outcome.cpu_s for outcome in outcomes)
    print(  # noqa: T201 - the figures are a result
        f"{sum(statuses.values())} requests in {slowest:.0f} s ({cpu_s:.0f} s of processor), "
        f"{reveals} values revealed, "
        f"{changes} traced changes; "
        f"answers {dict(sorted(statuses.items()))}; {len(wrong)} wrong"
    )
    assert not wrong, "\n".join(_one_of_each(wrong)[:100])
    assert statuses[200] > REQUESTS / 20  # else nothing behind the checks was reached
    assert reveals > 0
    assert changes > 0


def _one_of_each(wrong: list[str]) -> list[str]:
    """The first of those that differ only in what was sent and by whom."""
    found: dict[str, str] = {}
    for what in wrong:
        found.setdefault(re.sub(r" as [\w -]+:| · .*", "", what), what)
    return list(found.values())
