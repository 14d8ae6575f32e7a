"""What those get who dereference our IRIs: redirects, forms, profiles, links, validators, and what became of things."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit

import httpx2
import pytest
from conftest import running
from httplink import parse_link_header
from negotiation import CLIENTS, GIVEN, PAGE, PROBES, RULES, STANDING, THING, ask, choice, page, write
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from signposting import find_signposting_http, find_signposting_http_link, find_signposting_linkset

from vesoc import __version__, links, profiles
from vesoc.formats import RESOURCES
from vesoc.names import BASE, PREFIXES

DOC = f"/doc/{THING}"
IRI = f"{BASE}id/{THING}"
ALTR = Namespace(profiles.MODEL)
SCHEMA = Namespace(PREFIXES["schema"])
VARY = {"Accept", "Accept-Encoding", "Accept-Language", "Accept-Profile"}
FORMATS = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}
# rdflib's own parsers still use what it deprecates.
pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning", "ignore:Dataset.default_context:DeprecationWarning"
)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A server with a small file in which things are deprecated, renamed and withdrawn."""
    file = tmp_path_factory.mktemp("given") / "given.ttl"
    file.write_text(GIVEN, encoding="utf-8")
    with running("--data", str(file)) as client:
        yield client


def media_type(response: httpx2.Response) -> str:
    return str(response.headers["content-type"].split(";")[0])


def graph(response: httpx2.Response) -> Graph:
    return Graph().parse(data=response.content, format=FORMATS[media_type(response)])


def vary(response: httpx2.Response) -> set[str]:
    return set(response.headers["vary"].split(", "))


def local(target: str) -> str:
    """An address of ours without the server it is on."""
    return target.removeprefix(BASE.rstrip("/")) if target.startswith(BASE) else target


# --- the page ---------------------------------------------------------------------------------------------------------


def test_page_says_what_the_server_answers(server: httpx2.Client, given: httpx2.Client) -> None:
    found = page(server, given)
    assert "| 50" not in found, "the server was too busy to be described"
    if os.environ.get("VESOC_WRITE_PAGES"):
        write(found)
    assert PAGE.read_text(encoding="utf-8") == found


def test_page_has_every_probe() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert len(rows) > len(PROBES) + len(STANDING) + len(RULES) + len(CLIENTS)


# --- the choice of a form ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("accept", "suffix"), [*RULES.values(), *CLIENTS.values()], ids=[*RULES, *CLIENTS])
def test_field_gets_its_form(server: httpx2.Client, accept: str | None, suffix: str | None) -> None:
    answer = choice(server, accept)
    place = answer.headers.get("content-location")  # which has more where the layout of JSON-LD was asked for as well
    assert (place and place.removesuffix("?_layout=linked")) == (f"{DOC}.{suffix}" if suffix else None)
    assert answer.status_code == (200 if suffix else 406)
    assert vary(answer) >= VARY
    if suffix:
        direct = ask(server, answer.headers["content-location"], {})
        assert (direct.status_code, direct.content) == (200, answer.content) or suffix == "html"


def test_refusal_has_the_list_and_links_to_all_forms(server: httpx2.Client) -> None:
    answer = ask(server, DOC, {"accept": "image/png"})
    assert ask(server, f"/id/{THING}", {"accept": "image/png"}).headers["link"] == answer.headers["link"]
    found = parse_link_header(answer.headers["link"]).links
    assert {link["type"] for link in found} <= set(answer.json()["offers"])
    assert [server.get(link.target).status_code for link in found] == [200] * len(RESOURCES)


def test_plus_sign_may_come_unescaped(server: httpx2.Client) -> None:
    assert media_type(ask(server, f"{DOC}?_mediatype=application/ld+json", {})) == "application/ld+json"


# --- from the thing to its document -----------------------------------------------------------------------------------


def test_thing_is_one_step_from_its_document(server: httpx2.Client) -> None:
    first = ask(server, f"/id/{THING}?_mediatype=jsonld&lang=en", {"accept-profile": "<https://schema.org/>"})
    assert (first.status_code, first.headers["location"]) == (303, f"{DOC}?_mediatype=jsonld&lang=en")
    assert vary(first) >= VARY
    assert first.headers["access-control-allow-origin"] == "*"
    assert first.headers["content-profile"].startswith(f"<{BASE}profiles/schema>")
    assert not {"etag", "last-modified", "content-location"} & set(first.headers)
    assert ask(server, first.headers["location"], {}).status_code == 200


