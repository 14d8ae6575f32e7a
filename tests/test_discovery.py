"""What crawlers and programs look for first: sitemap, robots.txt, security.txt, API catalogue, schema.org Dataset."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import extruct
import httpx2
import pytest
from catalogued import READY
from conftest import running
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from vesoc import __version__
from vesoc.datasets import Datasets
from vesoc.discovery import changes, notices, sitemap
from vesoc.names import BASE, PREFIXES, term
from vesoc.overviews.register import OVERVIEWS
from vesoc.releases.archive import Archive
from vesoc.releases.release import MANIFEST, QUADS, Release
from vesoc.settings import Settings

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ADDRESS = "https://vesoc.example.org/"
MOMENTS = [datetime(2027, month, 1, tzinfo=UTC) for month in (1, 2, 3)]
OPEN = ("", "views", "queries", "ns", "catalog", "dumps", "docs", "accessibility", *OVERVIEWS)
CLOSED = (
    "sparql",
    "workbench",
    "graphs?default",
    "resource?uri=x",
    "search?q=vov",
    "cite/akkoord/iab.bib",
    "health/live",
)


def entries(body: bytes) -> dict[str, str | None]:
    """The addresses of a sitemap with what it says of their last change; each stands there once."""
    found = [(url.findtext(f"{SPACE}loc"), url.findtext(f"{SPACE}lastmod")) for url in ElementTree.fromstring(body)]
    assert len(dict(found)) == len(found)
    return {str(address): changed for address, changed in found}


def asked(client: httpx2.Client, query: str) -> list[str]:
    """The values of the only variable of a query."""
    found = client.post("/sparql", data={"query": query}).json()["results"]
    return [term["value"] for row in found["bindings"] for term in row.values()]


@pytest.fixture(scope="module")
def listed(server: httpx2.Client) -> dict[str, str | None]:
    return entries(server.get("/sitemap.xml").content)


# --- the sitemap ------------------------------------------------------------------------------------------------------


def test_sitemap_has_every_thing_of_the_graph_once(server: httpx2.Client, listed: dict[str, str | None]) -> None:
    own = f'FILTER(ISIRI(?s) && STRSTARTS(STR(?s), "{BASE}id/") && !CONTAINS(STR(?s), "#"))'
    things = {iri.removeprefix(f"{BASE}id/") for iri in asked(server, f"SELECT DISTINCT ?s {{ ?s ?p ?o {own} }}")}
    documents = [unquote(urlsplit(address).path.removeprefix("/doc/")) for address in listed if "/doc/" in address]
    lists = {path for thing in things for path in (thing.partition("/")[0], thing.rpartition("/")[0])}
    assert set(documents) == things | lists
    assert len(documents) == len(things | lists) > 3500


def test_sitemap_has_the_other_pages(server: httpx2.Client, listed: dict[str, str | None]) -> None:
    address = f"{str(server.base_url).rstrip('/')}/"
    queries = [
        f"queries/{query['name']}" for query in server.get("/queries", headers={"accept": "application/json"}).json()
    ]
    version = server.get("/dumps", headers={"accept": "application/json"}).json()["releases"][0]["version"]
    wanted = {address + path for path in (*OPEN, *queries, f"dumps/{version}")}
    assert {one for one in listed if "/doc/" not in one} == wanted
    assert len(queries) > 40


def test_sitemap_has_the_addresses_that_pages_call_canonical(
    server: httpx2.Client, listed: dict[str, str | None]
) -> None:
    for path in ("/doc/maatregel/ahad-s01-4a", "/doc/concept/thema/activering"):
        page = server.get(path, headers={"accept": "text/html"})
        link = re.search('<link rel="canonical" href="([^"]+)"', page.text)
        assert link
        assert f"{str(server.base_url).rstrip('/')}{link[1]}" in listed


def test_last_change_is_the_moment_of_the_release(server: httpx2.Client, listed: dict[str, str | None]) -> None:
    releases = server.get("/dumps", headers={"accept": "application/json"}).json()["releases"]
    moments = {one["modified"] for one in releases}
    told = {changed for changed in listed.values() if changed}
    assert told == moments
    of_data = [address for address in listed if re.search("/doc/(maatregel|instrument|vindplaats|graaf)/", address)]
    unknown = [address for address in of_data if not listed[address] and "graaf/metadata" not in address]
    assert len(of_data) > 2000
    assert unknown == []


def test_sitemap_is_sent_packed_and_again_when_it_changed(server: httpx2.Client) -> None:
    plain = server.get("/sitemap.xml", headers={"accept-encoding": "identity"})
    assert plain.headers["content-type"] == "application/xml"
    assert "accept-encoding" in plain.headers["vary"].lower()
    packed = server.get("/sitemap.xml", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    again = server.get("/sitemap.xml", headers={"if-none-match": plain.headers["etag"]})
    assert again.status_code == 304


def test_large_sitemap_is_an_index_of_parts() -> None:
    found = [(f"{ADDRESS}doc/a&b/{number}", MOMENTS[0]) for number in range(10)]
    files = sitemap.documents(found, ADDRESS, most=4)
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    index = [node.findtext(f"{SPACE}loc") for node in ElementTree.fromstring(files["sitemap.xml"])]
    assert index == [f"{ADDRESS}sitemap-{number}.xml" for number in (1, 2, 3)]
    parts = [entries(files[f"sitemap-{number}.xml"]) for number in (1, 2, 3)]
    assert [len(part) for part in parts] == [4, 4, 2]
    assert {address for part in parts for address in part} == {address for address, _ in found}
    assert set(parts[0].values()) == {"2027-01-01T00:00:00Z"}


def test_parts_keep_to_the_size() -> None:
    found = [(f"{ADDRESS}doc/{number:04}", None) for number in range(100)]
    files = sitemap.documents(found, ADDRESS, largest=1000)
    assert max(len(body) for name, body in files.items() if name != "sitemap.xml") <= 1000
    assert sum(len(entries(body)) for name, body in files.items() if name != "sitemap.xml") == 100
    assert list(sitemap.documents(found, ADDRESS)) == ["sitemap.xml"]


def test_part_that_is_not_there_is_not_found(server: httpx2.Client) -> None:
    for number in ("1", "9" * 300, "0", "%2E"):
        assert server.get(f"/sitemap-{number}.xml").status_code == 404, number


def test_things_that_were_withdrawn_or_renamed_are_left_out() -> None:
    kind = NamedNode(f"{PREFIXES['vesoc']}Measure")
    store = Store()
    for name in ("stands", "deprecated", "renamed", "withdrawn"):
        node = NamedNode(f"{BASE}id/maatregel/{name}")
        if name in ("stands", "deprecated"):
            store.add(Quad(node, term("rdf:type"), kind))
        if name != "stands":
            store.add(next(quads(f"<{node.value}> <{PREFIXES['owl']}deprecated> true .")))
    renamed, stands = (NamedNode(f"{BASE}id/maatregel/{name}") for name in ("renamed", "stands"))
    store.add(Quad(renamed, term("dcterms:isReplacedBy"), stands))
    store.add(Quad(NamedNode(f"{stands.value}#part"), term("rdf:type"), kind))
    assert sitemap.things(store, BASE) == [f"{BASE}id/maatregel/{name}" for name in ("deprecated", "stands")]


# --- the last change of a thing ---------------------------------------------------------------------------------------


def quads(text: str) -> Iterator[Quad]:
    yield from parse(text, format=RdfFormat.TRIG)


def archive(folder: Path, *texts: str) -> Archive:
    """Releases of these contents, one a moment."""
    for number, text in enumerate(texts):
        place = folder / f"{number}.0.0"
        place.mkdir(parents=True)
        lines = "".join(f"{quad} .\n" for quad in quads(f"PREFIX e: <http://e.example/> {text}"))
        (place / QUADS).write_bytes(gzip.compress(lines.encode()))
        made = Release(place, place.name, MOMENTS[number], "", 0, ())
        (place / MANIFEST).write_text(json.dumps(made.document()), encoding="utf-8")
    return Archive([folder])


def test_thing_was_changed_last_when_its_statements_were(tmp_path: Path) -> None:
    first = "GRAPH e:g { e:same e:p 1 . e:other e:p 1 . e:whole e:p 1 . e:whole#part e:p 1 . e:gone e:p 1 }"
    second = "GRAPH e:g { e:same e:p 1 . e:other e:p 2 . e:whole e:p 1 . e:whole#part e:p 1 }"
    third = "GRAPH e:g { e:same e:p 1 . e:other e:p 2 . e:whole e:p 1 . e:whole#part e:p 9 } GRAPH e:h { e:new e:p 1 }"
    texts = [text.replace("e:whole#part", "<http://e.example/whole#part>") for text in (first, second, third)]
    told = changes.last(archive(tmp_path, *texts))
    named = {iri.removeprefix("http://e.example/"): MOMENTS.index(moment) for iri, moment in told.items()}
    assert named == {"same": 0, "other": 1, "whole": 2, "new": 2, "gone": 0, "g": 2, "h": 2}


def test_thing_that_came_back_was_changed_then(tmp_path: Path) -> None:
    there, gone = "GRAPH e:g { e:a e:p 1 . e:b e:p 1 }", "GRAPH e:g { e:b e:p 1 }"
    told = changes.last(archive(tmp_path, there, gone, there))
    assert MOMENTS.index(told["http://e.example/a"]) == 2
    assert MOMENTS.index(told["http://e.example/b"]) == 0


def test_without_releases_nothing_was_changed(tmp_path: Path) -> None:
    assert changes.last(Archive([tmp_path])) == {}


# --- robots -----------------------------------------------------------------------------------------------------------


def allowed(rules: str, place: str) -> bool:
    """Whether the rules for all robots let them fetch a path with its query, as RFC 9309 reads `*`."""
    closed = re.findall(r"^Disallow: (\S+)$", rules, re.MULTILINE)
    patterns = [re.escape(path).replace(r"\*", ".*") for path in closed]
    return not any(re.match(pattern, place) for pattern in patterns)


def test_robots_may_fetch_what_is_for_reading(ready: httpx2.Client) -> None:
    response = ready.get("/robots.txt")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert "User-agent: *" in response.text.splitlines()
    address = f"{str(ready.base_url).rstrip('/')}/"
    assert f"Sitemap: {address}sitemap.xml" in response.text.splitlines()
    shown = entries(ready.get("/sitemap.xml").content)
    assert [one for one in shown if not allowed(response.text, f"/{one.removeprefix(address)}")] == []
    assert [one for one in CLOSED if allowed(response.text, f"/{one}")] == []
    assert allowed(response.text, "/catalog.ttl")
    assert allowed(response.text, f"/dumps/{__version__}/vesoc.nq.gz")
    assert "x-robots-tag" not in response.headers


def test_robots_may_fetch_nothing_while_a_setting_is_missing(server: httpx2.Client) -> None:
    rules = server.get("/robots.txt").text
    assert [one for one in ("", "doc/akkoord/iab", "catalog.ttl") if allowed(rules, f"/{one}")] == []
    assert f"Sitemap: {str(server.base_url).rstrip('/')}/sitemap.xml" in rules


@pytest.mark.parametrize("name", ["public_url", "publisher", "publisher_name", "contact"])
def test_each_setting_opens_the_rules(name: str) -> None:
    told = {one: getattr(READY, one) for one in ("public_url", "publisher", "publisher_name", "contact")}
    assert allowed(notices.robots(Settings(**told)), "/doc/akkoord/iab")
    assert not allowed(notices.robots(Settings(**{**told, name: None})), "/doc/akkoord/iab")


def test_rules_have_the_path_of_the_public_address() -> None:
    told = {one: getattr(READY, one) for one in ("publisher", "publisher_name", "contact")}
    rules = notices.robots(Settings(public_url="https://e.example/kg", **told))
    assert not allowed(rules, "/kg/sparql?query=x")
    assert allowed(rules, "/kg/doc/akkoord/iab")
    assert "Sitemap: https://e.example/kg/sitemap.xml" in rules


# --- security ---------------------------------------------------------------------------------------------------------


def test_security_notice_has_what_the_standard_wants(ready: httpx2.Client) -> None:
    response = ready.get("/.well-known/security.txt")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert fields["Contact"] == f"mailto:{READY.contact}"
    assert fields["Preferred-Languages"] == "nl, en"
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365)
    assert set(fields) == {"Contact", "Preferred-Languages", "Expires"}


def test_security_notice_moves_with_the_day() -> None:
    notice = notices.security(READY, date(2027, 12, 31))
    assert "Expires: 2028-06-28T00:00:00Z" in notice.splitlines()


def test_security_notice_names_its_place_where_that_is_safe() -> None:
    place = f"Canonical: {ADDRESS}.well-known/security.txt"
    assert place in notices.security(READY, date(2027, 1, 1)).splitlines()
    assert "Canonical" not in notices.security(Settings(contact="a@b.example"), date(2027, 1, 1))


def test_security_notice_without_contact_is_not_found(server: httpx2.Client) -> None:
    response = server.get("/.well-known/security.txt")
    assert response.status_code == 404
    assert "VESOC_CONTACT" in response.json()["detail"]


# --- the interfaces ---------------------------------------------------------------------------------------------------


def targets(contexts: list[dict[str, Any]]) -> list[str]:
    own = [one["anchor"] for one in contexts]
    return own + [
        link["href"] for one in contexts for links in one.values() if isinstance(links, list) for link in links
    ]


def test_interfaces_are_listed_and_described(server: httpx2.Client) -> None:
    response = server.get("/.well-known/api-catalog")
    assert response.headers["content-type"].startswith("application/linkset+json")
    assert 'profile="https://www.rfc-editor.org/info/rfc9727"' in response.headers["content-type"]
    first, *described = response.json()["linkset"]
    assert first["anchor"] == f"{str(server.base_url).rstrip('/')}/.well-known/api-catalog"
    assert [link["href"] for link in first["item"]] == [one["anchor"] for one in described]
    assert {urlsplit(one["anchor"]).path for one in described} == {"/sparql", "/search", "/catalog", "/dumps", "/ldes"}
    assert all("service-desc" in one or "service-meta" in one for one in described)


def test_every_address_of_the_interfaces_answers_with_its_type(server: httpx2.Client) -> None:
    contexts = server.get("/.well-known/api-catalog").json()["linkset"]
    typed = [link for one in contexts for links in one.values() if isinstance(links, list) for link in links]
    for link in [link for link in typed if "type" in link]:
        response = server.get(link["href"], headers={"accept": link["type"]})
        assert response.status_code == 200, link
        assert response.headers["content-type"].split(";")[0] == link["type"], link
    for address in {one for one in targets(contexts) if one.startswith(str(server.base_url))}:
        assert server.head(address).status_code == 200, address


def test_interfaces_by_head_have_the_link(server: httpx2.Client) -> None:
    head = server.head("/.well-known/api-catalog")
    assert (head.status_code, head.content) == (200, b"")
    assert 'rel="api-catalog"' in head.headers["link"]
    again = server.get("/.well-known/api-catalog", headers={"if-none-match": head.headers["etag"]})
    assert again.status_code == 304


def test_first_page_leads_to_what_describes_the_server(server: httpx2.Client) -> None:
    field = server.get("/", headers={"accept": "text/html"}).headers["link"]
    links = {relation: address for address, relation in re.findall('<([^>]+)>; rel="([^"]+)"', field)}
    assert links["api-catalog"] == "/.well-known/api-catalog"
    for address, relation, media_type in re.findall('<([^>]+)>; rel="([^"]+)"; type="([^"]+)"', field):
        response = server.get(address, headers={"accept": media_type})
        assert (response.status_code, response.headers["content-type"].split(";")[0]) == (200, media_type), relation
    assert {"/.well-known/void", "/catalog.ttl"} <= set(re.findall('<([^>]+)>; rel="describedby"', field))


def test_data_of_others_has_no_sitemap_and_fewer_interfaces(tmp_path: Path) -> None:
    file = tmp_path / "given.ttl"
    file.write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    with running("--data", str(file), "--no-validate") as client:
        assert client.get("/sitemap.xml").status_code == 404
        rules = client.get("/robots.txt").text
        assert rules.startswith("User-agent: *\n")
        assert "Sitemap" not in rules
        contexts = client.get("/.well-known/api-catalog").json()["linkset"]
        assert {urlsplit(link["href"]).path for link in contexts[0]["item"]} == {"/sparql", "/search", "/dumps"}
        field = client.get("/", headers={"accept": "text/html"}).headers["link"]
        for address in [one for one in targets(contexts) if one.startswith(str(client.base_url))]:
            assert client.head(address).status_code == 200, address
        for address in re.findall("<([^>]+)>", field):
            assert client.head(address).status_code == 200, address


# --- schema.org -------------------------------------------------------------------------------------------------------

DATASETS = ("vesoc", "ahad", "iab", "inim", "tabellen", "ldes")
REQUIRED = ("name", "description")
RECOMMENDED = (
    *("alternateName", "creator", "citation", "funder", "hasPart", "isPartOf", "identifier", "isAccessibleForFree"),
    *("keywords", "license", "measurementTechnique", "sameAs", "spatialCoverage", "temporalCoverage"),
    *("variableMeasured", "version", "url", "includedInDataCatalog", "distribution"),
)


def described(client: httpx2.Client, path: str) -> list[dict[str, Any]]:
    """The entries of a page for search engines, as a program that looks for them finds them."""
    response = client.get(path, headers={"accept": "text/html"})
    found: list[dict[str, Any]] = extruct.extract(response.text, str(response.url), syntaxes=["json-ld"])["json-ld"]
    return found


def texts(value: Any) -> list[str]:
    """The texts of a property that has one value or several, with languages or without."""
    values = value if isinstance(value, list) else [value]
    return [one["@value"] if isinstance(one, dict) else one for one in values]


@pytest.mark.parametrize("name", DATASETS)
def test_dataset_is_found_with_what_search_engines_ask(server: httpx2.Client, name: str) -> None:
    [found] = described(server, f"/doc/dataset/{name}")
    assert found["@type"] == ["Dataset"]
    assert found["@context"] == {"@vocab": "https://schema.org/"}
    assert all(found[wanted] for wanted in REQUIRED)
    assert all(50 <= len(text) <= 5000 for text in texts(found["description"]))
    told = [wanted for wanted in RECOMMENDED if found.get(wanted)]
    assert len(told) >= 12, told
    assert found["identifier"] == f"{BASE}id/dataset/{name}"
    assert found["url"] == f"{str(server.base_url).rstrip('/')}/doc/dataset/{name}"
    assert found["isAccessibleForFree"] is True
    assert re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", found["temporalCoverage"][0])
    [place] = found["spatialCoverage"]
    assert (place["geo"]["box"], set(texts(place["name"]))) == ("50.67 2.54 51.51 5.92", {"Flanders", "Vlaanderen"})


@pytest.mark.parametrize("name", DATASETS)
def test_every_file_of_a_dataset_is_there_and_of_its_type(server: httpx2.Client, name: str) -> None:
    [found] = described(server, f"/doc/dataset/{name}")
    assert len(found["distribution"]) >= 4
    for one in found["distribution"]:
        response = server.head(one["contentUrl"])
        assert response.status_code == 200, one
        assert response.headers["content-type"].split(";")[0] == one["encodingFormat"][-1], one
    [catalogue] = found["includedInDataCatalog"]
    assert server.head(catalogue["url"]).status_code == 200
    assert server.head(found["url"]).status_code == 200


@pytest.mark.parametrize(
    ("name", "files"),
    [("iab", {"ttl", "nt", "jsonld", "rdf"}), ("actoren", set()), ("tabellen", {"agreements", "links"})],
)
def test_files_that_a_release_has_not_are_not_named(name: str, files: set[str]) -> None:
    """A release has files of the graphs of agreements alone, and tables of the classes that there are."""
    store, dataset = Store(), NamedNode(f"{BASE}id/dataset/{name}")
    said = [
        Triple(NamedNode(f"{BASE}id/akkoord/iab"), term("rdf:type"), term("vesoc:Agreement")),
        Triple(dataset, term("dcat:version"), Literal("1.0.0")),
        *(
            Triple(NamedNode(f"{BASE}id/dataset/vesoc"), term("void:subset"), NamedNode(f"{BASE}id/graaf/{slug}"))
            for slug in ("iab", "actoren")
        ),
    ]
    store.extend(Quad(*triple) for triple in said)
    found = Datasets(store, Settings()).entry(dataset.value)["distribution"]
    names = [one["contentUrl"].rpartition("/")[2].removesuffix(".gz") for one in found]
    assert {one.removesuffix(".csv").removeprefix(f"{name}.") for one in names} == files


def test_whole_and_parts_name_each_other(server: httpx2.Client) -> None:
    [whole] = described(server, "/doc/dataset/vesoc")
    assert {one["@id"].rpartition("/")[2] for one in whole["hasPart"]} == {"ahad", "iab", "inim"}
    for one in whole["hasPart"]:
        [part] = described(server, f"/doc/dataset/{one['@id'].rpartition('/')[2]}")
        assert [each["@id"] for each in part["isPartOf"]] == [whole["@id"]]
        assert len(part["citation"]) == 1
    assert len(whole["citation"]) == 3


def test_publisher_is_the_one_that_is_set(ready: httpx2.Client, server: httpx2.Client) -> None:
    [found] = described(ready, "/doc/dataset/iab")
    assert [(one["@id"], one["name"]) for one in found["publisher"]] == [(READY.publisher, READY.publisher_name)]
    assert found["url"] == f"{str(ready.base_url).rstrip('/')}/doc/dataset/iab"
    [other] = described(server, "/doc/dataset/iab")
    assert [one["@id"] for one in other["publisher"]] == [f"{BASE}id/organisatie/redactie"]


def test_first_page_describes_the_whole(server: httpx2.Client) -> None:
    [found] = described(server, "/")
    assert found["@id"] == f"{BASE}id/dataset/vesoc"


def test_dataset_says_the_same_as_rdf(server: httpx2.Client) -> None:
    lines = server.get("/doc/dataset/vesoc.nt?_profile=schema").text.splitlines()
    assert lines == server.get("/doc/dataset/vesoc.nt?_profile=schema").text.splitlines()
    assert not [line for line in lines if "_:" in line]
    assert any("<https://schema.org/isAccessibleForFree>" in line for line in lines)
