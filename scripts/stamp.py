"""What the last set-up left behind, so that the next one can be silent."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "yizhan-setup.json"
PRODUCT, TESTS, ANALYSIS = "product", "tests", "analysis"


@dataclass(frozen=True)
class Stamp:
    project: str
    python: str
    inputs: str
    groups: list[str]
    distributions: list[str]

    @property
    def moved(self) -> bool:
        return self.project != str(ROOT)

    @property
    def still_true(self) -> bool:
        """Nothing that was asked for has changed, and what was installed then is still there."""
        return (
            not self.moved
            and self.inputs == inputs_hash()
            and Path(self.python).exists()
            and (VENV / "bin" / "yizhan").exists()
            and set(self.distributions) <= set(installed_distributions())
        )


def last() -> Stamp | None:
    try:
        return Stamp(**json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def leave(python: str, groups: set[str]) -> None:
    stamp = Stamp(str(ROOT), python, inputs_hash(), sorted(groups), installed_distributions())
    STAMP.write_text(json.dumps(asdict(stamp), indent=1), encoding="utf-8")


def inputs_hash() -> str:
    """Whatever decides what set-up does: the locks, our own metadata, these scripts, the database's revisions."""
    files = [ROOT / "pyproject.toml", ROOT / "cli" / "system.py", *ROOT.glob("requirements/*.txt")]
    files += ROOT.glob("scripts/*.py")
    files += ROOT.glob("store/migrations/versions/*.py")
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def installed_distributions() -> list[str]:
    return sorted(folder.name for folder in VENV.glob("lib/python3*/site-packages/*.dist-info"))