def test_links_of_a_thing_are_those_of_its_document(server: httpx2.Client) -> None:
    thing, document = (parse_link_header(ask(server, path, {}).headers["link"]).links for path in (f"/id/{THING}", DOC))
    assert {str(link.target) for link in thing} < {str(link.target) for link in document}


@pytest.mark.parametrize("name", ["a%3Fb", "a%2Fb", "a%25b", "caf%C3%A9", "a%20b", "..%2Fx", "x/", "a~b", "l" * 4000])
def test_redirect_keeps_what_was_asked_for(server: httpx2.Client, name: str) -> None:
    answer = server.get(f"/id/instrument/{name}?x=%2F")
    assert answer.headers["location"] == f"/doc/instrument/{name}?x=%2F"


@pytest.mark.parametrize("name", ["caf%C3%A9", "a%20b", "a%2Fb", "ends/", "long-" * 1000])
def test_awkward_names_are_found(given: httpx2.Client, name: str) -> None:
    answer = given.get(f"/doc/instrument/{name}", headers={"accept": "text/turtle"})
    assert (answer.status_code, len(graph(answer))) == (200, 1)
    assert len(answer.headers.get("link", "")) <= links.MOST
    assert answer.headers.get("link", "").isascii()


# --- profiles ---------------------------------------------------------------------------------------------------------


def test_default_profile_is_told(server: httpx2.Client) -> None:
    assert ask(server, DOC, {}).headers["content-profile"] == f"<{BASE}profiles/vesoc>"


@pytest.mark.parametrize("name", ["labelled", f"{BASE}profiles/labelled"])
def test_profile_may_be_named_by_token_or_iri(server: httpx2.Client, name: str) -> None:
    for answer in (
        ask(server, f"{DOC}?_profile={quote(name)}", {}),
        ask(server, DOC, {"accept-profile": f"<{name}>"}),
    ):
        assert answer.headers["content-profile"] == f"<{BASE}profiles/labelled>"
        assert answer.headers["content-location"] == f"{DOC}.ttl?_profile=labelled"


def test_query_string_goes_before_the_field(server: httpx2.Client) -> None:
    answer = ask(server, f"{DOC}?_profile=labelled", {"accept-profile": "<https://schema.org/>"})
    assert answer.headers["content-profile"] == f"<{BASE}profiles/labelled>"


@pytest.mark.parametrize(
    ("asked", "token"),
    [
        ("<https://schema.org/>;q=0.5, <urn:other>", "schema"),
        (f"<https://schema.org/>;q=0.5, <{BASE}profiles/labelled>;q=0.6", "labelled"),
        ("<https://schema.org/>;q=0, *", "vesoc"),
        ("<http://schema.org/>", "schema"),
        ("", "vesoc"),
    ],
)
def test_field_is_a_list_with_weights(server: httpx2.Client, asked: str, token: str) -> None:
    assert (
        ask(server, DOC, {"accept-profile": asked})
        .headers["content-location"]
        .endswith("ttl" if token == "vesoc" else f"_profile={token}")
    )


def test_profile_goes_before_the_form_that_is_liked_best(server: httpx2.Client) -> None:
    answer = ask(server, DOC, {"accept": "text/html, text/turtle;q=0.1", "accept-profile": "<https://schema.org/>"})
    assert media_type(answer) == "text/turtle"
    assert answer.headers["content-profile"] == f"<{BASE}profiles/schema>, <https://schema.org/>"


def test_unknown_profile_is_refused_where_no_other_is_taken(server: httpx2.Client) -> None:
    answer = ask(server, DOC, {"accept-profile": "<urn:other>"})
    assert (answer.status_code, len(answer.json()["offers"])) == (406, len(profiles.PROFILES))
    assert vary(answer) >= VARY


