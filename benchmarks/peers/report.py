"""Makes of a JSON by compare.py a folder with the same as CSV, table and chart.

usage: report.py FILE.json FOLDER       (FOLDER as benchmarks/runs/2026-01-31-zen5)
"""

import csv
import json
import math
import pathlib
import sys

NAMES = {"suoyin": "Suoyin", "lucene": "Lucene 10.5", "tantivy": "Tantivy 0.27", "pisa": "PISA",
         "sqlite": "SQLite FTS5"}
KINDS = ["term", "and2", "and3", "or2", "or3", "orall", "phrase2", "phrase3"]
MODES = ["top10", "top100", "count"]


def cells(result):
    """Each cell with the time of every engine, and the ratio of ours to the fastest peer's."""
    for kind in KINDS:
        for mode in MODES:
            cell = f"{kind}/{mode}"
            times = {engine: answer["us"].get(cell) for engine, answer in result["query"].items()}
            peers = [us for engine, us in times.items() if engine != "suoyin" and us is not None]
            own = times.get("suoyin")
            ratio = own / min(peers) if peers and own is not None else None
            if any(us is not None for us in times.values()):
                yield cell, times, ratio


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values))


def write_csv(result, path):
    engines = list(result["query"])
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["cell", *(f"{engine}_us" for engine in engines), "ratio"])
        for cell, times, ratio in cells(result):
            rows.writerow([cell, *(times[engine] for engine in engines),
                           "" if ratio is None else round(ratio, 3)])


def number(value, digits):
    return "–" if value is None else f"{value:,.{digits}f}"


def table(result):
    engines = list(result["query"])
    machine, taken = result["machine"], result["input"]
    lines = [
        f"# {result['date']}, {machine['processor']}", "",
        f"{taken['passages']:,} passages, {taken['words']:,} words, {taken['queries']:,} queries; "
        f"{machine['processors']} processors, {machine['system']}. {result['turns']} turns of "
        f"{result['rounds']} rounds; load {machine['load'][0]} before the queries and "
        f"{machine['load'][1]} after.", "",
    ]
    if result["note"]:
        lines += [result["note"], ""]
    agreed = "Matches equal Lucene's in every kind, and scores lie within 2 % of its."
    lines += [f"- {text}" for text in result["differences"]] or [agreed]
    lines += [
        "", "Microseconds a query (mean over the queries of each one's best round), and the ratio "
        "to the fastest peer of the cell: below 1, Suoyin is faster.", "",
        "| | " + " | ".join(NAMES[engine] for engine in engines) + " | ratio |",
        "|---|" + "---:|" * (len(engines) + 1),
    ]
    ratios = {}
    for cell, times, ratio in cells(result):
        if ratio is not None:
            ratios[cell] = ratio
        lines.append(f"| {cell} | " + " | ".join(number(times[e], 1) for e in engines)
                     + f" | {number(ratio, 2)} |")
    if ratios:
        best, worst = min(ratios, key=ratios.get), max(ratios, key=ratios.get)
        lines += ["", f"Geometric mean of the ratios {geometric_mean(list(ratios.values())):.2f}; "
                  f"best {best} {ratios[best]:.2f}, worst {worst} {ratios[worst]:.1f}."]
    if result["index"]:
        lines += ["", f"Indexing, {result['threads']} thread:", "", "| | seconds | MB |",
                  "|---|---:|---:|"]
        lines += [f"| {NAMES[engine]} | {built['seconds']} | {built['bytes'] / 1e6:.1f} |"
                  for engine, built in result["index"].items()]
    lines += ["", "![Times by cell](chart.png)", ""]
    return "\n".join(lines)


def draw(result, path):
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot

    engines = list(result["query"])
    figure, axes = pyplot.subplots(len(MODES), 1, figsize=(10, 10), sharex=True)
    width = 0.8 / len(engines)
    for axis, mode in zip(axes, MODES):
        for place, engine in enumerate(engines):
            us = [result["query"][engine]["us"].get(f"{kind}/{mode}") for kind in KINDS]
            at = [index + place * width for index, value in enumerate(us) if value is not None]
            axis.bar(at, [value for value in us if value is not None], width, label=NAMES[engine])
        axis.set_yscale("log")
        axis.set_ylabel(f"{mode}, µs a query")
        axis.grid(axis="y", alpha=0.3)
    middle = 0.4 - width / 2
    axes[-1].set_xticks([index + middle for index in range(len(KINDS))], KINDS)
    axes[0].legend(ncols=len(engines), fontsize="small")
    axes[0].set_title(f"{result['input']['passages']:,} passages, {result['date']}")
    figure.tight_layout()
    figure.savefig(path, dpi=100)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    result = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text(table(result), encoding="utf-8")
    (folder / "comparison.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    write_csv(result, folder / "cells.csv")
    draw(result, folder / "chart.png")
    print(table(result))


main()
