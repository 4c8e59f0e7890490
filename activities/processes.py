"""Programs that we start never outlive us."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def dies_with_its_parent(parent: int) -> Callable[[], None]:
    """For `preexec_fn`: the kernel ends the program when its parent is gone, even by `kill -9`. Linux only."""
    if not sys.platform.startswith("linux"):
        return lambda: None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask_the_kernel() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # gone before the kernel was asked
            os._exit(1)

    return ask_the_kernel
