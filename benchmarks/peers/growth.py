"""How indexing and queries grow from an eighth of a corpus to the whole of it.

Indexes every eighth, fourth, second and at last every passage of what prepare.py made, on one
thread, and asks each index the same queries. Writes table, chart and figures to a folder. Run it by
the Python of setup, which has matplotlib:

    ~/.cache/suoyin-bench/peers/venv/bin/python benchmarks/peers/growth.py benchmarks/runs/DATE-MACHINE
"""

import argparse
import json
import os
import pathlib
import platform
import subprocess
import tempfile

import measuring

HERE = pathlib.Path(__file__).resolve().parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
STEPS = [8, 4, 2, 1]
KINDS = ["and2", "and3", "or2", "or3", "orall", "phrase2", "phrase3"]


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, help="where table, chart and figures go")
    parser.add_argument("--bench", default=str(HERE.parent.parent / ".build/release/suoyin-bench"),
                        help="Suoyin's benchmark (.build/release/suoyin-bench)")
    parser.add_argument("--input", type=pathlib.Path, default=CACHE / "suoyin-bench/input",
                        help="the folder that prepare.py made")
    parser.add_argument("--rounds", type=int, default=5, help="times each query is asked (5)")
    return parser.parse_args()


def answer(*command):
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def measure(arguments, step, scratch):
    """Seconds, bytes and microseconds a query on every `step`-th passage."""
    part = scratch / "tokens.txt"
    passages = 0
    with open(arguments.input / "tokens.txt", encoding="utf-8") as lines, \
            open(part, "w", encoding="utf-8") as chosen:
        for number, line in enumerate(lines):
            if number % step == 0:
                chosen.write(line)
                passages += 1
    index = scratch / "index"
    seconds = answer(arguments.bench, "index", part, index, 1)["seconds"]
    size = sum(file.stat().st_size for file in index.iterdir())
    queries = answer(
        arguments.bench, "query", index, arguments.input / "queries.txt", arguments.rounds)
    return {"passages": passages, "seconds": seconds, "bytes": size, "us": queries["us"]}


def table(result):
    rows = result["rows"]
    lines = [
        "# Growth", "",
        f"{result['processor']}, {result['system']}; load {result['load'][0]} before and "
        f"{result['load'][1]} after. Every eighth, fourth, second and every passage of one corpus, "
        "the same queries on each; top 10, one thread, microseconds a query.", "",
        "| | " + " | ".join(f"{row['passages']:,}" for row in rows) + " | grows by |",
        "|---|" + "---:|" * (len(rows) + 1),
    ]

    def line(name, values, digits):
        grown = f"{values[-1] / values[0]:.1f} ×"
        cells = " | ".join(f"{value:,.{digits}f}" for value in values)
        lines.append(f"| {name} | {cells} | {grown} |")

    line("passages, times the first", [row["passages"] / rows[0]["passages"] for row in rows], 1)
    line("indexing, seconds", [row["seconds"] for row in rows], 2)
    line("index, MB", [row["bytes"] / 1e6 for row in rows], 1)
    for kind in KINDS:
        line(f"{kind}/top10, µs", [row["us"][f"{kind}/top10"] for row in rows], 1)
    return "\n".join(lines + ["", "![Growth](growth.png)", ""])


def draw(result, path):
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot

    rows = result["rows"]
    passages = [row["passages"] for row in rows]
    figure, axis = pyplot.subplots(figsize=(8, 6))
    for kind in KINDS:
        first = rows[0]["us"][f"{kind}/top10"]
        axis.plot(passages, [row["us"][f"{kind}/top10"] / first for row in rows], marker="o",
                  label=kind)
    axis.plot(passages, [count / passages[0] for count in passages], "k--", label="the corpus")
    axis.set_xscale("log", base=2)
    axis.set_yscale("log", base=2)
    axis.set_xticks(passages, [f"{count:,}" for count in passages])
    axis.set_xlabel("passages")
    axis.set_ylabel("time of the ten best, times that on the smallest")
    axis.grid(alpha=0.3)
    axis.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=100)


def main():
    arguments = parse_arguments()
    before = round(os.getloadavg()[0], 1)
    with tempfile.TemporaryDirectory() as scratch:
        rows = [measure(arguments, step, pathlib.Path(scratch)) for step in STEPS]
    result = {"processor": measuring.processor(),
              "system": f"{platform.system()} {platform.machine()}",
              "load": [before, round(os.getloadavg()[0], 1)], "rounds": arguments.rounds,
              "rows": rows}
    arguments.folder.mkdir(parents=True, exist_ok=True)
    text = table(result)
    (arguments.folder / "growth.md").write_text(text, encoding="utf-8")
    (arguments.folder / "growth.json").write_text(json.dumps(result, indent=1) + "\n",
                                                  encoding="utf-8")
    draw(result, arguments.folder / "growth.png")
    print(text)


main()
