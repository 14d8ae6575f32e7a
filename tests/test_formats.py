"""The choice of a media type from an Accept field: one test a rule (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import pytest
from negotiation import CLIENTS

from vesoc.errors import Problem
from vesoc.formats import (
    BOOLEANS,
    CSV,
    GRAPHS,
    HTML,
    JSON_LD,
    JSON_RESULTS,
    N_TRIPLES,
    RDF_XML,
    RESOURCES,
    TABLES,
    TURTLE,
    XML_RESULTS,
    Format,
    by_suffix,
    choose,
)


def refused(accept: str, offers: tuple[Format, ...] = RESOURCES) -> Problem:
    with pytest.raises(Problem) as caught:
        choose(accept, offers)
    return caught.value


@pytest.mark.parametrize("accept", [None, "", "  "])
def test_absent_or_empty_takes_the_first_offer(accept: str | None) -> None:
    assert choose(accept, TABLES) is JSON_RESULTS
    assert choose(accept, RESOURCES) is TURTLE


@pytest.mark.parametrize("offer", [*GRAPHS, *TABLES, HTML], ids=lambda offer: offer.suffix)
def test_exact_name_takes_that_offer(offer: Format) -> None:
    offers = next(offers for offers in (RESOURCES, TABLES) if offer in offers)
    assert choose(offer.types[0], offers) is offer


@pytest.mark.parametrize(
    ("alias", "offer"),
    [
        ("application/x-turtle", TURTLE),
        ("text/plain", N_TRIPLES),
        ("text/xml", RDF_XML),
        ("application/xml", RDF_XML),
        ("application/json", JSON_LD),
        ("application/xhtml+xml", HTML),
    ],
)
def test_alias_takes_the_offer_that_it_names(alias: str, offer: Format) -> None:
    assert choose(alias, RESOURCES) is offer


def test_alias_means_what_is_on_offer() -> None:
    assert choose("application/json", TABLES) is JSON_RESULTS
    assert choose("application/xml", BOOLEANS) is XML_RESULTS


def test_higher_quality_wins() -> None:
    assert choose("text/turtle;q=0.3, application/ld+json;q=0.7, text/html;q=0.5", RESOURCES) is JSON_LD


def test_quality_is_one_when_left_out() -> None:
    assert choose("text/turtle;q=0.999, application/rdf+xml", RESOURCES) is RDF_XML


def test_quality_may_start_with_its_dot() -> None:
    assert choose("text/turtle;q=.2, application/rdf+xml;q=.3", RESOURCES) is RDF_XML


def test_quality_zero_refuses() -> None:
    assert choose("text/turtle;q=0, */*", RESOURCES) is JSON_LD
    assert choose("text/turtle;q=0, application/n-triples;q=0.1", RESOURCES) is N_TRIPLES
    assert choose("text/html;q=0, */*;q=0.5", RESOURCES) is TURTLE
    assert refused("text/turtle;q=0").status == 406


def test_quality_zero_of_everything_else_leaves_the_named() -> None:
    assert choose("application/rdf+xml;q=0.1, */*;q=0", RESOURCES) is RDF_XML


def test_specific_range_goes_before_general() -> None:
    assert choose("text/*;q=0.9, text/turtle;q=0.1, application/rdf+xml;q=0.5", RESOURCES) is HTML
    assert choose("*/*, text/*;q=0.2, text/turtle;q=0", (TURTLE, HTML, RDF_XML)) is RDF_XML


def test_type_with_star_takes_any_of_that_type() -> None:
    assert choose("application/*", RESOURCES) is JSON_LD
    assert choose("text/*", TABLES) is CSV


def test_type_with_star_does_not_reach_aliases() -> None:
    # Else text/* would give N-Triples as text/plain before what is text by its own name.
    assert choose("text/*", (N_TRIPLES, TURTLE)) is TURTLE


def test_star_takes_the_first_offer() -> None:
    assert choose("*/*", GRAPHS) is TURTLE


def test_none_fits_is_406_with_the_list() -> None:
    problem = refused("image/png, text/csv", BOOLEANS)
    assert problem.status == 406
    assert problem.document()["offers"] == ["application/sparql-results+json", "application/sparql-results+xml"]
    assert all(offer.types[0] in problem.detail for offer in BOOLEANS)


@pytest.mark.parametrize("quality", ["abc", "", "1.5.2", "high", "nan", "-nan", "-1"])
def test_malformed_quality_refuses(quality: str) -> None:
    assert choose(f"text/turtle;q={quality}, application/rdf+xml;q=0.1", RESOURCES) is RDF_XML
    assert refused(f"text/turtle;q={quality}").status == 406


def test_first_offer_wins_among_equals() -> None:
    # The order of the field says nothing (RFC 9110): ours does.
    assert choose("application/rdf+xml, text/turtle", RESOURCES) is TURTLE
    assert choose("text/csv, application/sparql-results+json", TABLES) is JSON_RESULTS


def test_commas_and_semicolons_within_quotes_part_nothing() -> None:
    quoted = 'application/ld+json;profile="http://example.org/a,b;q=0.1 text/html"'
    assert choose(quoted, RESOURCES) is JSON_LD
    assert choose(f"{quoted};q=0.2, text/turtle;q=0.1", RESOURCES) is JSON_LD
    assert choose(f"{quoted};q=0.1, text/turtle;q=0.2", RESOURCES) is TURTLE


@pytest.mark.parametrize("escaped", [r'"a\", text/turtle"', '"never closed, text/turtle'])
def test_quotes_may_be_escaped_or_never_closed(escaped: str) -> None:
    assert choose(f"application/ld+json;profile={escaped}", RESOURCES) is JSON_LD


def test_long_field_of_quotes_is_read_at_once() -> None:
    assert choose('"\\' * 8000 + ', text/turtle;"' * 1000, RESOURCES) is TURTLE


def test_page_that_is_named_goes_before_its_equals() -> None:
    assert choose("text/turtle, text/html", RESOURCES) is HTML
    assert choose("application/xhtml+xml, text/turtle", RESOURCES) is HTML
    assert choose("text/turtle, text/html;q=0.9", RESOURCES) is TURTLE


def test_page_that_only_a_star_names_comes_last() -> None:
    assert choose("*/*", RESOURCES) is TURTLE
    assert choose("text/*", RESOURCES) is TURTLE
    assert choose("image/png, */*;q=0.5", RESOURCES) is TURTLE


def test_own_type_of_a_page_goes_before_its_other_name() -> None:
    assert choose("text/html;q=0.3, application/xhtml+xml, text/turtle", RESOURCES) is TURTLE


@pytest.mark.parametrize(
    "parameter", ["charset=utf-8", 'profile="http://www.w3.org/ns/json-ld#compacted"', "version=1.1", "level=1"]
)
def test_other_parameters_are_ignored(parameter: str) -> None:
    assert choose(f"application/ld+json; {parameter}", RESOURCES) is JSON_LD
    assert choose(f"application/ld+json;{parameter};q=0.1, text/turtle;q=0.2", RESOURCES) is TURTLE


def test_case_does_not_matter() -> None:
    assert choose("Application/LD+JSON;Q=0.9, TEXT/*;q=0.1", RESOURCES) is JSON_LD


def test_space_and_empty_parts_do_not_matter() -> None:
    assert choose(" , application/rdf+xml ; q=0.5 ,, text/turtle ; q=0.4 ,", RESOURCES) is RDF_XML


@pytest.mark.parametrize("accept", ["*/turtle", "text/turtleX", "image/png, turtle"])
def test_range_that_nothing_fits_names_nothing(accept: str) -> None:
    assert refused(accept).status == 406


@pytest.mark.parametrize("accept", [";;;,q=", ",,", "turtle", ";q=1", "/", "text/turtle/x", '"', "text / turtle"])
def test_field_without_a_range_asks_for_nothing(accept: str) -> None:
    assert choose(accept, RESOURCES) is TURTLE


@pytest.mark.parametrize(("accept", "suffix"), CLIENTS.values(), ids=CLIENTS)
def test_known_clients_get_what_they_want(accept: str, suffix: str) -> None:
    assert choose(accept, RESOURCES) is by_suffix(suffix, RESOURCES)


def test_suffix_names_one_offer() -> None:
    assert [by_suffix(offer.suffix, RESOURCES) for offer in RESOURCES] == list(RESOURCES)
    assert by_suffix("csv", RESOURCES) is None


@pytest.mark.parametrize("offers", [RESOURCES, TABLES, GRAPHS], ids=["resources", "tables", "graphs"])
def test_no_two_offers_share_a_name(offers: tuple[Format, ...]) -> None:
    names = [name for offer in offers for name in offer.types]
    assert len(set(names)) == len(names)
    assert len({offer.suffix for offer in offers}) == len(offers)
