"""PISA, through PyTerrier's binding: no positions, so no phrases; no counts.

Each kind of query is asked by several of its algorithms, all queries of the kind at once, and the
best algorithm counts.
"""

import collections
import json
import os
import shutil
import sys
import time

import numpy

sys.path.insert(0, os.path.join(os.environ["PEERS"], "pisa/pyterrier_pisa"))
import _pisathon as pisa

import measuring

CONJUNCTIONS = ("ranked_and", "block_max_ranked_and")
DISJUNCTIONS = ("block_max_maxscore", "maxscore", "block_max_wand", "wand")


def index(tokens, folder, threads):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    # Words under names of letters and digits, which its own tokenizer keeps whole.
    names = {}
    with open(f"{folder}.in", "w", encoding="utf-8") as lines:
        for number, passage in enumerate(measuring.read_passages(tokens)):
            words = ("t%d" % names.setdefault(word, len(names)) for word in passage.split(" "))
            lines.write(f"{number} {' '.join(words)}\n")
    with open(f"{folder}.names", "w", encoding="utf-8") as file:
        json.dump(names, file)
    start = time.perf_counter()
    pisa.index(f"{folder}.in", folder, "", 100_000, threads)
    return {"seconds": round(time.perf_counter() - start, 2)}


def query(folder, path, rounds):
    with open(f"{folder}.names", encoding="utf-8") as file:
        names = json.load(file)
    context = pisa.RetrievalContext()
    pisa.prepare_index(context, folder, "block_simdbp", "bm25", "", quantize=0, stop_fname="",
                       bm25_k1=0.9, bm25_b=0.4)
    kinds = collections.defaultdict(list)
    for kind, words in measuring.read_queries(path):
        if not kind.startswith("phrase"):
            kinds[kind].append({"t%d" % names[word]: 1.0 for word in words if word in names})
    cells = {}
    for kind, rows in kinds.items():
        for limit in (10, 100):
            room = len(rows) * limit
            numbers = numpy.empty(room, dtype=numpy.int32)
            documents = numpy.empty(room, dtype=object)
            ranks = numpy.empty(room, dtype=numpy.int32)
            scores = numpy.empty(room, dtype=numpy.float32)
            best = float("inf")
            for algorithm in CONJUNCTIONS if kind.startswith("and") else DISJUNCTIONS:
                for _ in range(rounds):
                    start = time.perf_counter()
                    pisa.retrieve(
                        context, algorithm, list(enumerate(rows)), k=limit, threads=1,
                        query_weighted=0, pretokenised=True, result_qidxs=numbers,
                        result_docnos=documents, result_ranks=ranks, result_scores=scores)
                    best = min(best, time.perf_counter() - start)
            cells[f"{kind}/top{limit}"] = round(best / len(rows) * 1e6, 2)
    return {"us": dict(sorted(cells.items()))}


measuring.main(index, query)
