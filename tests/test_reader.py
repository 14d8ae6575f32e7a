"""The reader of passages: exactly the words that the graph points to, where they are here and may be shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import httpx2
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from vesoc.chapters import LONGEST, Chapter, chapters_of
from vesoc.dataset import Dataset
from vesoc.holdings import Access, Holdings, Pointer, Volume
from vesoc.items import Section
from vesoc.layout import Block, blocks
from vesoc.names import BASE
from vesoc.pages.book import Pages
from vesoc.pages.reading import Reading, reading
from vesoc.reader import Reader
from vesoc.settings import Settings
from vesoc.templating import templates
from vesoc.texts import Text
from vesoc.words import KINDS, LANGUAGES

AGREEMENTS = ("iab", "ahad", "inim")
NEWS = ("partena", "securex")
MOST_BYTES = 100_000


@pytest.fixture(scope="module")
def chosen(sources: Path) -> Settings:
    return Settings(sources=sources)


@pytest.fixture(scope="module")
def holdings(graph: Dataset, chosen: Settings) -> Holdings:
    return Holdings(graph.store, chosen)


@pytest.fixture(scope="module")
def pages(graph: Dataset, chosen: Settings) -> Pages:
    return Pages(graph.store, chosen)


@pytest.fixture(scope="module")
def bare(graph: Dataset) -> Pages:
    """Pages of a server that has no texts."""
    return Pages(graph.store, Settings())


def volume(holdings: Holdings, slug: str) -> Volume:
    found = holdings.volume(f"{BASE}id/bron/{slug}")
    assert found
    return found


def page(pages: Pages, path: str, language: str = "en") -> str:
    """A page as it is sent; `path` is that of the thing, with what stands after it in the address."""
    iri = f"{BASE}id/{path.partition('?')[0]}"
    return pages.resource(iri, Reader(language, here=f"/doc/{path}")).decode()


def tree(text: str) -> Element:
    found = html5lib.parse(text, namespaceHTMLElements=False)
    assert isinstance(found, Element)
    return found


def words(element: Element) -> str:
    return "".join(element.itertext())


def marked(root: Element) -> str:
    return "".join(words(mark) for mark in root.iter("mark"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def around(holdings: Holdings, slug: str, evidence: str) -> tuple[Volume, Pointer]:
    found = holdings.place(f"{BASE}id/vindplaats/{evidence}")
    assert found
    assert found[0] is volume(holdings, slug)
    return found


@cache
def template(language: str) -> Any:
    values = {"reader": Reader(language), "language": language, "kind_names": KINDS}
    return templates().get_template("reader.html").make_module(values)


def each_passage(pages: Pages, found: Volume) -> Iterator[tuple[Pointer, Block, Reading]]:
    """Each passage of a document, with the block that it stands in and the chapter as it is read."""
    view = pages.view(Reader("nl"))
    for chapter in found.chapters:
        whole = reading(view, found, chapter)
        assert whole
        for _, lines in whole.groups:
            for line in lines:
                for pointer in line.block.pointers:
                    yield pointer, line.block, replace(whole, current=pointer.iri)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", AGREEMENTS)
def test_mark_holds_the_words_of_each_passage(pages: Pages, holdings: Holdings, slug: str, language: str) -> None:
    found, seen = volume(holdings, slug), []
    for pointer, block, whole in each_passage(pages, found):
        root = tree(template(language).words(block, whole))
        assert digest(marked(root)) == pointer.digest, pointer.iri
        assert [mark.get("id") for mark in root.iter("mark")].count("passage") == 1
        seen.append(pointer)
    assert set(seen) == set(found.pointers)
    assert len(seen) == len(found.pointers) > 100


@pytest.mark.parametrize("slug", AGREEMENTS)
def test_each_item_and_heading_of_a_text_is_read_once(holdings: Holdings, slug: str) -> None:
    found = volume(holdings, slug)
    assert found.text
    laid = [block for chapter in found.chapters for block in blocks(found, chapter)]
    content = found.text.content
    for block in laid:
        text = "".join(piece.text for piece in block.pieces)
        assert content[block.start : block.start + len(text)] == text
    starts = [block.start for block in laid]
    inside = [piece.start for block in laid for piece in block.pieces if piece.aside == "footnote"]
    assert starts == sorted(set(starts))
    wanted = {item.start for item in found.items} | {section.start for section in found.text.sections if section.end}
    assert wanted == set(starts) | (wanted & set(inside))


def test_passages_that_cross_or_lie_in_each_other_are_each_marked_whole() -> None:
    content = "Kop\n\nEen twee drie vier vijf zes."
    spans = {"wide": (5, 33), "crossing": (9, 18), "crossed": (14, 23), "inner": (14, 18)}
    pointers = tuple(Pointer(name, *span, digest(content[slice(*span)])) for name, span in spans.items())
    sections = (Section("x", "[tekst]", 0, 0), Section("x-1", "Kop", 0, 3))
    text = Text("x", content, sections)
    whole = Volume("x", len(content), (), pointers, (), Access.OPEN, text, None)
    found = replace(whole, chapters=(chapter_of(sections, len(content)),))
    [_, block] = blocks(found, found.chapters[0])
    assert "".join(piece.text for piece in block.pieces) == content[5:]
    for pointer in pointers:
        inside = "".join(piece.text for piece in block.pieces if pointer in piece.within)
        assert digest(inside) == pointer.digest
        assert found.unchanged(pointer)
        assert not found.unchanged(replace(pointer, start=pointer.start + 1))


def chapter_of(sections: tuple[Section, ...], length: int) -> Chapter:
    [found] = chapters_of(sections, length)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_a_passage_shows_it_in_its_section(pages: Pages, holdings: Holdings, language: str) -> None:
    found, pointer = around(holdings, "ahad", "ahad-s04-1b")
    root = tree(page(pages, "vindplaats/ahad-s04-1b", language))
    assert digest(marked(root)) == pointer.digest
    chapter = found.chapter_at(pointer.start)
    linked = {one.attrib["id"] for one in root.iter("a") if one.get("id", "").startswith("v-")}
    assert linked == {f"v-{other.slug}" for other in found.pointers_in(chapter)}
    hrefs = [one.get("href") for one in root.iter("a")]
    assert hrefs.count("/doc/maatregel/ahad-s04-1a") >= 2
    assert root.attrib["lang"] == language
    assert all(one.attrib["lang"] == "nl" for one in root.iter() if "words" in one.get("class", "").split())


def test_all_that_rests_on_a_passage_stands_on_its_page(pages: Pages, graph: Dataset) -> None:
    has_evidence = NamedNode(f"{BASE}ns#hasEvidence")
    for name in ("ahad-s04-1e", "inim-p2", "iab-1"):
        node = NamedNode(f"{BASE}id/vindplaats/{name}")
        holders = {quad.subject.value for quad in graph.store.quads_for_pattern(None, has_evidence, node, None)}
        linked = {one.get("data-iri") for one in tree(page(pages, f"vindplaats/{name}")).iter("a")}
        assert holders
        assert holders <= linked


def test_passages_lead_to_each_other_from_the_first_to_the_last(pages: Pages, holdings: Holdings) -> None:
    found = volume(holdings, "iab")
    for place in (0, 1, len(found.pointers) - 1):
        links = {one.get("rel"): one.get("href") for one in tree(page(pages, path(found.pointers[place]))).iter("a")}
        assert links.get("prev") == (address(found.pointers[place - 1]) if place else None)
        last = place == len(found.pointers) - 1
        assert links.get("next") == (None if last else address(found.pointers[place + 1]))


def path(pointer: Pointer) -> str:
    return pointer.iri.removeprefix(f"{BASE}id/")


def address(pointer: Pointer) -> str:
    return f"/doc/{path(pointer)}#passage"


def test_changed_passage_is_told(graph: Dataset, chosen: Settings) -> None:
    node, property_ = NamedNode(f"{BASE}id/vindplaats/ahad-s04-1b"), NamedNode(f"{BASE}ns#sha256")
    store = Store()
    store.extend(quad for quad in graph.store if (quad.subject, quad.predicate) != (node, property_))
    store.add(Quad(node, property_, Literal("0" * 64)))
    told = "the passage was changed"
    changed = Pages(store, chosen)
    assert told in page(changed, "vindplaats/ahad-s04-1b")
    assert told not in page(changed, "vindplaats/ahad-s04-1c")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_texts_a_passage_is_its_place_and_says_so(bare: Pages, pages: Pages, language: str) -> None:
    shown = marked(tree(page(pages, "vindplaats/ahad-s04-1b", language)))
    root = tree(page(bare, "vindplaats/ahad-s04-1b", language))
    text = words(root)
    assert not list(root.iter("mark"))
    assert shown
    assert shown not in text
    assert "21885–22107" in text
    assert {"en": "The text is not on this server", "nl": "De tekst staat niet op deze server"}[language] in text
    assert [one for one in root.iter() if one.get("id") == "passage"]


def test_source_without_text_tells_of_its_sections_but_has_none_to_read(bare: Pages) -> None:
    overview, asked = page(bare, "bron/ahad"), page(bare, "bron/ahad?section=ahad-s04")
    assert "ahad-s04" not in overview
    assert "Training and (learning) career guidance" in overview
    assert 'class="reading"' not in asked


def test_news_items_are_not_shown_unless_the_operator_says_so(pages: Pages, graph: Dataset, chosen: Settings) -> None:
    root = tree(page(pages, "vindplaats/partena-p2c"))
    assert not list(root.iter("mark"))
    assert "does not show the words of this source" in words(root)
    assert 'class="reading"' not in page(pages, "bron/partena?section=partena")
    allowed = Pages(graph.store, replace(chosen, shown_sources=("partena",)))
    assert marked(tree(page(allowed, "vindplaats/partena-p2c")))
    assert 'class="reading"' in page(allowed, "bron/partena?section=partena")
    assert not marked(tree(page(allowed, "vindplaats/ahad-s04-1b")))


def test_only_pages_that_show_a_text_ask_not_to_be_indexed(pages: Pages, bare: Pages) -> None:
    asking = '<meta name="robots" content="noindex">'
    assert asking in page(pages, "vindplaats/ahad-s04-1b")
    assert asking in page(pages, "bron/ahad?section=ahad-s04")
    assert asking not in page(pages, "bron/ahad") + page(pages, "vindplaats/partena-p2c")
    assert asking not in page(bare, "vindplaats/ahad-s04-1b")


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/doc/maatregel/ahad-s04-1a", True),
        ("/doc/maatregel/bestaat-niet", False),
        ("//elsewhere.example/doc/maatregel/ahad-s04-1a", False),
        ("//[", False),
        ("https://elsewhere.example/doc/maatregel/ahad-s04-1a", False),
        ("javascript:alert(1)", False),
        ("/search", False),
        ("", False),
    ],
)
def test_way_back_leads_to_pages_of_things_only(pages: Pages, asked: str, leads: bool) -> None:
    root = tree(page(pages, f"vindplaats/ahad-s04-1b?from={asked}"))
    buttons = [one for one in root.iter("a") if one.get("class") == "button" and words(one).startswith("← Back to")]
    assert [one.get("href") for one in buttons] == (["/doc/maatregel/ahad-s04-1a"] if leads else [])


@pytest.mark.parametrize("slug", AGREEMENTS + NEWS)
def test_chapters_are_the_text_in_order(holdings: Holdings, slug: str) -> None:
    found = volume(holdings, slug)
    assert found.chapters[0].start == 0
    assert [one.end for one in found.chapters] == [*(one.start for one in found.chapters[1:]), found.length]
    assert len({one.code for one in found.chapters}) == len(found.chapters)
    assert all(one.size <= LONGEST or sum(s.end - s.start > 0 for s in one.sections) <= 2 for one in found.chapters)
    for chapter in found.chapters:
        assert found.chapter(chapter.code) is chapter
        assert {found.chapter_at(place) for place in (chapter.start, chapter.end - 1)} == {chapter}
    for pointer in found.pointers:
        assert pointer in found.pointers_in(found.chapter_at(pointer.start))
    assert found.chapter("no-such-section") is None


@pytest.mark.parametrize("slug", AGREEMENTS + NEWS)
def test_strip_covers_the_text_once(holdings: Holdings, slug: str) -> None:
    found = volume(holdings, slug)
    assert [run.end for run in found.runs] == [*(run.start for run in found.runs[1:]), found.length]
    assert sum(found.shares.values()) == pytest.approx(1)
    assert all(sum(shares.values()) == pytest.approx(1) for shares in found.chapter_shares)
    assert found.counts
    assert sum(found.counts.values()) == len(found.items)


def test_every_chapter_can_be_read_from_the_page_of_its_source(pages: Pages, holdings: Holdings) -> None:
    for slug in AGREEMENTS:
        found = volume(holdings, slug)
        hrefs = {one.get("href") for one in tree(page(pages, f"bron/{slug}")).iter("a")}
        assert {f"/doc/bron/{slug}?section={chapter.code}" for chapter in found.chapters} <= hrefs


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_that_show_a_text_are_light(pages: Pages, holdings: Holdings, language: str) -> None:
    sizes = {}
    for slug in AGREEMENTS:
        for chapter in volume(holdings, slug).chapters:
            first = volume(holdings, slug).pointers_in(chapter)[0]
            for asked in (f"bron/{slug}?section={chapter.code}", path(first)):
                sizes[asked] = len(page(pages, asked, language).encode())
    print(sorted(sizes.items(), key=lambda pair: -pair[1])[:3])
    assert {asked: size for asked, size in sizes.items() if size >= MOST_BYTES} == {}


def test_missing_texts_are_told_in_the_log_and_no_error(
    graph: Dataset, sources: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Holdings(graph.store, Settings())
    assert capsys.readouterr().err == ""
    (tmp_path / "other name.txt").write_bytes((sources / "iedereen-aan-boord.txt").read_bytes())
    found = Holdings(graph.store, Settings(sources=tmp_path))
    assert [one.iri.rsplit("/", 1)[-1] for one in found if one.access is Access.OPEN] == ["iab"]
    assert capsys.readouterr().err.count("bron/ahad") == 1
    assert all(one.access is not Access.OPEN for one in Holdings(graph.store, Settings(sources=tmp_path / "none")))
    assert "no such folder" in capsys.readouterr().err


def test_state_tells_which_texts_are_shown(graph: Dataset, chosen: Settings) -> None:
    settings = [Settings(), chosen, replace(chosen, shown_sources=("iab",))]
    states = [Holdings(graph.store, one).state("data") for one in settings]
    assert len({*states, "data"}) == 4
    assert Holdings(graph.store, chosen).state("data") == states[1] != Holdings(graph.store, chosen).state("other")


def test_server_reads_the_section_that_is_asked_for_and_keeps_words_out_of_rdf(
    server: httpx2.Client, holdings: Holdings
) -> None:
    _, pointer = around(holdings, "ahad", "ahad-s04-1b")
    shown = server.get("/doc/vindplaats/ahad-s04-1b", headers={"Accept": "text/html"})
    text = marked(tree(shown.text))
    assert digest(text) == pointer.digest
    chapter = server.get("/doc/bron/ahad?section=ahad-s04", headers={"Accept": "text/html"})
    assert text in words(tree(chapter.text))
    for suffix in ("ttl", "jsonld", "nt"):
        answer = server.get(f"/doc/vindplaats/ahad-s04-1b.{suffix}")
        assert answer.status_code == httpx2.codes.OK
        assert text.splitlines()[0] not in answer.text
