"""The list items of a text: what counts as one, and what it is called."""

from __future__ import annotations

import pytest

from vesoc.items import Item, ItemKind, Layout, Section, items_of

LONG = "Wie een opleiding volgt, krijgt tijd, raad en een plek waar het geleerde meteen van pas komt, " * 2


def sections(text: str, headings: dict[str, str], layout: Layout) -> list[Section]:
    """Sections by heading, each with its code; a heading path has its parents before ` > `."""
    found = [Section("tekst", "[tekst]", 0, 0)]
    for path, code in headings.items():
        heading = path.rsplit(" > ", 1)[-1]
        start = text.index(heading)
        found.append(Section(code, path, start, start + len(heading), layout))
    return found


def items(text: str, headings: dict[str, str] | None = None, layout: Layout = Layout.PROSE) -> list[Item]:
    return items_of(text, sections(text, headings or {}, layout))


def read(text: str, headings: dict[str, str] | None = None, layout: Layout = Layout.PROSE) -> dict[str, str]:
    """The items by code, each with its text, white space folded."""
    return {item.code: " ".join(text[item.start : item.end].split()) for item in items(text, headings, layout)}


def numbers(text: str) -> list[str]:
    return [item.number for item in items(text)]


def test_text_without_lines_has_no_items() -> None:
    assert items("\n\n  \n") == []


def test_each_bullet_is_an_item() -> None:
    assert read("● Eén ding\n● Nog een ding\n") == {"tekst-1": "● Eén ding", "tekst-2": "● Nog een ding"}


def test_bullet_goes_on_over_lines() -> None:
    text = "● Iets dat zo lang is dat het op de volgende regel nog altijd\nverder gaat\n● Iets anders\n"
    assert list(read(text).values()) == [
        "● Iets dat zo lang is dat het op de volgende regel nog altijd verder gaat",
        "● Iets anders",
    ]


def test_other_glyph_nests() -> None:
    assert numbers("● a\no b\n▪ c\n▪ d\no e\n● f\n") == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2"]


def test_item_is_the_text_of_its_own_only() -> None:
    assert read("● Boven\no Onder\n")["tekst-1"] == "● Boven"


def test_two_shapes_of_the_round_bullet_are_one_level() -> None:
    assert numbers("● a\n• b\n● c\n") == ["1", "2", "3"]


def test_hyphens_nest_by_indent() -> None:
    assert numbers("- a\n   - b\n   - c\n- d\n") == ["1", "1.1", "1.2", "2"]


def test_hyphen_inside_a_word_is_no_bullet() -> None:
    assert numbers("● leer-\n-loopbaan\n") == ["1"]


def test_label_names_its_item() -> None:
    assert numbers("a. Eén\ni. Onder één\nii. Ook onder één\nb. Twee\n") == ["a", "a.i", "a.ii", "b"]


def test_labelled_bullet_is_called_by_its_label() -> None:
    assert numbers("● a. Eén\n● b. Twee\n") == ["a", "b"]


def test_sequence_decides_where_a_page_break_moves_the_indent() -> None:
    text = "a. Eén\n   i. Onder één\n   ii. Ook\n\n12\n\f      iii. Nog altijd onder één\n        b. Twee\n"
    assert numbers(text) == ["a", "a.i", "a.ii", "a.iii", "b"]


def test_i_after_h_is_a_letter() -> None:
    assert numbers("".join(f"{label}. Ding\n" for label in "abcdefghij")) == list("abcdefghij")


def test_i_under_a_letter_is_roman() -> None:
    labels = ["a", "i", "ii", "iii", "iv", "v", "b"]
    text = "".join(f"{label}. Ding\n" for label in labels)
    assert numbers(text) == ["a", "a.i", "a.ii", "a.iii", "a.iv", "a.v", "b"]


@pytest.mark.parametrize("line", ["d. is geen vierde punt", "7. mei is een datum"])
def test_label_out_of_sequence_is_text(line: str) -> None:
    assert numbers(f"a. Iets dat zo lang is dat het op de volgende regel verder gaat\n{line}\n") == ["a"]


def test_numbered_points_go_on_after_a_heading() -> None:
    text = "Kansen\n1. Eén\n2. Twee\nJongeren\n3. Drie\n"
    found = read(text, {"Kansen": "k", "Kansen > Jongeren": "j"})
    assert found == {"k-1": "1. Eén", "k-2": "2. Twee", "k-3": "3. Drie"}


def test_new_list_starts_under_a_heading_of_its_own() -> None:
    text = "Kansen\n1. Eén\nPlichten\n1. Ook één\n"
    assert read(text, {"Kansen": "k", "Plichten": "p"}) == {"k-1": "1. Eén", "p-1": "1. Ook één"}


def test_points_are_told_from_bullets() -> None:
    kinds = [item.kind for item in items("1. Eén\n2. Twee\n● Drie\n")]
    assert kinds == [ItemKind.POINT, ItemKind.POINT, ItemKind.BULLET]


def test_wrapped_line_that_stops_early_ends_a_paragraph() -> None:
    full = "De eerste alinea loopt over meer dan een volle regel tekst en"
    text = f"{full}\nhoudt dan op.\nDe tweede alinea begint hier.\n"
    assert read(text) == {"tekst-p1": f"{full} houdt dan op.", "tekst-p2": "De tweede alinea begint hier."}


