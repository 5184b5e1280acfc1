#!/usr/bin/env python3
"""Pulls the plug on `suoyin`, again and again.

At each moment one command (index, delete, optimize, rebuild, restore, merging by many small runs) is
started and killed with SIGKILL after a random part of the time that it takes. Then the index must pass
`check`, hold exactly the articles of before or after the command, answer queries as that state did, and
have no temporary file left once the same command has run again to its end. Meanwhile another process
searches in a loop and must never see an error. Then the same commands run against a limit on the size
of files and, where this user may mount one, on a small full disk.

Prints one line for each kind of command; ends with status 1 where anything did not hold.
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

QUERIES = ["汽车 新能源", "\"中国\"", "市场 -电池", "产业", "公司 研究"]


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
        """What the index holds and answers, in a form that can be compared."""
        exported = self.run("export", index=index)
        if exported.returncode != 0:
            return f"export: {exported.stderr}"
        # Articles may come in another order after a restore of the same ones; none is lost by that.
        lines = sorted(exported.stdout.splitlines())
        parts = [hashlib.sha256("\n".join(lines).encode()).hexdigest()]
        for query in QUERIES:
            found = self.run("search", "--json", "--limit", "100000", query, index=index)
            if found.returncode == 2:
                return f"search: {found.stderr}"
            hits = json.loads(found.stdout)["hits"]
            parts.append(hashlib.sha256("\n".join(sorted(h["id"] for h in hits)).encode()).hexdigest())
        return " ".join(parts)

    def temporary(self):
        return [n for n in os.listdir(self.index) if ".tmp" in n]

    def commands(self):
        """The kinds of commands, each made for the index as it is now."""
        self.number += 1
        info = self.run("info", "--json")
        count = json.loads(info.stdout)["articles"] if info.returncode == 0 else 0
        ids = [f"a{self.random.randrange(count + 50)}" for _ in range(40)]
        few = self.random.random() < 0.7
        new = self.articles("new", 30 if few else 800, count)
        return [
            ("index", ["index", new]),
            ("merge", ["index", "--memory", "1", "--commit-every", "8", self.articles("small", 30, count)]),
            ("delete", ["delete", *ids]),
            ("optimize", ["optimize"]),
            ("rebuild", ["rebuild", self.folder / "base.jsonl"]),
            ("restore", ["restore", self.folder / "backup"]),
        ]

    def moment(self):
        name, arguments = self.random.choice(self.commands())
        before = self.state()
        # What the command makes of the index, and how long that takes, on a copy.
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        self.run("snapshot", copy)
        start = time.monotonic()
        self.run(*arguments, index=copy)
        took = time.monotonic() - start
        after = self.state(copy)

        line = [self.suoyin, *map(str, arguments), "--index", str(self.index)]
        process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(self.random.random() * took * 1.1)
        process.send_signal(signal.SIGKILL)
        killed = process.wait() == -signal.SIGKILL
        what = f"{name}, moment {self.number}"
        check = self.run("check")
        if check.returncode != 0:
            self.fail(f"{what}: check says {check.stdout} {check.stderr}")
        state = self.state()
        # A run that commits on its way may stop at any of its commits.
        if state not in (before, after) and name != "merge" or ": " in state:
            self.fail(f"{what}: neither the state before nor the one after")
        again = self.run(*arguments)
        if again.returncode == 2 or self.state() != after:
            self.fail(f"{what}: the next run did not go on: {again.stderr}")
        if self.temporary():
            self.fail(f"{what}: left {self.temporary()}")
        return name, killed, state == before

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
        base = soak.articles("base", 2000)
        assert soak.run("index", base).returncode == 0
        assert soak.run("snapshot", soak.folder / "backup").returncode == 0
        is_done, reads = threading.Event(), [0]
        reader = threading.Thread(target=soak.read, args=(is_done, reads))
        reader.start()
        counts = {}
        for _ in range(options.moments):
            name, killed, is_before = soak.moment()
            entry = counts.setdefault(name, [0, 0, 0])
            entry[0] += 1
            entry[1] += killed
            entry[2] += is_before
        is_done.set()
        reader.join()
        for name, (moments, killed, before) in sorted(counts.items()):
            print(f"{name}: {moments} moments, {killed} killed, {before} left the state before")
        print(f"reader: {reads[0]} runs meanwhile")
        soak.limits()
        print(f"{len(soak.failures)} failures")
        sys.exit(1 if soak.failures else 0)


main()