def test_unknown_profile_in_the_address_gets_the_default_and_the_list(server: httpx2.Client) -> None:
    answer = ask(server, f"{DOC}?_profile=other", {})
    assert (answer.status_code, answer.headers["content-profile"]) == (200, f"<{BASE}profiles/vesoc>")
    tokens = {link["token"] for link in parse_link_header(answer.headers["link"]).links if "token" in link}
    assert tokens == {profile.token for profile in profiles.PROFILES}


def test_form_that_a_profile_has_not_is_406(server: httpx2.Client) -> None:
    assert ask(server, f"{DOC}.html?_profile=schema", {}).status_code == 406
    assert ask(server, f"{DOC}?_profile=schema", {"accept": "text/html"}).status_code == 406


def test_labelled_has_class_and_label_of_everything_mentioned(server: httpx2.Client) -> None:
    plain = graph(ask(server, f"{DOC}.ttl", {}))
    labelled = graph(ask(server, f"{DOC}.ttl?_profile=labelled", {}))
    assert set(plain) < set(labelled)
    mentioned = {term for triple in plain for term in triple if isinstance(term, URIRef) and term.startswith(BASE)}
    assert len(mentioned) > 10
    assert {term for term in mentioned if (term, RDF.type, None) not in labelled} == set()


def test_schema_says_what_the_graph_says(server: httpx2.Client) -> None:
    plain = graph(ask(server, f"{DOC}.ttl", {}))
    for suffix in ("jsonld", "ttl", "rdf"):
        found = graph(ask(server, f"{DOC}.{suffix}?_profile=schema", {}))
        thing = URIRef(IRI)
        assert (thing, RDF.type, SCHEMA.CreativeWork) in found
        titles = set(plain.objects(thing, URIRef(f"{PREFIXES['dcterms']}title")))
        assert set(found.objects(thing, SCHEMA.name)) == titles
        objects = {value for value in found.objects(thing) if isinstance(value, URIRef) and value.startswith(BASE)}
        assert objects <= set(plain.objects(thing))


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("akkoord/ahad", {"CreativeWork"}),
        ("instrument/vlaams-opleidingsverlof", {"DefinedTerm"}),
        ("doelgroep/alleenstaande-ouders", {"DefinedTerm", "Audience"}),
        ("organisatie/vdab", {"Organization", "GovernmentOrganization"}),
        ("organisatie/acv", {"Organization", "WorkersUnion"}),
        ("persoon/jan-jambon", {"Person"}),
        ("ondertekening/ahad-jan-jambon", {"AgreeAction"}),
        ("budgetlijn/ahad-04", {"MonetaryAmount"}),
        ("concept/actie/verlengen", {"DefinedTerm"}),
        ("conceptscheme/actie", {"DefinedTermSet"}),
        ("dataset/vesoc", {"Dataset"}),
        ("periode/schooljaar-2021-2022", {"Thing"}),
    ],
)
def test_schema_has_a_class_for_each_kind(server: httpx2.Client, path: str, kinds: set[str]) -> None:
    found = graph(ask(server, f"/doc/{path}?_profile=schema", {}))
    assert set(found.objects(URIRef(f"{BASE}id/{path}"), RDF.type)) == {SCHEMA[kind] for kind in kinds}


def test_amount_has_its_currency(server: httpx2.Client) -> None:
    found = json.loads(ask(server, "/doc/budgetlijn/ahad-04?_profile=schema", {}).content)
    values = (
        {name.removeprefix(SCHEMA): value for name, value in found["@graph"][0].items()} if "@graph" in found else found
    )
    assert "EUR" in json.dumps(values)


def test_list_of_profiles_is_true(server: httpx2.Client) -> None:
    found = graph(ask(server, f"{DOC}?_profile=alt", {}))
    document = next(found.subjects(ALTR.hasDefaultRepresentation))
    assert urlsplit(str(document)).path == DOC
    forms = set(found.objects(document, ALTR.hasRepresentation))
    assert len(forms) == sum(len(profile.offers) for profile in profiles.PROFILES)
    conforms, has_format = (URIRef(f"{PREFIXES['dcterms']}{name}") for name in ("conformsTo", "format"))
    for form in forms:
        answer = ask(server, str(form), {})
        assert f"<{found.value(form, conforms)}>" in answer.headers["content-profile"]
        assert media_type(answer) == str(found.value(form, has_format))


