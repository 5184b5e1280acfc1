"""Tantivy 0.27, through its Python binding."""

import collections
import os
import shutil
import time

import tantivy

import measuring

builder = tantivy.SchemaBuilder()
builder.add_text_field("text", stored=False, tokenizer_name="blanks", index_option="position")
builder.add_unsigned_field("number", stored=True, indexed=False)
schema = builder.build()


def open_index(folder):
    index = tantivy.Index(schema, path=folder)
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("blanks", blanks)
    return index


def index(tokens, folder, threads):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    passages = measuring.read_passages(tokens)
    opened = open_index(folder)
    start = time.perf_counter()
    writer = opened.writer(heap_size=1_000_000_000, num_threads=threads)
    for number, passage in enumerate(passages):
        writer.add_document(tantivy.Document(text=passage, number=number))
    writer.commit()
    writer.wait_merging_threads()
    return {"seconds": round(time.perf_counter() - start, 2)}


def build(kind, words):
    terms = [tantivy.Query.term_query(schema, "text", word, index_option="freq") for word in words]
    if kind.startswith("phrase"):
        return tantivy.Query.phrase_query(schema, "text", list(words))
    if len(terms) == 1:
        return terms[0]
    occur = tantivy.Occur.Must if kind.startswith("and") else tantivy.Occur.Should
    return tantivy.Query.boolean_query([(occur, term) for term in terms])


def query(folder, path, rounds):
    searcher = open_index(folder).searcher()
    queries = list(measuring.read_queries(path))
    kinds = [kind for kind, _ in queries]
    modes = list(measuring.MODES)
    best, first = measuring.time_each(
        [build(kind, words) for kind, words in queries], modes, rounds, searcher.search)
    matches = collections.Counter()
    for number, kind in enumerate(kinds):
        matches[kind] += first[number, "count"].count
    # Its k1 and b are fixed (1.2 and 0.75), so its scores do not compare.
    return {"us": measuring.means(kinds, modes, best), "matches": matches}


measuring.main(index, query)
