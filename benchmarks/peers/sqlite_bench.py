"""SQLite's FTS5, the ten best only: it scores whatever matches, and is slow at that."""

import os
import shutil
import sqlite3
import time

import measuring


def index(tokens, folder, threads):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    passages = measuring.read_passages(tokens)
    base = sqlite3.connect(f"{folder}/index.db")
    base.execute("pragma journal_mode = off")
    base.execute("create virtual table d using fts5(text, content='', tokenize='unicode61')")
    start = time.perf_counter()
    base.executemany("insert into d(rowid, text) values (?, ?)", enumerate(passages, 1))
    base.execute("insert into d(d) values ('optimize')")
    base.commit()
    return {"seconds": round(time.perf_counter() - start, 2)}


def expression(kind, words):
    if kind.startswith("phrase"):
        return '"' + " ".join(words) + '"'
    return (" AND " if kind.startswith("and") else " OR ").join(f'"{word}"' for word in words)


def query(folder, path, rounds):
    base = sqlite3.connect(f"{folder}/index.db")
    # A headline of words takes it seconds.
    queries = [(kind, words) for kind, words in measuring.read_queries(path) if kind != "orall"]
    select = "select rowid from d where d match ? order by rank limit ?"

    def ask(match, limit, counts):
        return base.execute(select, (match, limit)).fetchall()

    kinds = [kind for kind, _ in queries]
    matches = [expression(kind, words) for kind, words in queries]
    best, _ = measuring.time_each(matches, ["top10"], min(rounds, 2), ask)
    return {"us": measuring.means(kinds, ["top10"], best)}


measuring.main(index, query)
