"""`python -m activities.limited SECONDS BYTES MODULE`: a module as a program that the kernel ends when it goes too far.

Nothing that runs in it is trusted: it has its own memory, its own processor time, an end by the clock, no files to
write, and none of our environment.
"""

import resource
import runpy
import signal
import sys


def limit(seconds: int, memory: int) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    limit(int(sys.argv[1]), int(sys.argv[2]))
    module = sys.argv[3]
    del sys.argv[1:]
    runpy.run_module(module, run_name="__main__")
