"""Settings: one table, read once from the environment, with a cast and a default for each."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from vesoc import settings
from vesoc.errors import VesocError
from vesoc.settings import Settings

GIVEN = {
    "root": ("folder", Path("folder")),
    "base": ("https://example.org/", "https://example.org/"),
    "public_url": ("https://example.org/kg/", "https://example.org/kg/"),
    "host": ("0.0.0.0", "0.0.0.0"),
    "port": ("8080", 8080),
    "releases": ("kept", Path("kept")),
    "store": ("builds", Path("builds")),
    "publisher": ("https://example.org/us", "https://example.org/us"),
    "publisher_name": ("Us", "Us"),
    "publisher_type": ("Company", "Company"),
    "contact": ("us@example.org", "us@example.org"),
    "sources": ("texts", Path("texts")),
    "shown_sources": ("ahad, Inim", ("ahad", "inim")),
    "query_timeout": ("2.5", 2.5),
    "query_places": ("4", 4),
    "query_queue": ("0", 0),
    "query_memory": ("512", 512),
    "service_hosts": (" a.example , b.example,", ("a.example", "b.example")),
    "query_memory_total": ("1024", 1024),
    "query_keep": ("0", 0.0),
    "answer_timeout": ("60", 60.0),
    "cache_size": ("0", 0),
    "max_age": ("60", 60),
    "body_limit": ("1000", 1000),
    "body_timeout": ("5", 5.0),
    "header_limit": ("9000", 9000),
    "header_timeout": ("3", 3.0),
    "connections": ("10", 10),
    "processes": ("2", 2),
    "stop_timeout": ("30", 30),
    "stop_delay": ("0.5", 0.5),
    "trusted_proxies": ("10.0.0.0/8, 2001:DB8::/32", ("10.0.0.0/8", "2001:db8::/32")),
    "rate_limit": ("600/minute", "600/minute"),
    "access_user": ("us", "us"),
    "access_password": ("Secret: 1", "Secret: 1"),
    "access_token": ("t0ken", "t0ken"),
    "metrics": ("loopback, 10.0.0.0/8", ("loopback", "10.0.0.0/8")),
    "slow_query": ("0.5", 0.5),
    "log_addresses": ("full", "full"),
    "log_queries": ("none", "none"),
    "log_file": ("vesoc.log", Path("vesoc.log")),
    "log_days": ("30", 30),
    "sparql_url": ("https://engine.example/sparql", "https://engine.example/sparql"),
    "sparql_update": ("https://engine.example/update", "https://engine.example/update"),
    "sparql_graphs": ("https://engine.example/graphs", "https://engine.example/graphs"),
    "sparql_user": ("vesoc", "vesoc"),
    "sparql_password": ("Secret: 2", "Secret: 2"),
    "sparql_token": ("t0ken2", "t0ken2"),
    "sparql_held": ("0", 0),
    "url_limit": ("2000", 2000),
}
TOGETHER = {
    "access_user": {"VESOC_ACCESS_PASSWORD": "x"},
    "access_password": {"VESOC_ACCESS_USER": "somebody"},
    "sparql_password": {"VESOC_SPARQL_USER": "somebody"},
}


def variable(name: str) -> str:
    return f"VESOC_{name.upper()}"


def test_nothing_set_gives_the_defaults() -> None:
    assert settings.read({}) == Settings()


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_value_is_read_and_cast(name: str) -> None:
    text, value = GIVEN[name]
    assert getattr(settings.read({**TOGETHER.get(name, {}), variable(name): text}), name) == value


def test_every_setting_is_tried_here() -> None:
    assert {field.name for field in fields(Settings)} == set(GIVEN)


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_empty_value_is_the_default(name: str) -> None:
    assert settings.read({variable(name): "  "}) == Settings()


def test_white_space_around_a_value_is_left_out() -> None:
    assert settings.read({"VESOC_PORT": " 8080\n"}).port == 8080


def test_other_variables_are_left_alone() -> None:
    assert settings.read({"PORT": "1", "VESOC_NOTHING": "1"}) == Settings()


def test_name_that_is_nearly_a_setting_is_found() -> None:
    given = {
        "VESOC_QUERY_TIMOUT": "1",
        "VESOC_ACCES_TOKEN": "x",
        "VESOC_PORT": "1",
        "VESOC_WRITE_PAGES": "1",
        "PORTS": "1",
    }
    assert settings.misspelt(given) == {
        "VESOC_ACCES_TOKEN": "VESOC_ACCESS_TOKEN",
        "VESOC_QUERY_TIMOUT": "VESOC_QUERY_TIMEOUT",
    }


def test_no_setting_is_nearly_another() -> None:
    assert settings.misspelt({name: "1" for name, _, _ in Settings().table()}) == {}


def test_process_environment_is_read_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VESOC_PORT", "8123")
    assert settings.read().port == 8123


@pytest.mark.parametrize("name", ["port", "query_places", "query_queue", "query_memory", "body_limit", "url_limit"])
def test_bad_whole_number_is_named(name: str) -> None:
    with pytest.raises(VesocError, match=rf"^{variable(name)}='1\.5' is not a whole number; set it to one or leave"):
        settings.read({variable(name): "1.5"})


def test_bad_number_is_named() -> None:
    with pytest.raises(VesocError, match=r"^VESOC_QUERY_TIMEOUT='soon' is not a number; set it to one or leave"):
        settings.read({"VESOC_QUERY_TIMEOUT": "soon"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "-1"),
        ("port", "65536"),
        ("query_timeout", "0"),
        ("query_timeout", "-1"),
        ("query_timeout", "nan"),
        ("query_places", "0"),
        ("query_places", "-1"),
        ("query_queue", "-1"),
        ("query_memory", "0"),
        ("query_keep", "-1"),
        ("query_keep", "inf"),
        ("body_limit", "0"),
        ("body_limit", "-1"),
        ("url_limit", "0"),
    ],
)
def test_number_that_no_server_can_run_with_is_named(name: str, value: str) -> None:
    with pytest.raises(VesocError, match=variable(name)):
        settings.read({variable(name): value})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"SPARQL_PASSWORD": "x"}, "VESOC_SPARQL_PASSWORD goes with VESOC_SPARQL_USER"),
        ({"SPARQL_USER": "us", "SPARQL_TOKEN": "x"}, "VESOC_SPARQL_TOKEN stands for user and password"),
        (
            {"SERVICE_HOSTS": "a.example,http://b.example/"},
            "VESOC_SERVICE_HOSTS: 'http://b.example/' is no name of a host",
        ),
        ({"SERVICE_HOSTS": "b.example/sparql"}, "VESOC_SERVICE_HOSTS: 'b.example/sparql' is no name of a host"),
    ],
)
def test_what_cannot_be_meant_is_told(given: dict[str, str], told: str) -> None:
    with pytest.raises(VesocError, match=re.escape(told)):
        settings.read({f"VESOC_{name}": value for name, value in given.items()})


@pytest.mark.parametrize("host", ["query.example", "2001:db8::1", "192.0.2.1"])
def test_host_may_be_asked(host: str) -> None:
    assert settings.read({"VESOC_SERVICE_HOSTS": host}).service_hosts == (host,)


def test_table_has_a_row_for_each_setting() -> None:
    table = Settings().table()
    assert [name for name, _, _ in table] == [variable(field.name) for field in fields(Settings)]
    assert all(meaning for _, _, meaning in table)


def test_table_shows_the_values_in_force() -> None:
    chosen = Settings(port=8080, service_hosts=("a.example", "b.example"))
    values = {name: value for name, value, _ in chosen.table()}
    assert values["VESOC_PORT"] == "8080"
    assert values["VESOC_SERVICE_HOSTS"] == "a.example,b.example"
    assert values["VESOC_ROOT"] == ""


def test_table_can_be_read_back() -> None:
    shown = {field.name for field in fields(Settings) if not field.metadata["secret"]} - {"access_user"}
    chosen = settings.read({variable(name): text for name, (text, _) in GIVEN.items() if name in shown})
    assert settings.read({name: value for name, value, _ in chosen.table()}) == chosen


@pytest.mark.parametrize("apart", [{"sparql_token"}, {"sparql_user", "sparql_password"}])
def test_table_shows_no_secret(apart: set[str]) -> None:
    given = {name: text for name, (text, _) in GIVEN.items() if name not in apart}
    chosen = settings.read({variable(name): text for name, text in given.items()})
    secret = {field.name for field in fields(Settings) if field.metadata["secret"]}
    names = {variable(name) for name in secret}
    assert {value for name, value, _ in chosen.table() if value and name in names} == {"***"}
    assert not [name for name in secret & {*given} if given[name] in repr(chosen)]


@pytest.mark.parametrize(
    ("chosen", "address"),
    [
        (Settings(), "http://127.0.0.1:8000/"),
        (Settings(host="0.0.0.0", port=80), "http://localhost:80/"),
        (Settings(host="::1", port=80), "http://[::1]:80/"),
        (Settings(public_url="https://example.org/kg/"), "https://example.org/kg/"),
        (Settings(public_url="https://example.org/kg"), "https://example.org/kg/"),
    ],
)
def test_address_ends_in_a_slash(chosen: Settings, address: str) -> None:
    assert chosen.address == address


def test_options_go_before_the_environment() -> None:
    chosen = settings.read({"VESOC_PORT": "8080", "VESOC_HOST": "a"}).with_values(port=0, host=None)
    assert (chosen.port, chosen.host) == (0, "a")


def test_settings_do_not_change() -> None:
    chosen = Settings()
    with pytest.raises(FrozenInstanceError):
        chosen.port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("metrics", "loopback,here", "METRICS: 'here'"),
        ("metrics", "10.0.0.1/8", "METRICS: 10.0.0.1/8 has host bits set"),
        ("metrics", "none,loopback", "METRICS: none stands alone"),
        ("log_addresses", "some", "LOG_ADDRESSES='some' is none of none, short, full"),
        ("log_queries", "all", "LOG_QUERIES='all' is none of none, hash, text"),
        ("log_days", "0", "LOG_DAYS=0 is too small"),
        ("slow_query", "-1", "SLOW_QUERY=-1.0 is too small"),
    ],
)
def test_setting_of_operation_that_cannot_be_is_told(name: str, value: str, told: str) -> None:
    with pytest.raises(VesocError, match=f"VESOC_{re.escape(told)}"):
        settings.read({variable(name): value})