def test_list_of_profiles_has_a_page(server: httpx2.Client) -> None:
    text = ask(server, f"{DOC}.html?_profile=alt", {}).text
    addresses = re.findall(rf'href="({re.escape(DOC)}[^"]+)"', text)
    assert len(addresses) == sum(len(profile.offers) for profile in profiles.PROFILES)
    assert {ask(server, address, {}).status_code for address in addresses} == {200}


@pytest.mark.parametrize("profile", profiles.PROFILES, ids=lambda profile: profile.token)
def test_profile_is_described_at_its_iri(server: httpx2.Client, profile: profiles.Profile) -> None:
    found = graph(ask(server, local(profile.iri(BASE)), {}))
    assert (URIRef(profile.iri(BASE)), RDF.type, URIRef(profiles.CLASS)) in found
    assert {label.language for label in found.objects(URIRef(profile.iri(BASE)), RDFS.comment)} == {"nl", "en"}
    shown = ask(server, local(profile.iri(BASE)), {"accept": "text/html"})
    assert (shown.status_code, media_type(shown)) == (200, "text/html")
    assert profile.iri(BASE) in shown.text


def test_profile_that_is_none_is_404(server: httpx2.Client) -> None:
    assert ask(server, "/profiles/other", {}).status_code == 404


# --- links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [THING, "akkoord/ahad", "bron/ahad", "concept/actie/verlengen", "graaf/ahad"])
def test_field_of_links_is_small_and_every_target_answers(server: httpx2.Client, path: str) -> None:
    answer = ask(server, f"/doc/{path}.html", {})
    assert len(answer.headers["link"]) <= links.MOST
    here = [link.target for link in parse_link_header(answer.headers["link"]).links]
    ours = {
        local(target) for target in here if local(target).startswith("/") or target.startswith(str(server.base_url))
    }
    assert len(ours) > 10
    assert {
        target: status for target in ours if (status := server.get(target, follow_redirects=True).status_code) != 200
    } == {}


def test_signposting_of_the_document(server: httpx2.Client) -> None:
    found = find_signposting_http(urljoin(str(server.base_url), f"{DOC}.html"))
    assert str(found.citeAs.target) == IRI
    assert str(found.license.target) == "http://creativecommons.org/publicdomain/zero/1.0/"
    assert {str(one.target) for one in found.types} >= {f"{SCHEMA}AboutPage", f"{SCHEMA}CreativeWork"}
    assert {str(one.type) for one in found.describedBy} == {"text/turtle", "application/ld+json"}
    assert urlsplit(str(found.collection.target)).path == "/doc/dataset/vesoc"
    assert found.linksets


def test_signposting_of_the_thing(server: httpx2.Client) -> None:
    found = find_signposting_http_link([ask(server, f"/id/{THING}", {}).headers["link"]], str(server.base_url))
    assert str(found.citeAs.target) == IRI
    assert found.describedBy


def test_link_set_says_what_the_field_says(server: httpx2.Client) -> None:
    address = urljoin(str(server.base_url), DOC)
    in_set = find_signposting_linkset(f"{address}.linkset").for_context(address)
    answer = ask(server, f"{DOC}.ttl", {})
    in_field = find_signposting_http_link([answer.headers["link"]], address).for_context(address)
    assert {(s.rel, str(s.target)) for s in in_set} == {(s.rel, str(s.target)) for s in in_field}
    assert media_type(ask(server, f"{DOC}.linkset", {})) == "application/linkset+json"
    assert media_type(ask(server, f"{DOC}?_mediatype=linkset", {})) == "application/linkset+json"


def test_links_that_are_too_many_are_left_out_from_the_end() -> None:
    many = [links.Link(f"/{number}", "alternate") for number in range(1000)]
    told = links.field(many)
    assert links.MOST - 40 < len(told) <= links.MOST
    assert told.startswith('</0>; rel="alternate", </1>; rel="alternate"')


def test_link_is_written_as_a_uri() -> None:
    assert str(links.Link('http://example.org/é"<a b>', "x")) == '<http://example.org/%C3%A9%22%3Ca%20b%3E>; rel="x"'


