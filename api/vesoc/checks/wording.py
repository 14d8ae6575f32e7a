"""Findings about a statement, and their texts in both languages."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from vesoc.checks.finding import Finding, Texts


def filled(texts: Texts, **values: object) -> Texts:
    """The texts with `values` for their names in braces."""
    return {language: text.format(**values) for language, text in texts.items()}


def same(text: str) -> Texts:
    """A text that is the same in both languages, such as a term; nothing where it is empty."""
    return {"nl": text, "en": text} if text else {}


def about(
    quad: Quad,
    messages: Texts,
    *,
    step: str,
    rule: str,
    severity: str = "Violation",
    focus: str | None = None,
    expected: Texts | None = None,
    remedy: Texts | None = None,
) -> Finding:
    """A finding about a statement; its focus node is the subject where no other term is named."""
    thing = quad.subject.value if isinstance(quad.subject, NamedNode) else None
    return Finding(
        step,
        rule,
        severity,
        messages,
        thing=thing,
        focus=focus or thing,
        path=quad.predicate.value,
        value=str(quad.object),
        expected=expected or {},
        remedy=remedy or {},
    )
