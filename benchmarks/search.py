"""How well and how fast search answers, beside the same index in SQLite's FTS5: `python -m benchmarks.search`.

Both have the same things, fields, words and expansions; only what keeps and ranks them differs. The questions are those
of `questions.tsv`, each with the things that a reader means by it. Times are those of the processor.
"""

from __future__ import annotations

import csv
import resource
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from vesoc import dataset, graphs, places
from vesoc.dataset import Dataset
from vesoc.names import BASE
from vesoc.reader import Reader
from vesoc.search import index
from vesoc.search.compounds import Compounds
from vesoc.search.finder import Finder
from vesoc.search.language import stem, telling, whole, words
from vesoc.search.operations import Search
from vesoc.search.shelf import Shelf
from vesoc.search.shelf import folder as shelf_folder
from vesoc.search.spelling import Spelling
from vesoc.search.things import Thing, Things
from vesoc.settings import Settings
from vesoc.templating import templates

QUESTIONS = Path(__file__).parent / "questions.tsv"
_WEIGHTS = {"exact": 20.0, "name": 4.0, "text": 1.5, "about": 1.0, "words": 0.0, "backwards": 0.0}
_ROUNDS = 20
T = TypeVar("T")
Find = Callable[[str, str], dict[int, float]]


class Asked(NamedTuple):
    """A question in a language, and the things that are meant by it."""

    language: str
    text: str
    meant: list[str]


def questions() -> Iterator[Asked]:
    """The questions of the file; the things are paths under `id/`, where those of a theme are concepts."""
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        for language, text, meant in csv.reader(file, delimiter="\t"):
            paths = [f"concept/{path}" if path.startswith("thema/") else path for path in meant.split()]
            yield Asked(language, text, [f"{BASE}id/{path}" for path in paths])


