"""`make bench`: whole cases against empty workflows; `make bench ARGS="pages"`: the pages with few and many cases."""

import sys

from bench import cases, pages
from bench.processes import leave

BENCHMARKS = {"cases": cases.main, "pages": pages.main}

if __name__ == "__main__":
    words = sys.argv[1:]
    name = words.pop(0) if words and words[0] in BENCHMARKS else "cases"
    leave(BENCHMARKS[name](words))
