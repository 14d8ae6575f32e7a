"""The figures of docs/coding.md are those of the codings."""

from __future__ import annotations

from pathlib import Path

import agreement

PAGE = Path(__file__).parent.parent / "docs" / "coding.md"


def test_both_coded_the_same_sixty_items() -> None:
    first, second = agreement.codings()
    assert len(first) == 60
    assert set(first) == set(second)


def test_page_has_the_table() -> None:
    assert agreement.table() in PAGE.read_text(encoding="utf-8")


def test_alpha_of_equal_codings_is_one_and_falls_with_a_difference() -> None:
    first, second = agreement.codings()
    assert agreement.alpha(first, first, "status") == 1
    value = agreement.alpha(first, second, "status")
    assert value is not None
    assert value < 1
