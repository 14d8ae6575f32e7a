"""Which endpoints a query would ask is read from its text, and nothing that hides SERVICE from us is asked."""

from __future__ import annotations

import pytest

from vesoc.errors import Problem
from vesoc.federation import require_allowed, service_targets

ELSEWHERE = "https://elsewhere.example/sparql"
CALL = f"SERVICE <{ELSEWHERE}> {{ ?s ?p ?o }}"


def targets(query: str) -> list[str | None]:
    return list(service_targets(query))


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ {CALL} }}",
        f"SELECT * {{ service <{ELSEWHERE}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SerVice<{ELSEWHERE}>{{?s ?p ?o}} }}",
        f"SELECT * {{ SERVICE SILENT <{ELSEWHERE}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ service silent <{ELSEWHERE}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE # a remark\n <{ELSEWHERE}> {{ ?s ?p ?o }} }}",
        f"ASK {{ FILTER EXISTS {{ {CALL} }} }}",
        f"SELECT * {{ {{ SELECT * {{ OPTIONAL {{ GRAPH ?g {{ {CALL} }} }} }} }} }}",
        f"SELECT * {{ ?s ?p 'it\\'s' . {CALL} }}",
        f'SELECT * {{ ?s ?p """say "SERVICE" """ . {CALL} }}',
        f"SELECT * {{ ?s ?p 'a'@nl . {CALL} }} # '",
        f"PREFIX ex: <http://e.example/#> SELECT * {{ ?s ex:p ?o . {CALL} }}",
        f"SELECT * {{ ?s ?p ?o FILTER(?o < 3) {CALL} }}",
    ],
)
def test_target_is_found(query: str) -> None:
    assert targets(query) == [ELSEWHERE]


def test_each_target_is_found() -> None:
    assert targets(f"SELECT * {{ {CALL} SERVICE <http://b.example/> {{ SERVICE <urn:c> {{}} }} }}") == [
        ELSEWHERE,
        "http://b.example/",
        "urn:c",
    ]


@pytest.mark.parametrize("target", ["?where", "$where", "ex:there", ":there", "ex:"])
@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_target_that_is_no_iri_is_unknown(target: str, silent: str) -> None:
    assert targets(f"PREFIX ex: <http://e.example/> SELECT * {{ SERVICE {silent}{target} {{ ?s ?p ?o }} }}") == [None]


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ ?s ?p '{CALL}' }}",
        f'SELECT * {{ ?s ?p "{CALL}" }}',
        f"SELECT * {{ ?s ?p '''a 'b'\n{CALL}''' }}",
        f'SELECT * {{ ?s ?p """a "b" ""\n{CALL}""" }}',
        f'SELECT * {{ ?s ?p "a\\"{CALL}" }}',
        f"SELECT * {{ ?s ?p ?o }} # {CALL}",
        f"# {CALL}\nSELECT * {{ ?s ?p ?o }}",
        "SELECT * { ?s <http://e.example/SERVICE> <SERVICE> }",
        "SELECT * { ?service ?p $SERVICE }",
        "PREFIX ex: <http://e.example/> SELECT * { ?s ex:service ex:a.service , ex:a-service }",
        "PREFIX service: <http://e.example/> SELECT * { ?s service:a service: }",
        "PREFIX : <http://e.example/> SELECT * { ?s :service _:service }",
        "SELECT * { ?s ?p ?services , ?my_service }",
    ],
)
def test_word_elsewhere_is_no_target(query: str) -> None:
    assert targets(query) == []


@pytest.mark.parametrize(
    "query",
    [
        f"PREFIX e: <http://e.example/> SELECT * {{ OPTIONAL {{ ?s e:a\\' ?o }} {CALL} FILTER(?o != '') }}",
        f"PREFIX e: <http://e.example/> SELECT * {{ OPTIONAL {{ ?s e:a\\# ?o }} {CALL} }}",
        f"SELECT * {{ BIND(1 AS ?a) FILTER(?a<'>' || EXISTS {{ {CALL} }} || ?a = '') }}",
    ],
    ids=["escaped quote in a name", "escaped hash in a name", "quote after less-than"],
)
def test_nothing_hides_a_target(query: str) -> None:
    # In each of these our reading of quotes and comments must not differ from the engine's.
    assert targets(query) != []


@pytest.mark.parametrize("query", ["SERVICE", "SELECT * { SERVICE", "SELECT * { SERVICE SILENT", "SERVICE SERVICE"])
def test_query_that_breaks_off_is_refused(query: str) -> None:
    with pytest.raises(Problem):
        require_allowed(query, {"elsewhere.example"})


def test_no_host_is_allowed_by_default() -> None:
    with pytest.raises(Problem) as caught:
        require_allowed(f"SELECT * {{ {CALL} }}", [])
    assert caught.value.status == 403


@pytest.mark.parametrize(
    "target", [ELSEWHERE, "http://elsewhere.example", "https://elsewhere.example:8443/", "https://ELSEWHERE.example/x"]
)
def test_listed_host_may_be_asked(target: str) -> None:
    require_allowed(f"SELECT * {{ SERVICE <{target}> {{ ?s ?p ?o }} }}", ["elsewhere.example"])


@pytest.mark.parametrize(
    "target",
    [
        "<https://other.example/>",
        "<https://sub.elsewhere.example/>",
        "<https://elsewhere.example.evil.example/>",
        "<https://elsewhere.example@evil.example/>",
        "<https://evil.example/?elsewhere.example>",
        "<elsewhere.example>",
        "?endpoint",
        "ex:endpoint",
    ],
)
def test_no_other_host_may_be_asked(target: str) -> None:
    query = f"PREFIX ex: <https://elsewhere.example/> SELECT * {{ {CALL} SERVICE {target} {{ ?s ?p ?o }} }}"
    with pytest.raises(Problem) as caught:
        require_allowed(query, ["elsewhere.example"])
    assert caught.value.status == 403


@pytest.mark.parametrize("target", ["<http://[/>", "<https://elsewhere.example:port/>"])
def test_broken_address_is_refused_as_such(target: str) -> None:
    with pytest.raises(Problem):
        require_allowed(f"SELECT * {{ SERVICE {target} {{ ?s ?p ?o }} }}", [])


def test_query_without_service_passes() -> None:
    require_allowed("SELECT * { ?s ?p ?o }", [])


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICEx:target { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE: { ?s ?p ?o } }",
        "SELECT * { SERVICESILENT<http://127.0.0.1:9/>{ ?s ?p ?o } }",
        "SELECT * { ?a ?b 1SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_keyword_grown_together_is_refused_where_a_host_is_allowed(query: str) -> None:
    with pytest.raises(Problem):
        require_allowed(query, ["elsewhere.example"])


def test_service_as_a_name_is_fine_where_the_kernel_guards() -> None:
    require_allowed("PREFIX service: <http://e.example/> SELECT * { ?s service:a ?o }", [])