@pytest.mark.parametrize("path", ["/ns", f"/ns/{__version__}"])
def test_ontology_has_all_forms_too(server: httpx2.Client, path: str) -> None:
    answer = ask(server, path, {})
    assert answer.headers["content-location"] == f"{path}.ttl"
    found = parse_link_header(answer.headers["link"])
    assert found["cite-as"].target == f"{BASE}{path[1:]}"
    assert {link["type"] for link in found.links if link.rel == {"describedby"}} == {
        "text/turtle",
        "application/ld+json",
    }
    assert {str(link.target) for link in found.links if link.rel == {"type"}} == {str(OWL.Ontology)}
    for link in found.links:
        if link.rel == {"alternate"}:
            other = ask(server, link.target, {})
            assert (other.status_code, media_type(other)) == (200, link["type"])
    assert ask(server, f"{path}.doc", {}).status_code == 404


# --- validators -------------------------------------------------------------------------------------------------------

REPRESENTATIONS = [
    f"{DOC}.ttl",
    f"{DOC}.nt",
    f"{DOC}.ttl?_profile=labelled",
    f"{DOC}.ttl?_profile=schema",
    f"{DOC}.ttl?inverse=1",
    f"{DOC}.html?lang=nl",
    f"{DOC}.html?lang=en",
    f"{DOC}.linkset",
    "/doc/vindplaats.ttl",
    "/doc/vindplaats.ttl?page=2",
]


def test_each_representation_has_its_own_tag(server: httpx2.Client) -> None:
    tags = [ask(server, path, {}).headers["etag"] for path in REPRESENTATIONS]
    tags += [ask(server, path, {"accept-encoding": "gzip"}).headers["etag"] for path in REPRESENTATIONS]
    tags.append(ask(server, REPRESENTATIONS[5], {"cookie": "theme=dark"}).headers["etag"])
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize("path", REPRESENTATIONS)
def test_each_representation_may_be_asked_for_again(server: httpx2.Client, path: str) -> None:
    first = ask(server, path, {})
    again = ask(server, path, {"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "vary", "cache-control", "content-location", "last-modified"):
        assert again.headers[name] == first.headers[name]
    by_day = ask(server, path, {"if-modified-since": first.headers["last-modified"]})
    assert by_day.status_code == 304


def test_tag_of_one_representation_is_none_of_another(server: httpx2.Client) -> None:
    tags = {path: ask(server, path, {}).headers["etag"] for path in REPRESENTATIONS}
    for path in REPRESENTATIONS:
        others = ", ".join(tag for other, tag in tags.items() if other != path)
        assert ask(server, path, {"if-none-match": others}).status_code == 200


@pytest.mark.parametrize("path", [f"{DOC}.html?lang=en", f"{DOC}.nt?inverse=1", "/doc/organisatie.rdf"])
def test_second_time_comes_from_memory_and_is_the_same(server: httpx2.Client, path: str) -> None:
    first, second = (ask(server, path, {}) for _ in range(2))
    assert second.headers["server-timing"] == "cache;desc=hit"
    assert second.content == first.content
    changing = ("date", "server-timing", "x-request-id", "transfer-encoding", "content-length")
    assert {n: v for n, v in first.headers.items() if n not in changing} == {
        n: v for n, v in second.headers.items() if n not in changing
    }


@pytest.mark.parametrize("path", ["/doc/instrument/x", "/doc/nothing"])
def test_what_is_not_there_is_never_unchanged(server: httpx2.Client, path: str) -> None:
    for fields in ({"if-none-match": "*"}, {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}):
        assert ask(server, path, fields).status_code == 404


# --- methods ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", [f"/id/{THING}", DOC, f"{DOC}.html", "/doc/akkoord.csv", "/resource?uri=urn:x", "/doc/x"]
)
def test_head_is_get_without_a_body(server: httpx2.Client, path: str) -> None:
    whole, head = ask(server, path, {}), ask(server, path, {}, "HEAD")
    assert (head.status_code, head.content) == (whole.status_code, b"")
    # Problems tell the identifier, and what comes from memory tells its length.
    changing = ("date", "server-timing", "x-request-id", "transfer-encoding", "content-length")
    assert {n: v for n, v in head.headers.items() if n not in changing} == {
        n: v for n, v in whole.headers.items() if n not in changing
    }


@pytest.mark.parametrize("path", [f"/id/{THING}", DOC, "/resource", "/profiles/vesoc"])
def test_other_methods_are_told_which_there_are(server: httpx2.Client, path: str) -> None:
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        answer = ask(server, path, {}, method)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert ask(server, path, {}, "OPTIONS").status_code == 204


def test_pages_elsewhere_may_ask_and_read_what_matters(server: httpx2.Client) -> None:
    origin = {"origin": "https://example.org", "accept": "text/turtle"}
    asking = {**origin, "access-control-request-method": "GET", "access-control-request-headers": "accept-profile"}
    before = ask(server, DOC, asking, "OPTIONS")
    assert before.status_code == 204
    assert "*" in before.headers["access-control-allow-headers"]
    for answer in (ask(server, DOC, origin), ask(server, f"/id/{THING}", origin), ask(server, "/doc/x/y", origin)):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
        exposed = set(answer.headers["access-control-expose-headers"].split(", "))
        assert {"Link", "ETag", "Last-Modified", "Location", "Content-Location", "Vary", "Content-Profile"} <= exposed


# --- what is not there ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("instrument/vlaams-opleidingsverlov", "instrument/vlaams-opleidingsverlof"),
        ("instrument/Vlaams-Opleidingsverlof", "instrument/vlaams-opleidingsverlof"),
        ("maatregel/vlaams-opleidingsverlof", "instrument/vlaams-opleidingsverlof"),
        ("instrument/flemish%20training%20leave", "instrument/vlaams-opleidingsverlof"),
        ("maatregel/ahad-s04-1b/", "maatregel/ahad-s04-1b"),
        ("persoon/jan-jambom", "persoon/jan-jambon"),
    ],
)
def test_nearest_names_are_told(server: httpx2.Client, path: str, near: str) -> None:
    answer = ask(server, f"/doc/{path}", {})
    found = [candidate["iri"] for candidate in answer.json()["candidates"]]
    assert (answer.status_code, found[0]) == (404, f"{BASE}id/{near}")
    assert len(found) <= 5
    assert vary(answer) >= VARY
    shown = ask(server, f"/doc/{path}", {"accept": "text/html"})
    assert f'href="/doc/{near}"' in shown.text
    assert {*VARY, "Cookie"} <= vary(shown)