class Fts:
    """The same index in FTS5."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path)
        self._spelling = Spelling(self._terms)

    def fill(self, things: list[Thing]) -> None:
        """Write the things."""
        columns = ", ".join(index.FIELDS)
        self._base.execute(f"CREATE VIRTUAL TABLE things USING fts5({columns}, content='', prefix='3 4')")
        self._base.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(things, 'col')")
        compounds = Compounds(word for thing in things for text in index.dutch(thing) for word in words(text))
        for number, thing in enumerate(things):
            fields = index.fields(thing, compounds)
            fields["exact"] = [name.replace(" ", "_") for name in fields["exact"]]
            row = [number, *(" ".join(fields[name]) for name in index.FIELDS)]
            self._base.execute(f"INSERT INTO things(rowid, {columns}) VALUES ({', '.join('?' * len(row))})", row)
        self._base.commit()

    def find(self, text: str, language: str) -> dict[int, float]:
        """The numbers with their scores."""
        groups = [self._word(word) for word in telling(words(text))]
        exact = whole(text).replace(" ", "_")
        query = " AND ".join(f"({group})" for group in groups)
        scores = self._scores(query, language)
        for number in self._scores(f'exact : "{exact}"', language):
            scores[number] = scores.get(number, 0) + 40
        return scores

    def _word(self, word: str) -> str:
        sure = self._sure(word)
        if self._base.execute("SELECT 1 FROM things WHERE things MATCH ? LIMIT 1", [sure]).fetchone():
            return sure
        return " OR ".join(map(self._sure, self._spelling.near(word, 3))) or sure

    def _terms(self, field: str, start: str) -> list[tuple[str, int]]:
        ask = "SELECT term, doc FROM vocabulary WHERE col = ? AND term >= ? AND term < ?"
        return list(self._base.execute(ask, [field, start, f"{start}\uffff"]))

    def _sure(self, word: str) -> str:
        dutch, english = stem(word, "nl"), stem(word, "en")
        found = f'{{name_nl text_nl about_nl name_parts text_parts}} : "{dutch}" OR exact : "{word}"'
        found += f' OR {{name_en text_en about_en}} : "{english}"'
        return found + (f' OR {{name_words text_words}} : "{word}" *' if len(word) >= 3 else "")

    def _scores(self, query: str, language: str) -> dict[int, float]:
        weights = [_WEIGHTS[name.split("_")[0]] * (1.3 if name.endswith(language) else 1) for name in index.FIELDS]
        ask = f"SELECT rowid, -bm25(things, {', '.join(map(str, weights))}) FROM things WHERE things MATCH ?"
        return dict(self._base.execute(ask, [query]))


def main() -> None:
    """Build both, ask both, print."""
    data = dataset.build_own(graphs.own_files(places.find(None)), BASE, "http://127.0.0.1:8000/")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        things = _timed("things gathered", lambda: list(Things(data.store, BASE)))
        print(f"{len(things)} things")
        shelf = _timed("tantivy, whole build", lambda: _built(data.store, folder))
        fts = _timed("FTS5, words only", lambda: _filled(folder / "fts.sqlite", things))
        _report("tantivy", _opened(folder), shelf)
        _report("FTS5", fts.find, shelf)
        _pages(data, folder)
        sizes = [sum(f.stat().st_size for f in (folder / "search").rglob("*")), (folder / "fts.sqlite").stat().st_size]
        print(f"on disk: tantivy {sizes[0] >> 10} KiB, FTS5 {sizes[1] >> 10} KiB")


def _built(store: object, folder: Path) -> Shelf:
    index.build(store, BASE, folder / "search")  # type: ignore[arg-type]
    return Shelf(folder / "search")


def _filled(path: Path, things: list[Thing]) -> Fts:
    fts = Fts(path)
    fts.fill(things)
    return fts


def _opened(folder: Path) -> Find:
    finder = _timed("tantivy, opened", lambda: Finder(folder / "search"))
    return lambda text, language: finder.find(text, language).scores


class _Reply:
    """Takes an answer and drops it."""

    def start(self, header: dict[str, Any]) -> None:
        """Nothing."""

    def write(self, data: bytes) -> int:
        """Nothing."""
        return len(data)

    def flush(self) -> None:
        """Nothing."""


def _pages(data: Dataset, folder: Path) -> None:
    """What a worker needs for a whole page, the first time and after that, and for suggestions."""
    shutil.copytree(folder / "search", shelf_folder(folder, data.digest))
    for name in templates().list_templates():
        templates().get_template(name)
    search = Search(data, Settings(), folder)
    times: dict[str, list[float]] = {"search": [], "suggest": []}
    for asked in [*questions()] * 3:
        reader = Reader(asked.language).document()
        request = {"unchanged": False, "reader": reader, "text": asked.text}
        page = {"suffix": "html", "pairs": [["q", asked.text]], "cut": False, **request}
        for name, work, values in (("search", search.search, page), ("suggest", search.suggest, request)):
            before = time.process_time()
            work(values, _Reply())
            times[name].append((time.process_time() - before) * 1000)
    print(f"first page of a worker: {times['search'][0]:.1f} ms")
    for name, taken in times.items():
        p50, p99 = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
        print(f"{name}, the whole answer: p50 {p50:.1f} ms, p99 {p99:.1f} ms")


def _timed(what: str, make: Callable[[], T]) -> T:
    before, memory = time.process_time(), _memory()
    made = make()
    print(f"{what}: {time.process_time() - before:.3f} s, {_memory() - memory} MiB more at the peak")
    return made


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _report(name: str, find: Find, shelf: Shelf) -> None:
    """How often what is meant comes first, among the first five and at all, and how long an answer takes."""
    ranks, times = [], []
    for asked in questions():
        ranks.append(rank(find(asked.text, asked.language), shelf, asked))
        if ranks[-1] != 1:
            print(f"  {name}: {asked.text!r} ({asked.language}) at {ranks[-1] or 'no'} place")
        for _ in range(_ROUNDS):
            before = time.process_time()
            find(asked.text, asked.language)
            times.append((time.process_time() - before) * 1000)
    first, five = (sum(0 < r <= most for r in ranks) for most in (1, 5))
    mean = statistics.mean(1 / r if r else 0 for r in ranks)
    p50, p99 = statistics.median(times), statistics.quantiles(times, n=100)[98]
    print(
        f"{name}: of {len(ranks)} questions {first} first, {five} among five, mean reciprocal rank {mean:.3f}; ", end=""
    )
    print(f"p50 {p50:.2f} ms, p99 {p99:.2f} ms, slowest {max(times):.2f} ms")


def rank(scores: dict[int, float], shelf: Shelf, asked: Asked) -> int:
    """The place of the first thing that is meant, 0 for none."""
    ordered = sorted(scores, key=lambda number: -scores[number] * shelf.weight(number))
    places = [place for place, number in enumerate(ordered, 1) if shelf.iris[number] in asked.meant]
    return min(places, default=0)


if __name__ == "__main__":
    main()
