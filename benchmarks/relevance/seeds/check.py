#!/usr/bin/env python3
"""Asks the topics over the articles of seeds/ and holds what comes of it against the record.

    benchmarks/relevance/seeds/check.py              compare with level.json
    benchmarks/relevance/seeds/check.py --record     write it anew, with the change that explains it

Exit status: 0 as on record or better, 1 where a measure is lower, 2 could not run.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
LEVEL = HERE / "level.json"
MEASURES = ["nDCG@10", "RR@10", "R@10"]


def call(*words, output=None):
    return subprocess.run([str(word) for word in words], check=True,
                          stdout=output or subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def measure(suoyin):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        passages, index, run = folder / "passages.jsonl", folder / "index", folder / "suoyin.run"
        with open(passages, "wb") as file:
            call(sys.executable, HERE / "passages.py", output=file)
        call(suoyin, "index", "--index", index, passages)
        call(suoyin, "run", "--index", index, "--topics", HERE / "queries.tsv", "--output", run)
        answer = json.loads(call(
            suoyin, "evaluate", "--json", "--qrels", HERE / "qrels.txt",
            *(word for name in MEASURES for word in ("--measure", name)), run))
    return {name: round(value, 4) for name, value in answer["runs"][0]["means"].items()}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--suoyin", default=HERE.parents[2] / ".build/release/suoyin")
    arguments = parser.parse_args()
    try:
        found = measure(arguments.suoyin)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    if arguments.record:
        LEVEL.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    level = json.loads(LEVEL.read_text(encoding="utf-8"))
    for name in MEASURES:
        print(f"{name}  {found[name]:.4f}, on record {level[name]:.4f}")
    sys.exit(1 if any(found[name] < level[name] for name in MEASURES) else 0)


main()