def test_what_is_like_nothing_has_no_candidates(server: httpx2.Client) -> None:
    assert ask(server, "/doc/instrument/qqqqqqqqqqq", {}).json()["candidates"] == []


# --- what has become of things ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["renamed", "renamed-twice"])
def test_renamed_thing_leads_to_the_new_name(given: httpx2.Client, name: str) -> None:
    thing = ask(given, f"/id/instrument/{name}?lang=en", {})
    assert (thing.status_code, thing.headers["location"]) == (301, "/id/instrument/new?lang=en")
    document = ask(given, f"/doc/instrument/{name}.nt?lang=en", {})
    assert (document.status_code, document.headers["location"]) == (301, "/doc/instrument/new.nt?lang=en")
    assert not {"etag", "content-location"} & set(document.headers)
    assert vary(document) >= VARY


def test_new_name_may_be_elsewhere(given: httpx2.Client) -> None:
    assert ask(given, "/doc/instrument/abroad.nt?x", {}).headers["location"] == "http://example.org/new"


@pytest.mark.parametrize("accept", ["text/html", "application/json", "text/turtle"])
@pytest.mark.parametrize("start", ["/id", "/doc"])
def test_withdrawn_thing_is_gone(given: httpx2.Client, start: str, accept: str) -> None:
    answer = ask(given, f"{start}/instrument/withdrawn", {"accept": accept})
    assert answer.status_code == 410
    assert vary(answer) >= VARY
    for told in ("It was two things at once.", "2026-01-02", "https://example.org/editor"):
        assert told in answer.text
    assert media_type(answer) == ("text/html" if accept == "text/html" else "application/problem+json")


