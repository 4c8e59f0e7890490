"""`make bench`: whole cases against empty workflows; ARGS="pages": the pages; ARGS="log", "rules", "subsidies"."""

import sys

from bench import cases, log, pages, rules, subsidies
from bench.processes import leave

BENCHMARKS = {
    "cases": cases.main,
    "pages": pages.main,
    "log": log.main,
    "rules": rules.main,
    "subsidies": subsidies.main,
}

if __name__ == "__main__":
    words = sys.argv[1:]
    name = words.pop(0) if words and words[0] in BENCHMARKS else "cases"
    leave(BENCHMARKS[name](words))
