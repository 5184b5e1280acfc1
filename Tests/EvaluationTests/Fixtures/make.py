#!/usr/bin/env python3
"""Writes what ir_measures and scipy say of random runs: what Suoyin's values are held against.

usage: make.py [--seed 1] [--cases 240] >ir_measures.jsonl

Needs ir_measures, cwl-eval and scipy; their versions stand in the first line, with the names of the
measures. Then a line a case: judgements ("qrels", graded, some negative, some topics with nothing
relevant), a run ("run": ties, ties as Float32 only, unjudged documents, topics that are missing or have
no judgements, topics in shuffled order) and "values", for each measure those of the topics in sorted
order and their mean. Last, lines of paired "differences" with Student's "t" and "p". A topic that has no
grade from 0 up is left out: trec_eval does not end on it.
"""

import argparse
import importlib.metadata
import json
import random

import ir_measures
import scipy.stats

MEASURES = """nDCG nDCG@1 nDCG@3 nDCG@10 nDCG(judged_only=True)@5 AP AP@4 AP(rel=2) AP(judged_only=True)
RR RR@1 RR@3 RR@10 RR(rel=2) RR(rel=2)@5 P@1 P@5 P@20 P(rel=2)@5 P(judged_only=True)@3 R@3 R@10
R(rel=2)@5 Rprec Rprec(rel=2) Success@1 Success@5 Success(rel=2)@3 Bpref Bpref(rel=2) Judged Judged@3
Judged@10 RBP(rel=1) RBP(p=0.95,rel=2) RBP(p=0.99,rel=1)""".split()


def random_case(dice):
    documents = [f"d{number}" for number in range(dice.choice([4, 9, 14]))] + ["é", "文", "D2"]
    topics = [str(number) for number in range(1, 4)]
    qrels = {}
    for topic in topics:
        judged = dice.sample(documents, dice.randint(1, len(documents)))
        grades = dice.choice([[0, 1], [0, 0, 1, 2], [-1, 0, 1, 2, 3], [0], [1]])
        qrels[topic] = {document: dice.choice(grades) for document in judged}
        if all(grade < 0 for grade in qrels[topic].values()):
            qrels[topic][judged[0]] = 1
    run = {}
    for topic in dice.sample(topics + ["8", "9"], dice.randint(1, 5)):
        found = dice.sample(documents, dice.randint(1, len(documents)))
        kind = dice.randrange(4)
        scores = {
            0: lambda: round(dice.random(), 4),
            1: lambda: dice.choice([1.5, 2.5, -0.5]),
            # Equal as Float32, and not as Float64.
            2: lambda: 7 + dice.choice([0, 1e-9, 2e-9, 1e-3]),
            3: lambda: float(dice.randint(1, 6)),
        }[kind]
        run[topic] = [[document, scores()] for document in found]
    return qrels, run


def values(qrels, run, measures):
    judgements = [ir_measures.Qrel(topic, document, grade)
                  for topic, grades in qrels.items() for document, grade in grades.items()]
    scored = [ir_measures.ScoredDoc(topic, document, score)
              for topic, ranking in run.items() for document, score in ranking]
    means, metrics = ir_measures.calc(measures, judgements, scored)
    found = {(metric.measure, metric.query_id): metric.value for metric in metrics}
    return [[brief(found[measure, topic]) for topic in sorted(qrels)] + [brief(means[measure])]
            for measure in measures]


def brief(value):
    value = round(float(value), 8)
    return int(value) if value == int(value) else value


def random_differences(dice):
    count = dice.choice([2, 3, 5, 30, 300])
    shift = dice.choice([0, 0.01, 0.3])
    differences = [dice.choice([0, round(shift * dice.random(), 4), round(dice.gauss(0, 0.3), 4)])
                   for _ in range(count)]
    # Where all are the same there is no test.
    return differences + [0.5, 0.25]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=240)
    arguments = parser.parse_args()
    dice = random.Random(arguments.seed)
    measures = [ir_measures.parse_measure(name) for name in MEASURES]

    def write(value):
        print(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    write({"measures": MEASURES, "versions": {
        name: importlib.metadata.version(name)
        for name in ["ir-measures", "pytrec-eval-terrier", "cwl-eval", "scipy"]}})
    for _ in range(arguments.cases):
        qrels, run = random_case(dice)
        write({"qrels": qrels, "run": run, "values": values(qrels, run, measures)})
    for _ in range(20):
        differences = random_differences(dice)
        test = scipy.stats.ttest_rel(differences, [0] * len(differences))
        write({"differences": differences, "t": test.statistic, "p": test.pvalue})


main()
