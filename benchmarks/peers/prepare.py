"""Lays out the input of compare.py in a folder: the same words for every engine.

usage: prepare.py [FILE.jsonl[.xz]…] [--headlines FILE] [--out FOLDER]
       prepare.py --zipf PASSAGES [--seed 1] [--out FOLDER]

From files of JSON lines {"_id", "title", "text"}: texts become passages of 400 characters or more,
cut at line ends, in a shuffled order, and ICU's words of them, folded by NFKC_Casefold. Queries are
pieces of headlines: those of --headlines (one a line; of `id<TAB>headline` the headline), else the
titles. From nothing, --zipf makes words, passages and headlines up: frequencies after Zipf's law,
lengths log-normal, all from one seed, so that the same call gives the same files everywhere.

  raw.jsonl     the passages as {"_id", "title", "text"}: for suoyin-bench ingest
  tokens.txt    a passage a line, blanks between words
  queries.txt   KIND<TAB>words: term, and2, and3, or2, or3, orall, phrase2, phrase3
"""

import argparse
import bisect
import collections
import itertools
import json
import lzma
import os
import pathlib
import random
import subprocess
import sys

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
CACHE = CACHE / "suoyin-bench"
PEERS = pathlib.Path(os.environ.get("PEERS") or CACHE / "peers")
VOCABULARY = 200_000


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    parser.add_argument("--headlines", type=pathlib.Path)
    parser.add_argument("--zipf", type=int, metavar="PASSAGES")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--queries", type=int, default=300, help="of each kind (300)")
    parser.add_argument("--out", type=pathlib.Path, default=CACHE / "input")
    arguments = parser.parse_args()
    if bool(arguments.files) == bool(arguments.zipf):
        parser.error("give either files of JSON lines or --zipf")
    return arguments


def read_articles(path):
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def passages(article, size=400):
    """The article's text in pieces of `size` characters or more, cut at line ends."""
    piece, length, number = [], 0, 0
    for line in article["text"].split("\n"):
        piece.append(line)
        length += len(line)
        if length >= size:
            yield piece, number
            piece, length, number = [], 0, number + 1
    if piece:
        yield piece, number


def cut(texts):
    """ICU's words of each text, with blanks between."""
    lines = "".join(" ".join(text.split()) + "\n" for text in texts)
    done = subprocess.run([PEERS / "segment"], input=lines, capture_output=True, text=True,
                          encoding="utf-8", check=True)
    return done.stdout.split("\n")[:len(texts)]


def from_files(arguments):
    rows, titles = [], []
    for path in arguments.files:
        for article in read_articles(path):
            title = article.get("title") or ""
            titles.append(title)
            rows += [{"_id": f"{article['_id']}-{number}", "title": title, "text": " ".join(piece)}
                     for piece, number in passages(article)]
    random.Random(arguments.seed).shuffle(rows)
    if arguments.headlines:
        titles = [line.rstrip("\n").split("\t")[-1]
                  for line in arguments.headlines.open(encoding="utf-8")]
    return rows, cut([row["text"] for row in rows]), cut(titles)


def made_up_words(count, rng):
    """Different words of one to three common characters, the shorter ones first."""
    characters = [chr(code) for code in rng.sample(range(0x4E00, 0x9FA6), 3_000)]
    known = dict.fromkeys(characters[:1_000])
    while len(known) < count:
        length = 2 if len(known) < count * 2 // 3 else 3
        known["".join(rng.choices(characters, k=length))] = None
    return list(known)


def from_nothing(arguments):
    rng = random.Random(arguments.seed)
    words = made_up_words(VOCABULARY, rng)
    # Mandelbrot's form of the law: the r-th word with a chance of 1 / (r + 2.7).
    chances = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words))))

    def draw():
        return words[bisect.bisect(chances, rng.random() * chances[-1], hi=len(words) - 1)]

    rows, tokens, headlines = [], [], []
    for number in range(arguments.zipf):
        passage = [draw() for _ in range(max(8, min(1_000, int(rng.lognormvariate(4.2, 0.6)))))]
        start = rng.randrange(len(passage) - 7)
        # A headline is a piece of a passage, so that its phrases are found.
        headline = passage[start:start + rng.randint(4, 8)]
        rows.append({"_id": f"made-{number:07}", "title": "".join(headline),
                     "text": "".join(passage)})
        tokens.append(" ".join(passage))
        headlines.append(" ".join(headline))
    return rows, tokens, headlines


def queries(headlines, frequencies, count, rng):
    """Pieces of headlines, `count` of each kind."""
    heads = [words for words in (line.split() for line in headlines) if len(words) >= 4]
    rng.shuffle(heads)
    if len(heads) < 5 * count:
        sys.exit(f"error: {len(heads)} headlines of four words or more are too few for {count} "
                 f"queries of each kind; give --headlines, or --queries {max(1, len(heads) // 5)}")
    known = sorted({word for words in heads for word in words if frequencies[word] >= 10})
    yield from (("term", [word]) for word in rng.sample(known, min(count, len(known))))

    def part(number):
        return heads[number * count:(number + 1) * count]

    for kind, length, number in (("phrase2", 2, 0), ("phrase3", 3, 1)):
        for words in part(number):
            start = rng.randrange(len(words) - length + 1)
            yield kind, words[start:start + length]
    for kind, length, number in (("and2", 2, 2), ("and3", 3, 3), ("or2", 2, 2), ("or3", 3, 3)):
        yield from ((kind, rng.sample(words, length)) for words in part(number))
    yield from (("orall", list(dict.fromkeys(words))) for words in part(4))


def main():
    arguments = parse_arguments()
    rows, tokens, headlines = (from_nothing if arguments.zipf else from_files)(arguments)
    frequencies = collections.Counter()
    total = 0
    for line in tokens:
        words = line.split()
        total += len(words)
        frequencies.update(set(words))
    asked = list(queries(headlines, frequencies, arguments.queries,
                         random.Random(arguments.seed + 1)))
    arguments.out.mkdir(parents=True, exist_ok=True)
    with open(arguments.out / "raw.jsonl", "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    with open(arguments.out / "tokens.txt", "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in tokens)
    with open(arguments.out / "queries.txt", "w", encoding="utf-8") as file:
        file.writelines(f"{kind}\t{' '.join(words)}\n" for kind, words in asked)
    print(f"{arguments.out}: {len(rows):,} passages, {total:,} words, {len(frequencies):,} "
          f"different, {len(asked):,} queries")


main()
