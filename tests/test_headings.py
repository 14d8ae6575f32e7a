"""Headings found in a text, and how near the outline comes to those that were entered by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from vesoc import texts
from vesoc.authoring.draft import Draft, Particulars
from vesoc.authoring.headings import Mark, find, label
from vesoc.authoring.outline import placed, read, slugged, written
from vesoc.authoring.proposal import proposed
from vesoc.dataset import Dataset
from vesoc.names import BASE
from vesoc.texts import Text

KINDS = ("afdeling", "begrotingsblok", "bijlage", "hoofdstuk", "ondertekening", "pijler", "speerpunt", "thema")
KINDS += ("voorwoord",)
PROSE = "Hier staat een zin die verder gaat en die\ndaarna ook nog ophoudt.\n"


def headings(text: str) -> list[str]:
    return [found.text for found in find(text)]


def outline(text: str) -> list[tuple[int, str, str]]:
    return [(one.level, one.code, one.kind) for one in proposed(find(text), KINDS)]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        (f"{PROSE}\n1. Leren op het werk\n\n{PROSE}", Mark.NUMBER),
        (f"{PROSE}\n2.3 Leren op het werk\n\n{PROSE}", Mark.NUMBER),
        (f"{PROSE}Speerpunt 4: we leren op het werk\n{PROSE}", Mark.KIND),
        (f"{PROSE}\nVoorwoord\n{PROSE}", Mark.NAMED),
        (f"{PROSE}\n## Leren op het werk\n\n{PROSE}# Nog iets\n", Mark.MARKDOWN),
        (f"{PROSE}\nLEREN OP HET WERK\n\n{PROSE}", Mark.CAPITALS),
        (f"{PROSE}\nLeren op het werk\n\n{PROSE}", Mark.ALONE),
    ],
)
def test_heading_is_known_by_its_mark(text: str, mark: Mark) -> None:
    assert find(text)[0].mark is mark


@pytest.mark.parametrize(
    "line",
    [
        "1. De regering doet iets wat een hele zin is.",
        "● Leren op het werk",
        "a. Leren op het werk",
        "leren op het werk",
        "Leren op het werk,",
        "Krachtlijnen ......... 3",
        "Krachtlijnen\t3",
        f"Leren {'op het werk ' * 10}",
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert headings(f"{PROSE}\n{line}\n\n{PROSE}") == []


def test_points_of_a_list_are_no_headings() -> None:
    assert headings(f"{PROSE}\n1. Leren\n\n2. Werken\n\n3. Rusten\n\n{PROSE}") == []


def test_number_right_above_text_is_no_heading() -> None:
    assert headings(f"{PROSE}\n2. Leren op het werk\n{PROSE}") == []


def test_title_at_the_top_is_no_heading() -> None:
    assert headings(f"Groot akkoord\n\n{PROSE}") == []


def test_names_under_signatures_are_no_headings() -> None:
    text = f"{PROSE}\nOndertekening\n\nNamens de regering\n\n\nAn Voorbeeld\n\nMinister\n"
    assert headings(text) == ["Ondertekening", "Namens de regering"]


def test_heading_goes_on_over_lines() -> None:
    [found] = find(f"{PROSE}\nSpeerpunt 1: we leren op het werk en\n\nook daarna\n\n{PROSE}")
    assert found.text == "Speerpunt 1: we leren op het werk en ook daarna"
    assert [line.number for line in found.lines] == [4, 6]


def test_heading_stands_alone_in_text_with_empty_lines_between_all_lines() -> None:
    spaced = PROSE.replace("\n", "\n\n")
    assert headings(f"{spaced}\nLeren op het werk\n\n\n{spaced}") == ["Leren op het werk"]


def test_kinds_stand_under_numbers() -> None:
    text = f"1. Leren\n\n{PROSE}\nSpeerpunt 1: samen\n{PROSE}\n2. Werken\n\n{PROSE}\nSpeerpunt 2: alleen\n{PROSE}"
    assert outline(text) == [
        (1, "1", "hoofdstuk"),
        (2, "s01", "speerpunt"),
        (1, "2", "hoofdstuk"),
        (2, "s02", "speerpunt"),
    ]


def test_kinds_in_an_annex_with_a_budget_are_its_blocks() -> None:
    text = f"Speerpunt 1: samen\n{PROSE}\nBijlage: budget\n\nSpeerpunt 1: samen\nIets 5 OO\n"
    assert outline(text)[1:] == [(1, "bijlage", "bijlage"), (2, "bijlage-s01", "begrotingsblok")]


def test_part_without_a_number_has_that_of_its_parts() -> None:
    text = f"# Leren\n{PROSE}## Principes van leren\n{PROSE}## Acties\n### 1.1 Samen\n{PROSE}## 1.2 Alleen\n{PROSE}"
    assert outline(text) == [
        (1, "1", "hoofdstuk"),
        (2, "1-principes", "afdeling"),
        (2, "-", "-"),
        (3, "1-1", "afdeling"),
        (3, "1-2", "afdeling"),
    ]


def test_same_code_is_not_given_twice() -> None:
    codes = [code for _, code, _ in outline(f"Speerpunt 1: samen\n{PROSE}\nSpeerpunt 1: alleen\n{PROSE}")]
    assert codes == ["s01", "s01-2"]


def test_outline_is_read_as_it_was_written() -> None:
    found = proposed(find(f"1. Leren\n\n{PROSE}\nSpeerpunt 1: samen en\nverder\n{PROSE}\nOndertekening\n"), KINDS)
    assert len(found) == 3
    assert read(written(found, "x", "x", KINDS), "x", KINDS) == found


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("1.2 Leren", "1.2", "Leren"),
        ("2. Leren", "2", "Leren"),
        ("Speerpunt 5: we leren", "5", "We leren"),
        ("Leren", "", "Leren"),
    ],
)
def test_label_is_parted_from_the_title(heading: str, number: str, title: str) -> None:
    assert label(heading) == (number, title)


def test_slug_has_letters_and_digits_alone() -> None:
    assert slugged("Eén ‘Leer’-bon (2027)") == "een-leer-bon-2027"


def drafted(text: Text) -> Draft:
    """The draft of a text that is in the graph, from the outline as it is found."""
    found = proposed(find(text.content), KINDS)
    return Draft(
        text.content, placed(found, text.content, text.slug), Particulars(text.slug, {}, "akkoord", None), BASE
    )


@pytest.fixture(scope="module")
def agreements(graph: Dataset, sources: Path) -> list[Text]:
    return [text for text in texts.find(graph.store, BASE, sources) if text.slug in ("ahad", "iab", "inim")]


def test_outlines_come_near_to_those_made_by_hand(agreements: list[Text]) -> None:
    wanted = {(text.slug, one.start, one.end): one.code for text in agreements for one in text.sections[1:]}
    drafts = {text.slug: drafted(text) for text in agreements}
    made = {(slug, one.start, one.end): one.code for slug, draft in drafts.items() for one in draft.sections[1:]}
    same = [place for place, code in made.items() if wanted.get(place) == code]
    print(f"headings: {len(wanted.keys() & made.keys())} of {len(wanted)} found, {len(same)} with the same code")
    assert (len(wanted), len(wanted.keys() & made.keys()), len(made.keys() - wanted.keys())) == (88, 86, 1)
    assert len(same) == 83


def test_items_come_near_to_those_of_the_graph(agreements: list[Text]) -> None:
    wanted = {(text.slug, one.start, one.end): one.code for text in agreements for one in text.items()}
    drafts = {text.slug: drafted(text) for text in agreements}
    made = {(slug, one.start, one.end): one.code for slug, draft in drafts.items() for one in draft.items}
    same = [place for place, code in made.items() if wanted.get(place) == code]
    print(f"items: {len(wanted.keys() & made.keys())} of {len(wanted)} found, {len(same)} with the same code")
    assert (len(wanted), len(wanted.keys() & made.keys()), len(same)) == (423, 422, 408)


def test_headings_of_news_items_are_found(graph: Dataset, sources: Path) -> None:
    news = [text for text in texts.find(graph.store, BASE, sources) if text.slug in ("partena", "securex")]
    wanted = {(text.slug, one.start, one.end) for text in news for one in text.sections[1:]}
    made = {(text.slug, one.start, one.end) for text in news for one in drafted(text).sections[1:]}
    assert (len(wanted), len(wanted & made), len(made - wanted)) == (27, 26, 0)
