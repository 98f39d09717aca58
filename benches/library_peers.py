"""The table of the README: a library of articles against what else a person could use, on the same articles in one run.

    cargo build --release
    python3 benches/library_peers.py ARTICLES.jsonl [--diembao target/release/diembao] [--no-relations]

Each line of ARTICLES.jsonl is {id, title, published, source, body}. CPU time of one core, not the clock's: a busy machine
changes little. Peers: ripgrep over one file an article (`rg`), SQLite FTS5 with an unaccented copy of the text (Python's
sqlite3), newsboat on one feed of all articles, in a pseudo-terminal (`newsboat`). What is not installed is left out and said so.
"""

import argparse
import fcntl
import json
import os
import pty
import resource
import select
import struct
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata
from pathlib import Path
from xml.sax.saxutils import escape

WORDS = 12


def folded(text):
    """Lower case without marks: FTS5 folds ế, but never đ."""
    plain = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(c for c in plain if not unicodedata.combining(c))


def articles(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def questions(path):
    """Titles to type, spread over the file: the same for all peers."""
    titles = [a.get("title") or "" for a in articles(path)]
    step = max(1, len(titles) // WORDS)
    return [" ".join(t.split()[:3]) for t in titles[::step] if len(t.split()) >= 3][:WORDS]


def spread(times):
    times = sorted(times)
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))]
    return f"{at(0.5):.1f} / {at(0.99):.1f} ms"


def diembao(args):
    command = [args.diembao, "bench", "library", "--json", args.articles]
    if args.no_relations:
        command.insert(3, "--no-relations")
    figures = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    opened, times = figures["opened"], lambda t: f"{t['p50']:.1f} / {t['p99']:.1f} ms"
    return [
        ("first frame of a library that is there", f"{opened['first_frame_ms']:.0f} ms"),
        ("memory, everything ready", f"{opened['resident_kb'] >> 10} MB"),
        ("a move in the list, frame drawn, p50 / p99", times(opened["move_ms"])),
        ("search letter by letter, list and counts, p50 / p99", times(opened["typed_ms"])),
        ("filter by one name, p50 / p99", times(opened["one_name_ms"])),
        ("filter by three names, p50 / p99", times(opened["three_names_ms"])),
        ("reading, names: articles a second", str(figures["built"]["articles_per_cpu_s"])),
    ]


def fts5(args, folder):
    db = sqlite3.connect(folder / "fts.db")
    db.execute("CREATE VIRTUAL TABLE a USING fts5(text, content='', prefix='1 2 3')")
    start = time.process_time()
    rows = ((n + 1, folded(f"{a.get('title', '')}\n{a.get('body', '')}")) for n, a in enumerate(articles(args.articles)))
    with db:
        db.executemany("INSERT INTO a(rowid, text) VALUES (?, ?)", rows)
    rate = db.execute("SELECT count(*) FROM a").fetchone()[0] / (time.process_time() - start)
    times = []
    for question in questions(args.articles):
        for end in range(1, len(question) + 1):
            words = [w for w in "".join(c if c.isalnum() else " " for c in folded(question[:end])).split() if w]
            if not words:
                continue
            typed = " ".join(f'"{w}"' for w in words) + "*"
            start = time.process_time()
            db.execute("SELECT rowid FROM a WHERE a MATCH ? ORDER BY rank LIMIT 50", (typed,)).fetchall()
            db.execute("SELECT count(*) FROM a WHERE a MATCH ?", (typed,)).fetchone()
            times.append((time.process_time() - start) * 1000)
    return [
        ("search letter by letter, best 50 and a count, p50 / p99", spread(times)),
        ("indexing: articles a second", f"{rate:.0f}"),
    ]


def ripgrep(args, folder):
    for n, article in enumerate(articles(args.articles)):
        (folder / f"{n:07}.txt").write_text(f"{article.get('title', '')}\n{article.get('body', '')}", encoding="utf-8")
    times = []
    for question in questions(args.articles):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(["rg", "-il", question.split()[0], folder], stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000)
    return [("one word with the marks that were typed, p50 / p99", spread(times))]


def feed(args):
    """All articles as one RSS feed, piece by piece."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>press</title>\n'
    for n, a in enumerate(articles(args.articles)):
        text = lambda key: escape("".join(c for c in a.get(key) or "" if c >= " " or c == "\n"))
        yield f"<item><guid>{n}</guid><title>{text('title')}</title><description>{text('body')}</description></item>\n"
    yield "</channel></rss>\n"


class Screen:
    """A program in a pseudo-terminal of 160 columns and 50 rows, watched from outside."""

    def __init__(self, command):
        self.child, self.end = pty.fork()
        if not self.child:
            os.execvp(command[0], command)
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))

    def used(self):
        """CPU time so far, in milliseconds."""
        fields = Path(f"/proc/{self.child}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def resident(self):
        lines = Path(f"/proc/{self.child}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

    def rest(self, rest=1.0):
        """Waits until it has neither drawn nor worked for so long; what it draws is thrown away."""
        last, since = -1.0, time.monotonic()
        while time.monotonic() - since < rest:
            if select.select([self.end], [], [], 0.05)[0]:
                os.read(self.end, 1 << 16)
                since = time.monotonic()
            if self.used() != last:
                last, since = self.used(), time.monotonic()

    def end_it(self):
        os.kill(self.child, signal.SIGTERM)
        os.waitpid(self.child, 0)
        os.close(self.end)

    def cost(self, keys):
        before = self.used()
        os.write(self.end, keys.encode())
        self.rest()
        return self.used() - before


def newsboat(args, folder):
    with open(folder / "feed.xml", "w", encoding="utf-8") as out:
        out.writelines(feed(args))
    (folder / "urls").write_text(f"file://{folder}/feed.xml\n")
    (folder / "config").write_text("")
    command = ["newsboat", "-u", f"{folder}/urls", "-C", f"{folder}/config", "-c", f"{folder}/cache.db"]
    subprocess.run([*command, "-x", "reload"], check=True, stdout=subprocess.DEVNULL)
    screen = Screen(command)
    screen.rest()
    rows = [("start", f"{screen.used() / 1000:.1f} s"), ("memory, everything ready", f"{screen.resident() >> 10} MB")]
    screen.cost("\r")
    moves = 20
    rows.append(("a move in the list, mean", f"{screen.cost('j' * moves) / moves:.1f} ms"))
    screen.cost("q")
    word = questions(args.articles)[0].split()[0]
    rows.append(("one word, searched", f"{screen.cost('/' + word + chr(13)):.0f} ms"))
    screen.end_it()
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles")
    parser.add_argument("--diembao", default="target/release/diembao")
    parser.add_argument("--no-relations", action="store_true")
    args = parser.parse_args()
    print("| program | what | figure |\n| --- | --- | --- |", flush=True)
    peers = [
        ("diembao", None, None),
        ("SQLite FTS5", None, fts5),
        ("ripgrep -i", "rg", ripgrep),
        ("newsboat", "newsboat", newsboat),
    ]
    for name, needs, peer in peers:
        if needs and not shutil.which(needs):
            print(f"{name}: not installed, left out", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as folder:
            rows = peer(args, Path(folder)) if peer else diembao(args)
        for what, figure in rows:
            print(f"| {name} | {what} | {figure} |", flush=True)


if __name__ == "__main__":
    main()
