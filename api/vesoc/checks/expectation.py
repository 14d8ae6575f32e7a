"""What a constraint expects, in words: the parameters of its SHACL component, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rdflib import SH, BNode, Literal
from rdflib.collection import Collection
from rdflib.term import Node

from vesoc.names import short
from vesoc.shapes import Shapes

# By the parameter that a component is named after (SHACL, section 4): Dutch and English, with the value in braces.
_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "minCount": ("minstens {} van deze waarden", "at least {} of these values"),
        "maxCount": ("hoogstens {} van deze waarden", "at most {} of these values"),
        "class": ("een ding van de klasse {}", "a thing of the class {}"),
        "datatype": ("een waarde van het datatype {}", "a value of the datatype {}"),
        "nodeKind": ("een knoop van de soort {}", "a node of the kind {}"),
        "pattern": ("tekst die past op {}", "text that matches {}"),
        "hasValue": ("de waarde {}", "the value {}"),
        "in": ("een van {}", "one of {}"),
        "languageIn": ("een van de talen {}", "one of the languages {}"),
        "uniqueLang": ("hoogstens één tekst per taal", "at most one text a language"),
        "minLength": ("minstens {} tekens", "at least {} characters"),
        "maxLength": ("hoogstens {} tekens", "at most {} characters"),
        "minInclusive": ("minstens {}", "at least {}"),
        "maxInclusive": ("hoogstens {}", "at most {}"),
        "minExclusive": ("meer dan {}", "more than {}"),
        "maxExclusive": ("minder dan {}", "less than {}"),
        "equals": ("dezelfde waarden als {}", "the same values as {}"),
        "disjoint": ("geen waarde die ook {} is", "no value that is one of {} too"),
        "lessThan": ("minder dan {}", "less than {}"),
        "lessThanOrEquals": ("niet meer dan {}", "not more than {}"),
        "closed": ("alleen de eigenschappen van de shape", "only the properties of the shape"),
    }
)


def expected(shapes: Shapes, shape: Node, component: str) -> Mapping[str, str]:
    """What a constraint component of a shape asks, by language; nothing where it has no words of its own."""
    name = component.removeprefix(str(SH)).removesuffix("ConstraintComponent")
    parameter = name[:1].lower() + name[1:]
    if parameter not in _WORDS:
        return {}
    values = sorted(shapes.graph.objects(shape, SH[parameter]), key=str)
    if not values:  # a component that is named as one of SHACL
        return {}
    told = ", ".join(_told(shapes, value) for value in values)
    return {language: text.format(told) for language, text in zip(("nl", "en"), _WORDS[parameter], strict=True)}


def _told(shapes: Shapes, value: Node) -> str:
    if isinstance(value, BNode):
        return ", ".join(_told(shapes, member) for member in Collection(shapes.graph, value))
    return str(value) if isinstance(value, Literal) else short(str(value))
