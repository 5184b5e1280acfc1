#!/usr/bin/env python3
"""Pulls the plug on `suoyin`, again and again.

At each moment one command (index, delete, optimize with and without --reorder, rebuild, restore, merging
by many small commits) is started and killed with SIGKILL after a random part of the time that it takes; one that was quicker does
not count. Then the index must pass `check`, hold exactly the articles of one of the command's commits or
of before, answer queries as that state does, with the very scores where nothing was committed, and have
no temporary file left once the same command has run again to its end. Meanwhile another process searches
in a loop and must never see an error. Then the same commands run against a limit on the size of files
and, where this user may mount one, on a small full disk.

Prints how far it is every ten moments, and one line for each kind of command; ends with status 1 where
anything did not hold.
"""

import argparse
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

# Asked in one process, all that they find being compared; of the others the totals.
TOPICS = ["汽车 新能源", "产业", "公司 研究"]
QUERIES = ["\"中国\"", "市场 -电池"]
# How many articles a command of the kind "merge" commits at a time, and how many it has.
STEP, SMALL = 8, 30


class Soak:
    def __init__(self, suoyin, folder, seed):
        self.suoyin = suoyin
        self.folder = pathlib.Path(folder)
        self.index = self.folder / "index"
        self.random = random.Random(seed)
        self.failures = []
        self.number = 0
        text = "".join(p.read_text("utf-8") for p in sorted(pathlib.Path("seeds").glob("*.txt")))
        self.sentences = [s for s in re.split(r"(?<=[。！？])", text) if len(s) > 4]

    def run(self, *arguments, index=None, **options):
        line = [self.suoyin, *map(str, arguments), "--index", str(index or self.index)]
        return subprocess.run(line, capture_output=True, text=True, **options)

    def fail(self, what):
        self.failures.append(what)
        print(f"FAILED: {what}", file=sys.stderr)

    def articles(self, name, count, base=0):
        """A file of new articles; every tenth takes the place of an older one."""
        path = self.folder / f"{name}.jsonl"
        with path.open("w") as file:
            for number in range(count):
                old = number % 10 == 0 and base > 0
                identifier = self.random.randrange(base) if old else base + number
                text = "".join(self.random.choices(self.sentences, k=self.random.randint(1, 12)))
                text += f" {self.random.random()}"
                file.write(json.dumps({"_id": f"a{identifier}", "text": text}) + "\n")
        return path

    def state(self, index=None):
        """What the index holds and finds, in a form that can be compared; an error by its text."""
        return self.states(index)[0]

    def states(self, index=None):
        """The state, and the same with scores: these change where a merge drops deleted articles."""
        exported = self.run("export", index=index)
        if exported.returncode != 0:
            return [f"export: {exported.stderr}"] * 2
        # Articles may come in another order after a restore of the same ones; none is lost by that.
        contents = sorted(exported.stdout.splitlines())
        asked = self.run("run", "--topics", self.folder / "topics", "--depth", "1000000", index=index)
        if asked.returncode != 0:
            return [f"run: {asked.stderr}"] * 2
        totals = []
        for query in QUERIES:
            found = self.run("search", "--json", "--limit", "0", query, index=index)
            if found.returncode == 2:
                return [f"search: {found.stderr}"] * 2
            totals.append(json.loads(found.stdout)["total"])
        columns = (line.split() for line in asked.stdout.splitlines())
        found = sorted((column[0], column[2]) for column in columns)
        return [
            hashlib.sha256(repr((contents, answers, totals)).encode()).hexdigest()
            for answers in (found, asked.stdout)
        ]

    def temporary(self):
        return [n for n in os.listdir(self.index) if ".tmp" in n]

    def command(self):
        """One of the kinds of commands, made for the index as it is now."""
        self.number += 1
        info = self.run("info", "--json")
        count = json.loads(info.stdout)["articles"] if info.returncode == 0 else 0
        name = self.random.choice(
            ["index", "merge", "delete", "optimize", "reorder", "rebuild", "restore"])
        if name == "index":
            few = self.random.random() < 0.7
            return name, ["index", self.articles("new", 30 if few else 800, count)]
        if name == "merge":
            small = self.articles("small", SMALL, count)
            return name, ["index", "--memory", "1", "--commit-every", str(STEP), small]
        if name == "delete":
            ids = [f"a{self.random.randrange(count + 50)}" for _ in range(40)]
            return name, ["delete", *ids]
        if name == "reorder":
            return name, ["optimize", "--reorder"]
        operands = {"rebuild": ["base.jsonl"], "restore": ["backup"]}.get(name, [])
        return name, [name, *(self.folder / operand for operand in operands)]

    def copy(self, name):
        """A copy of the index."""
        copy = self.folder / name
        shutil.rmtree(copy, ignore_errors=True)
        self.run("snapshot", copy)
        return copy

    def between(self, copy, arguments):
        """The states of the commits that a command of the kind "merge" makes of a copy on its way."""
        # Under its own name, which an article's path has.
        file = arguments[-1]
        lines = file.read_text().splitlines(keepends=True)
        states = []
        for count in range(STEP, SMALL, STEP):
            file.write_text("".join(lines[:count]))
            self.run("index", file, index=copy)
            states.append(self.state(copy))
        file.write_text("".join(lines))
        return states

    def moment(self):
        """Returns the command's kind, whether it was killed, and whether before any commit."""
        name, arguments = self.command()
        before, scored = self.states()
        manifest = (self.index / "manifest").read_bytes()
        was = self.copy("was") if name == "merge" else None
        # What the command makes of the index, and how long that takes, on a copy.
        copy = self.copy("copy")
        start = time.monotonic()
        self.run(*arguments, index=copy)
        took = time.monotonic() - start
        after = self.state(copy)

        line = [self.suoyin, *map(str, arguments), "--index", str(self.index)]
        process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(self.random.random() * took)
        process.send_signal(signal.SIGKILL)
        killed = process.wait() == -signal.SIGKILL
        what = f"{name}, moment {self.number}"
        check = self.run("check")
        if check.returncode != 0:
            self.fail(f"{what}: check says {check.stdout} {check.stderr}")
        state, answers = self.states()
        is_before = (self.index / "manifest").read_bytes() == manifest
        if is_before and answers != scored:
            self.fail(f"{what}: no commit, and yet other answers")
        if not is_before and state not in (before, after):
            if was is None or state not in self.between(was, arguments):
                self.fail(f"{what}: not the state of any commit: {state}")
        again = self.run(*arguments)
        if again.returncode == 2 or self.state() != after:
            self.fail(f"{what}: the next run did not go on: {again.stderr}")
        if self.temporary():
            self.fail(f"{what}: left {self.temporary()}")
        return name, killed, is_before

    def limited(self, name, arguments, preparation):
        """A command that cannot write all it has to."""
        before, names = self.state(), sorted(os.listdir(self.index))
        done = self.run(*arguments, preexec_fn=preparation)
        if done.returncode != 2:
            return self.fail(f"{name}: status {done.returncode}")
        if not re.search(r"limit on file sizes|[Ff]ree space", done.stderr):
            self.fail(f"{name}: does not say why: {done.stderr}")
        if self.state() != before or sorted(os.listdir(self.index)) != names:
            self.fail(f"{name}: the index is not as it was")
        print(f"{name}: {done.stderr.strip()[:110]}…")

    def limits(self):
        import resource

        big = self.articles("big", 3000)
        size = 200_000
        for name, arguments in [
            ("index, limit on file size", ["index", big]),
            ("rebuild, limit on file size", ["rebuild", big]),
            ("restore, limit on file size", ["restore", self.folder / "backup"]),
        ]:
            self.limited(
                name, arguments, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
        disk = self.folder / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk],
                          capture_output=True).returncode != 0:
            print("full disk: not tried, since this user may not mount one")
            return
        index = self.index
        try:
            self.index = disk / "index"
            self.run("index", self.articles("fits", 600))
            room = os.statvfs(disk)
            (disk / "filler").write_bytes(bytes(room.f_bavail * room.f_bsize - 600_000))
            for name, arguments in [
                ("index, full disk", ["index", big]),
                ("rebuild, full disk", ["rebuild", big]),
                ("restore, full disk", ["restore", self.folder / "backup"]),
            ]:
                self.limited(name, arguments, None)
        finally:
            self.index = index
            subprocess.run(["umount", disk], check=True)

    def read(self, is_done, counts):
        """Searches and exports until told to stop; an index that is there never fails."""
        while not is_done.is_set():
            for arguments in (["search", "--json", "产业"], ["export"], ["info"]):
                done = self.run(*arguments)
                counts[0] += 1
                if done.returncode == 2:
                    self.fail(f"a reader: {arguments}: {done.stderr}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--suoyin", required=True)
    parser.add_argument("--moments", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="suoyin-soak-") as folder:
        soak = Soak(os.path.abspath(options.suoyin), folder, options.seed)
        (soak.folder / "topics").write_text("".join(f"{t[0]}\t{t}\n" for t in TOPICS))
        base = soak.articles("base", 2000)
        assert soak.run("index", base).returncode == 0
        assert soak.run("snapshot", soak.folder / "backup").returncode == 0
        is_done, reads = threading.Event(), [0]
        reader = threading.Thread(target=soak.read, args=(is_done, reads))
        reader.start()
        counts, kills, start = {}, 0, time.monotonic()
        while kills < options.moments:
            name, killed, is_before = soak.moment()
            if not killed:
                continue
            kills += 1
            entry = counts.setdefault(name, [0, 0])
            entry[0] += 1
            entry[1] += is_before
            if kills % 10 == 0:
                print(f"{kills} of {options.moments} moments in {time.monotonic() - start:.0f} s,"
                      f" {reads[0]} runs of a reader, {len(soak.failures)} failures", flush=True)
        is_done.set()
        reader.join()
        for name, (killed, before) in sorted(counts.items()):
            print(f"{name}: {killed} killed, {before} of them before a commit")
        print(f"reader: {reads[0]} runs meanwhile")
        soak.limits()
        print(f"{len(soak.failures)} failures")
        sys.exit(1 if soak.failures else 0)


main()
