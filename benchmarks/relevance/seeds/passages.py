#!/usr/bin/env python3
"""Cuts the articles of seeds/ into passages, as lines of JSON for `suoyin index`.

usage: passages.py [FOLDER] >passages.jsonl

A passage is one or more blocks that follow one another, as they stand in the file, line breaks and
all: it goes on to the end of the block that ends as a sentence does, once it has 100 characters. So
a sentence that a page broke off, even across a blank line, is in one passage. Its id is the article's
number and the passage's, as 001-07; it has no title.
"""

import json
import pathlib
import re
import sys

LEAST = 100
ENDS = "。！？!?”…；"


def passages(text):
    passage = []
    for block in re.split(r"\n[ \t]*\n", text):
        block = block.strip("\n")
        if not block.strip():
            continue
        passage.append(block)
        length = sum(len("".join(one.split())) for one in passage)
        if length >= LEAST and block.rstrip()[-1] in ENDS:
            yield "\n\n".join(passage)
            passage = []
    if passage:
        yield "\n\n".join(passage)


def main():
    here = pathlib.Path(__file__).resolve()
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else here.parents[3] / "seeds")
    for path in sorted(folder.glob("*.txt")):
        article = path.name.split("_")[0]
        for number, text in enumerate(passages(path.read_text(encoding="utf-8")), 1):
            print(json.dumps({"_id": f"{article}-{number:02}", "text": text}, ensure_ascii=False))


main()