def test_wrapped_line_that_is_full_does_not_end_a_paragraph() -> None:
    full = "De eerste zin van deze alinea staat op een hele volle regel."
    assert read(f"{full}\nDaarna komt er nog een zin.\n") == {"tekst-p1": f"{full} Daarna komt er nog een zin."}


def test_unwrapped_paragraphs_are_parted_by_blank_lines() -> None:
    assert list(read(f"{LONG}zei men.\n\n{LONG}zei men weer.\n")) == ["tekst-p1", "tekst-p2"]


@pytest.mark.parametrize(("before", "after"), [("zegt", "Iedereen"), ("zegt.", "iedereen")])
def test_unwrapped_sentence_goes_on_over_a_page_break(before: str, after: str) -> None:
    assert list(read(f"{LONG}{before}\n\n{after} {LONG}\n")) == ["tekst-p1"]


def test_page_number_is_no_part_of_the_sentence_s_structure() -> None:
    text = "● Iets dat zo lang is dat het op de volgende bladzijde nog altijd\n\n14\n\fverder gaat\n● Twee\n"
    assert numbers(text) == ["1", "2"]


def test_footnote_inside_an_item_is_an_item_of_its_own() -> None:
    text = "● Iets dat zo lang is dat het op de volgende bladzijde nog\n1 Zie ook elders.\n\fverder gaat\n● Twee\n"
    found = read(text)
    assert found["tekst-voetnoot1"] == "1 Zie ook elders."
    assert found["tekst-1"].endswith("verder gaat")
    assert list(found) == ["tekst-1", "tekst-voetnoot1", "tekst-2"]


def test_number_at_the_start_of_a_line_is_no_footnote_elsewhere() -> None:
    assert "tekst-voetnoot1" not in read("● Het gaat om\n16 uur per jaar\n● Twee\n")


def test_row_ends_with_its_amount() -> None:
    found = read("Kosten\nEen steunpunt 500 EXTRA\nRaad aan\nscholen 250\n", {"Kosten": "k"}, Layout.ROWS)
    assert found == {"k-1": "Een steunpunt 500 EXTRA", "k-2": "Raad aan scholen 250"}


def test_sum_row_belongs_to_the_table() -> None:
    text = "Kosten\nJongeren\nEen steunpunt 500 EXTRA\nRaad 250 EXTRA\nTotaal 750\n"
    found = read(text, {"Kosten": "k", "Kosten > Jongeren": "j"}, Layout.ROWS)
    assert found == {"j-1": "Een steunpunt 500 EXTRA", "j-2": "Raad 250 EXTRA", "k-1": "Totaal 750"}


def test_signature_block_ends_at_blank_lines() -> None:
    text = "Getekend\n\nVoor de regering\n\n\n\nAnn Voorbeeld\nMinister\n\nPiet Voorbeeld\nMinister\n"
    found = read(text, {"Getekend": "o"}, Layout.BLOCKS)
    assert found == {"o-1": "Voor de regering", "o-2": "Ann Voorbeeld Minister", "o-3": "Piet Voorbeeld Minister"}


def test_bullets_of_one_code_number_on() -> None:
    text = "Eerste kop\n● a\n● b\nTweede kop\n● c\nDerde kop\n● d\n"
    found = read(text, {"Eerste kop": "k", "Tweede kop": "k", "Derde kop": "anders"})
    assert found == {"k-1": "● a", "k-2": "● b", "k-3": "● c", "anders-1": "● d"}


def test_paragraphs_of_one_code_number_on() -> None:
    text = "Eerste kop\nEen alinea.\nTweede kop\nNog een alinea.\n"
    assert list(read(text, {"Eerste kop": "k", "Tweede kop": "k"})) == ["k-p1", "k-p2"]


def test_paragraph_with_a_colon_announces_a_numbered_list() -> None:
    assert numbers("We doen drie dingen:\n1. Eén\n2. Twee\n3. Drie\n") == ["p1", "p1.1", "p1.2", "p1.3"]


def test_paragraph_without_a_colon_announces_nothing() -> None:
    assert numbers("We doen drie dingen.\n1. Eén\n2. Twee\n") == ["p1", "1", "2"]


def test_code_joins_section_and_number_by_hyphens() -> None:
    assert [item.code for item in items("a. Eén\ni. Onder\n")] == ["tekst-a", "tekst-a-i"]


def test_heading_is_no_item() -> None:
    assert read("Kansen\n● Eén\n", {"Kansen": "k"}) == {"k-1": "● Eén"}


def test_heading_over_two_lines_is_no_item() -> None:
    assert read("Kansen voor\nvelen\n● Eén\n", {"Kansen voor\nvelen": "k"}) == {"k-1": "● Eén"}


def test_ranges_are_code_points() -> None:
    first, second = items("● 𝄞 kost € 5\n● één\n")
    assert (first.start, first.end) == (0, 12)
    assert (second.start, second.end) == (13, 18)


def test_ranges_have_no_white_space_at_their_ends() -> None:
    text = "  ● Eén  \n\n   Twee.   \n"
    assert all(text[item.start : item.end].strip() == text[item.start : item.end] for item in items(text))


def test_items_stand_in_the_order_of_the_text() -> None:
    starts = [item.start for item in items("a. Eén\ni. Onder\n1 Voetnoot.\n\fii. Ook\nb. Twee\n")]
    assert starts == sorted(starts)
