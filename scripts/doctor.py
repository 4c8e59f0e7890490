"""What this machine has and lacks, also before anything is installed."""

from __future__ import annotations

import os
import sys

import interpreters
from stamp import ROOT, VENV

NOT_INSTALLED = "驿站尚未安装，运行 make run 即可 · Yizhan is not installed yet: make run does it"


def main(arguments: list[str]) -> int:
    interpreters.continue_under_a_suitable_one()
    yizhan = VENV / "bin" / "yizhan"
    if yizhan.exists():
        os.execv(yizhan, [str(yizhan), "doctor", *arguments])
    sys.path.insert(0, str(ROOT))
    return _before_installation("--json" in arguments)


def _before_installation(as_json: bool) -> int:
    from cli import findings, system  # noqa: PLC0415 - readable only once a suitable Python runs this
    from cli.findings import State  # noqa: PLC0415

    python = interpreters.choose()
    needs = [(need, State.MISSING) for need in (*system.needs_of_the_product(python), system.venv_need(python))]
    needs += [(need, State.NOT_YET) for need in system.needs_of_the_tests()]
    seen = [system.finding(need, absent) for need, absent in needs]
    print(findings.as_json(seen) if as_json else "\n".join([*findings.as_lines(seen), NOT_INSTALLED]))
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except interpreters.NoSuitablePython as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(2)