def test_thing_in_two_is_gone_and_tells_both(given: httpx2.Client) -> None:
    answer = ask(given, "/doc/instrument/parted", {})
    assert answer.status_code == 410
    successors = answer.json()["tombstone"]["successors"]
    assert successors == [f"{BASE}id/instrument/new", f"{BASE}id/instrument/other"]


def test_names_in_a_circle_are_gone(given: httpx2.Client) -> None:
    assert ask(given, "/doc/instrument/circle", {}).status_code == 410


def test_document_follows_blank_nodes(given: httpx2.Client) -> None:
    for suffix in ("ttl", "jsonld", "rdf"):
        found = graph(ask(given, f"/doc/instrument/blank.{suffix}", {}))
        thing = URIRef(f"{BASE}id/instrument/blank")
        assert [str(value) for value in found.objects(thing, SKOS.related / SKOS.related / SKOS.notation)] == ["deep"]


def test_deprecated_thing_is_still_described(given: httpx2.Client) -> None:
    answer = ask(given, "/doc/instrument/deprecated", {})
    assert answer.status_code == 200
    assert (URIRef(f"{BASE}id/instrument/deprecated"), OWL.deprecated, Literal(True)) in graph(answer)
    assert '</doc/instrument/new>; rel="successor-version"' in answer.headers["link"]
    assert '</doc/instrument/deprecated>; rel="predecessor-version"' in given.get("/doc/instrument/new").headers["link"]
    shown = ask(given, "/doc/instrument/deprecated.html", {}).text
    assert re.search(r'class="banner[^>]*>[^<]*<a href="/doc/instrument/new"', shown)


# --- much of it -------------------------------------------------------------------------------------------------------


def test_document_says_who_points_to_the_thing_where_asked(given: httpx2.Client) -> None:
    new = URIRef(f"{BASE}id/instrument/new")
    plain, inverse = (graph(ask(given, f"/doc/instrument/new.ttl{query}", {})) for query in ("", "?inverse=1"))
    assert (None, SKOS.related, new) not in plain
    second = graph(ask(given, "/doc/instrument/new.ttl?inverse=1&page=2", {}))
    assert len(set(inverse.subjects(SKOS.related, new)) | set(second.subjects(SKOS.related, new))) == 1000
    one = graph(ask(given, f"/doc/instrument/new.ttl?inverse=1&property={quote(str(SKOS.related))}", {}))
    assert len(set(one.subjects(SKOS.related, new))) == 1000


def test_page_shows_25_of_each_and_leads_to_the_others(given: httpx2.Client) -> None:
    text = given.get("/doc/instrument/new.html?lang=en").text
    assert len(re.findall(r'href="/doc/instrument/n\d+"', text)) == 25
    more = f"/doc/instrument/new?property={quote(str(SKOS.related), safe='')}"
    assert f'<a href="{more}">and 975 more</a>' in text
    shown = given.get(more, headers={"accept": "text/html"})
    assert len(re.findall(r'href="/doc/instrument/n\d+"', shown.text)) == 100
    assert "1000" in re.sub(r"[.,]", "", shown.text)


def walk(client: httpx2.Client, address: str, accept: str) -> list[httpx2.Response]:
    """All pages of what is at an address, by the links to the next."""
    pages = [client.get(address, headers={"accept": accept})]
    while "next" in (found := parse_link_header(pages[-1].headers["link"])):
        pages.append(client.get(found["next"].target, headers={"accept": accept}))
    return pages


def test_pages_lead_from_the_first_to_the_last_and_back(given: httpx2.Client) -> None:
    pages = walk(given, f"/doc/instrument/new?property={quote(str(SKOS.related))}", "text/html")
    shown = [set(re.findall(r"/doc/instrument/n\d+", answer.text)) for answer in pages]
    assert [len(things) for things in shown] == [100] * 10
    assert len(set.union(*shown)) == 1000
    found = [parse_link_header(answer.headers["link"]) for answer in pages]
    assert "prev" not in found[0]
    assert {relations["last"].target for relations in found} == {found[-1]["last"].target}
    assert found[1]["prev"].target == found[0]["first"].target


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("inverse=1&page=3", 404),
        ("page=2", 404),
        ("page=0", 400),
        ("page=x", 400),
        ("inverse=1&property=urn:x", 404),
        ("inverse=1&property=no%20iri", 400),
    ],
)
def test_page_that_is_not_there_is_told(given: httpx2.Client, query: str, status: int) -> None:
    assert given.get(f"/doc/instrument/new.ttl?{query}").status_code == status


