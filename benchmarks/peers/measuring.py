"""What the programs here share: the peers' two calls, their rounds and answers, and the machine."""

import collections
import json
import pathlib
import platform
import sys
import time

MODES = {"top10": (10, False), "top100": (100, False), "count": (1, True)}


def read_queries(path):
    """The lines `KIND<TAB>words` as pairs of a kind and a list of words."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            kind, words = line.rstrip("\n").split("\t")
            yield kind, words.split(" ")


def read_passages(path):
    with open(path, encoding="utf-8") as lines:
        return lines.read().split("\n")[:-1]


def time_each(queries, modes, rounds, ask):
    """The best time of each query in each mode, and what the first round gave.

    `ask(query, limit, counts)` answers one query. Rounds go through all modes and queries in turn.
    """
    best = collections.defaultdict(lambda: float("inf"))
    first = {}
    for turn in range(rounds):
        for mode in modes:
            limit, counts = MODES[mode]
            for number, query in enumerate(queries):
                start = time.perf_counter()
                result = ask(query, limit, counts)
                best[number, mode] = min(best[number, mode], time.perf_counter() - start)
                if turn == 0:
                    first[number, mode] = result
    return best, first


def means(kinds, modes, best):
    """`KIND/MODE`: the mean over the kind's queries of their best times, in microseconds."""
    sums = collections.defaultdict(list)
    for number, kind in enumerate(kinds):
        for mode in modes:
            sums[f"{kind}/{mode}"].append(best[number, mode] * 1e6)
    return {cell: round(sum(values) / len(values), 2) for cell, values in sorted(sums.items())}


def processor():
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def main(index, query):
    """Runs `index TOKENS DIR THREADS` or `query DIR QUERIES ROUNDS` and prints its answer."""
    if sys.argv[1] == "index":
        answer = index(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        answer = query(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    print(json.dumps(answer))
