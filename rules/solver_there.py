"""Whether z3 is installed: an optional extra, which only an analysis needs."""

from importlib.util import find_spec
from typing import Final

from cases.refusals import Refusal, refusal

NO_SOLVER: Final = refusal(
    "no-solver",
    "分析政策需要 z3，本机没有安装：请在驿站的文件夹里运行 make analysis（约38 MB），然后再试。",
    "Analysing policies needs z3, which is not installed here: run `make analysis` in the station's folder (38 MB), "
    "then try again.",
)


def no_solver() -> Refusal | None:
    """Why nothing can be analysed here; None where it can."""
    return None if find_spec("z3") else NO_SOLVER
