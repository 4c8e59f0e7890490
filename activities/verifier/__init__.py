"""The verifier that an auditor takes along: `verify.py` is one file, needs only Python, and imports nothing of ours."""

from pathlib import Path
from typing import Final

VERIFIER: Final = Path(__file__).with_name("verify.py")
