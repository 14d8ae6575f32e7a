"""Headings found in a text as an outline: each with the level, the code and the kind that it most likely has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vesoc.authoring.headings import Found, Mark
from vesoc.authoring.outline import SUB, Heading, slugged

ANNEX = "bijlage"
BLOCK = "begrotingsblok"
SIGNED = "ondertekening"
_CONTENTS = ("inhoud", "inhoudstafel", "inhoudsopgave")
_BUDGET = ("budget", "begroting")
_KIND_OF_NAME = {"voorwoord": "voorwoord", "bijlage": ANNEX, "bijlagen": ANNEX, SIGNED: SIGNED, "namens": SIGNED}
_KIND_OF_MARK = {Mark.ALONE: "thema", Mark.CAPITALS: "hoofdstuk", Mark.NUMBER: "hoofdstuk", Mark.MARKDOWN: "hoofdstuk"}


def proposed(found: Sequence[Found], kinds: Sequence[str]) -> list[Heading]:
    """The outline that the headings seem to make; `kinds` are the kinds of part that there are."""
    return _Proposer(found, kinds).outline()


class _Proposer:
    def __init__(self, found: Sequence[Found], kinds: Sequence[str]) -> None:
        self._found = found
        self._kinds = kinds
        self._levels = self._all_levels()
        self._outline: list[Heading] = []
        self._counts: Counter[str] = Counter()

    def outline(self) -> list[Heading]:
        for place, one in enumerate(self._found):
            code, kind = self._named(place)
            if code in {heading.code for heading in self._outline} and code != SUB:
                self._counts[code] += 1
                code = f"{code}-{self._counts[code] + 1}"
            first, last = one.lines[0].number, one.lines[-1].number
            self._outline.append(Heading(first, last, self._levels[place], code, kind, one.text))
        return self._outline

    def _all_levels(self) -> list[int]:
        levels: list[int] = []
        of_depth: dict[int, int] = {}
        for place, one in enumerate(self._found):
            level = self._level(place, levels)
            if one.number and one.mark in (Mark.MARKDOWN, Mark.NUMBER):
                level = of_depth.setdefault(one.number.count("."), level)
            levels.append(min(level, levels[-1] + 1 if levels else 1))
        return levels

    def _level(self, place: int, levels: list[int]) -> int:
        """By the depth that the mark tells, else under the chapter or annex before it."""
        one, before = self._found[place], list(zip(self._found[:place], levels, strict=True))
        if one.depth:
            return one.depth
        if _first_word(one) == "namens":
            return 2 if any(_first_word(upper) in (SIGNED, "namens") for upper, _ in before) else 1
        if one.mark in (Mark.KIND, Mark.ALONE):
            over = [level for upper, level in before if self._is_over(upper, one)]
            return over[-1] + 1 if over else 1
        return 1

    @staticmethod
    def _is_over(upper: Found, one: Found) -> bool:
        if upper.mark is Mark.NAMED:
            return one.mark is Mark.KIND and _first_word(upper).startswith(ANNEX)
        return upper.mark not in (one.mark, Mark.ALONE)

    def _named(self, place: int) -> tuple[str, str]:
        """Code and kind of a heading."""
        one = self._found[place]
        if one.mark is Mark.NAMED:
            return self._usual(one)
        if one.mark is Mark.KIND:
            return self._of_kind(one, place)
        if one.number:
            return one.number.replace(".", "-"), "afdeling" if self._levels[place] > 1 else "hoofdstuk"
        if one.mark is Mark.MARKDOWN and _first_word(one) in (*_CONTENTS, *_KIND_OF_NAME):
            return self._usual(one)
        return self._unnumbered(one, place)

    def _usual(self, one: Found) -> tuple[str, str]:
        word = _first_word(one)
        signed = any(heading.kind == SIGNED for heading in self._outline)
        if word in _CONTENTS or (word == "namens" and signed):
            return SUB, SUB
        return SIGNED if word == "namens" else word, _KIND_OF_NAME.get(word, "hoofdstuk")

    def _of_kind(self, one: Found, place: int) -> tuple[str, str]:
        code = f"{one.kind[0]}{int(one.number):02}"
        upper = self._upper(place)
        if upper and upper.kind == ANNEX:
            in_budget = any(word in upper.text.lower() for word in _BUDGET)
            return f"{upper.code}-{code}", BLOCK if in_budget else "afdeling"
        return code, one.kind if one.kind in self._kinds else "afdeling"

    def _unnumbered(self, one: Found, place: int) -> tuple[str, str]:
        """A part of the first level is numbered; below it, one that only holds others is no part."""
        inside = self._inside(place)
        if self._levels[place] == 1:
            number = next((lower.number.partition(".")[0] for lower in inside if "." in lower.number), "")
            word = slugged(one.text) if len(one.text.split()) == 1 else ""
            return number or word or self._counted(one), _KIND_OF_MARK.get(one.mark, "hoofdstuk")
        upper = next((h for h in reversed(self._outline) if h.makes_part and h.level < self._levels[place]), None)
        if inside or upper is None or one.mark is Mark.ALONE:
            return SUB, SUB
        return f"{upper.code}-{_first_word(one)}", "afdeling"

    def _counted(self, one: Found) -> str:
        letter = _KIND_OF_MARK[one.mark][0]
        self._counts[f"{letter}…"] += 1
        return f"{letter}{self._counts[f'{letter}…']}"

    def _inside(self, place: int) -> list[Found]:
        """The headings below one."""
        after = list(zip(self._found, self._levels, strict=True))[place + 1 :]
        until = next((i for i, (_, level) in enumerate(after) if level <= self._levels[place]), len(after))
        return [one for one, _ in after[:until]]

    def _upper(self, place: int) -> Heading | None:
        return next((one for one in reversed(self._outline) if one.level < self._levels[place]), None)


def _first_word(one: Found) -> str:
    return slugged(one.text.split()[0])
