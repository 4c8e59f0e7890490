"""`make bench`: every benchmark, one after the other."""

import sys

from bench import cases
from cli.exit import shutdown_and_exit

if __name__ == "__main__":
    shutdown_and_exit(cases.main(sys.argv[1:]))