def test_list_is_whole_on_its_pages(server: httpx2.Client) -> None:
    pages = walk(server, "/doc/maatregel", "text/turtle")
    total = {int(answer.headers["x-total-count"]) for answer in pages}
    things = [set(graph(answer).subjects()) for answer in pages]
    assert {len(part) for part in things[:-1]} == {100}
    assert total == {len(set.union(*things))}
    as_pages = walk(server, "/doc/maatregel?lang=en", "text/html")
    listed = {found for answer in as_pages for found in re.findall(r'href="/doc/(maatregel/[^"]+)"', answer.text)}
    assert {f"{BASE}id/{path}" for path in listed} == {str(thing) for thing in set.union(*things)}


def test_list_as_a_table(server: httpx2.Client) -> None:
    answer = server.get("/doc/instrument.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(rows) == int(answer.headers["x-total-count"]) > 100
    leave = next(row for row in rows if row["iri"] == f"{BASE}id/instrument/vlaams-opleidingsverlof")
    assert (leave["label_nl"], leave["label_en"]) == ("Vlaams opleidingsverlof", "Flemish training leave")
    assert f"{BASE}ns#Instrument" in leave["type"].split()


def test_concepts_are_listed_by_scheme(server: httpx2.Client) -> None:
    found = set(graph(server.get("/doc/concept/actie.ttl")).subjects())
    assert URIRef(f"{BASE}id/concept/actie/verlengen") in found
    assert all(subject.startswith(f"{BASE}id/concept/actie/") for subject in found)
    assert int(server.get("/doc/concept.ttl").headers["x-total-count"]) > len(found)


# --- things of others -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("iri", ["http://qudt.org/vocab/unit/MO", "http://creativecommons.org/publicdomain/zero/1.0/"])
def test_thing_of_others_has_what_points_to_it(server: httpx2.Client, iri: str) -> None:
    answer = server.get("/resource", params={"uri": iri}, headers={"accept": "text/turtle"})
    assert (answer.status_code, answer.headers["content-location"]) == (
        200,
        f"/resource?uri={quote(iri, safe='')}&_mediatype=ttl",
    )
    assert list(graph(answer).subjects(object=URIRef(iri)))
    assert server.get(answer.headers["content-location"]).content == answer.content
    shown = server.get("/resource", params={"uri": iri}, headers={"accept": "text/html"})
    assert shown.status_code == 200
    assert 'href="/doc/' in shown.text


@pytest.mark.parametrize(
    ("iri", "place"),
    [
        (IRI, DOC),
        (f"{BASE}ns#Measure", "/ns#Measure"),
        (f"{BASE}ns", "/ns"),
        (f"{BASE}id/instrument/é", "/doc/instrument/%C3%A9"),
        (f"{BASE}/example.org/", "/example.org/"),
        (f"{BASE}\\example.org", "/%5Cexample.org"),
    ],
)
def test_one_of_ours_leads_to_its_document(server: httpx2.Client, iri: str, place: str) -> None:
    answer = server.get("/resource", params={"uri": iri})
    assert (answer.status_code, answer.headers["location"]) == (303, place)


@pytest.mark.parametrize(
    ("iri", "status"),
    [("http://example.org/x", 404), ("no iri", 404), ("", 400), ("//example.org/x", 404), ("/doc/x", 404)],
)
def test_thing_that_nobody_speaks_of_is_404(server: httpx2.Client, iri: str, status: int) -> None:
    assert server.get("/resource", params={"uri": iri}).status_code == status


# --- those who harvest ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("syntax", [None, "turtle", "xml", "json-ld"])
def test_rdflib_reads_a_thing(server: httpx2.Client, syntax: str | None) -> None:
    found = Graph().parse(urljoin(str(server.base_url), f"/id/{THING}"), format=syntax)
    assert (URIRef(IRI), RDF.type, URIRef(f"{BASE}ns#Measure")) in found
