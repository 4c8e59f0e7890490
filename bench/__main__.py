"""`make bench`: every benchmark, one after the other."""

import sys

from bench import cases
from bench.processes import leave

if __name__ == "__main__":
    leave(cases.main(sys.argv[1:]))
