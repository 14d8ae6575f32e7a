"""Everything that a deployment can set: one table, read once from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from vesoc.errors import VesocError
from vesoc.names import BASE

PREFIX = "VESOC_"
# The publisher types of ADMS 1.0, by the ends of their IRIs.
PUBLISHER_TYPES = (
    "Academia-ScientificOrganisation",
    "Company",
    "IndustryConsortium",
    "LocalAuthority",
    "NationalAuthority",
    "NonGovernmentalOrganisation",
    "NonProfitOrganisation",
    "PrivateIndividual(s)",
    "RegionalAuthority",
    "StandardisationBody",
    "SupraNationalAuthority",
)


def _setting(default: Any, meaning: str, least: float | None = None, most: float | None = None) -> Any:
    return field(default=default, metadata={"meaning": meaning, "least": least, "most": most, "secret": False})


def _secret(meaning: str) -> Any:
    """A setting that nobody is shown."""
    metadata = {"meaning": meaning, "least": None, "most": None, "secret": True}
    return field(default=None, repr=False, metadata=metadata)


@dataclass(frozen=True)
class Settings:
    """The settings of one server or command; each is read from `VESOC_` and its name in capitals."""

    root: Path | None = _setting(None, "folder that holds ontology/, data/ttl/, shapes/ and queries/; found by itself")
    base: str = _setting(BASE, "base of the IRIs that name things; a constant of the data")
    public_url: str | None = _setting(None, "address where this server is reached; http://HOST:PORT/ by default")
    host: str = _setting("127.0.0.1", "address that the server listens on")
    port: int = _setting(8000, "port that the server listens on; 0 takes a free one", least=0, most=65535)
    store: Path | None = _setting(None, "folder of builds on disk, whose current one is served; files by default")
    releases: Path | None = _setting(None, "folder with the releases of the data; those made at the start by default")
    publisher: str | None = _setting(None, "IRI of the organisation that publishes the data on this server")
    publisher_name: str | None = _setting(None, "its name")
    publisher_type: str = _setting("NonGovernmentalOrganisation", "its kind, as the publisher types of ADMS name it")
    contact: str | None = _setting(None, "e-mail address for questions about the data, corrections and removals")
    sources: Path | None = _setting(None, "folder with the source texts, for coverage, evidence and pages")
    shown_sources: tuple[str, ...] = _setting(("iab", "ahad", "inim"), "texts that pages may show, parted by commas")
    query_timeout: float = _setting(30.0, "seconds that one query may take", least=0.001, most=86400)
    query_places: int = _setting(24, "slow queries that may run at the same time", least=1)
    query_queue: int = _setting(64, "queries that may wait for a worker or a slow place; the next is told 503", least=0)
    query_memory: int = _setting(2048, "MiB of memory that one query may take", least=1)
    query_memory_total: int = _setting(4096, "MiB that all queries together may take; the largest is stopped", least=1)
    query_keep: float = _setting(60.0, "seconds that a worker is kept after a slow query; 0: none", least=0, most=86400)
    answer_timeout: float = _setting(600.0, "seconds that the transfer of one answer may take", least=0.1, most=86400)
    cache_size: int = _setting(64, "MiB of answers that are kept for those who ask the same; 0 keeps none", least=0)
    max_age: int = _setting(300, "seconds that clients and proxies may keep an answer unasked", least=0)
    service_hosts: tuple[str, ...] = _setting((), "hosts, parted by commas, that SERVICE may ask; none by default")
    body_limit: int = _setting(16 * 1024 * 1024, "bytes that a request body may have", least=1)
    body_timeout: float = _setting(30.0, "seconds that a request body may take to arrive", least=0.1, most=86400)
    url_limit: int = _setting(16 * 1024, "bytes that a request address may have", least=1)
    header_limit: int = _setting(64 * 1024, "bytes that the header of a request may have", least=1024)
    header_timeout: float = _setting(20.0, "seconds that the header of a request may take", least=0.1, most=86400)
    connections: int = _setting(1000, "connections that may be open at the same time", least=1)
    processes: int = _setting(1, "web processes, each with an engine of its own", least=1, most=256)
    stop_timeout: int = _setting(5, "seconds that requests under way may take when the server stops", least=0)
    stop_delay: float = _setting(0.0, "seconds before, in which it answers but says that it is not ready", least=0)
    trusted_proxies: tuple[str, ...] = _setting((), "networks whose X-Forwarded-For is believed, parted by commas")
    rate_limit: str | None = _setting(None, "what one client may ask, such as 600/minute; no limit by default")
    access_user: str | None = _setting(None, "name that clients have to give; everybody is let in by default")
    access_password: str | None = _secret("the password that goes with it")
    access_token: str | None = _secret("token that lets clients in as well (Bearer)")
    metrics: tuple[str, ...] = _setting(("loopback",), "who may read /metrics: loopback, networks, all or none")
    slow_query: float = _setting(5.0, "seconds from which a query is told as slow in the log; 0 tells none", least=0)
    log_addresses: str = _setting("short", "what the log keeps of the addresses of clients: none, short or full")
    log_queries: str = _setting("hash", "what the log keeps of queries: none, hash or text")
    log_file: Path | None = _setting(None, "file for the log, a new one each day; the standard error by default")
    log_days: int = _setting(7, "days after which the log files of a day are deleted", least=1)
    sparql_url: str | None = _setting(None, "address where an engine elsewhere is asked (SPARQL 1.1 Protocol)")
    sparql_update: str | None = _setting(None, "address where its data is changed (SPARQL 1.1 Update)")
    sparql_graphs: str | None = _setting(None, "address of its named graphs (SPARQL 1.1 Graph Store HTTP Protocol)")
    sparql_user: str | None = _setting(None, "who asks it, by basic or digest authentication")
    sparql_password: str | None = _secret("the password that goes with it")
    sparql_token: str | None = _secret("bearer token for it, instead of user and password")
    sparql_held: int = _setting(
        500_000, "statements of its data up to which all are held in memory; 0 holds none", least=0
    )

    def __post_init__(self) -> None:
        for f in fields(self):
            _check(f"{PREFIX}{f.name.upper()}", getattr(self, f.name), f.metadata)
        for name in ("base", "public_url", "publisher", "sparql_url", "sparql_update", "sparql_graphs"):
            _check_address(f"{PREFIX}{name.upper()}", getattr(self, name))
        if self.publisher_type not in PUBLISHER_TYPES:
            known = ", ".join(PUBLISHER_TYPES)
            raise VesocError(f"{PREFIX}PUBLISHER_TYPE={self.publisher_type!r} is none of {known}")
        _check_entrance(self)
        _check_operation(self)
        _check_engine(self)
        if self.contact is not None and not _MAIL.fullmatch(self.contact):
            raise VesocError(f"{PREFIX}CONTACT={self.contact!r} is no e-mail address")

    @property
    def address(self) -> str:
        """Where clients reach the server, with a slash at the end."""
        host = "localhost" if self.host in ("0.0.0.0", "::") else self.host
        url = self.public_url or f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"
        return url if url.endswith("/") else f"{url}/"

    def missing(self) -> list[str]:
        """The variables that are to be set before others may harvest: who publishes this, where, and who answers."""
        return [f"{PREFIX}{name.upper()}" for name in _FOR_HARVEST if getattr(self, name) is None]

    @classmethod
    def meaning(cls, name: str) -> str:
        """What a setting means."""
        return next(str(f.metadata["meaning"]) for f in fields(cls) if f.name == name)

    def table(self) -> list[tuple[str, str, str]]:
        """Name of the variable, value in force and meaning, a row a setting."""
        return [
            (f"{PREFIX}{f.name.upper()}", _told(getattr(self, f.name), f.metadata), f.metadata["meaning"])
            for f in fields(self)
        ]

    def document(self) -> dict[str, Any]:
        """The settings as JSON has them."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Settings:
        """The settings that `document()` gave."""
        return cls(**{f.name: _typed(str(f.type), document[f.name]) for f in fields(cls)})

    def with_values(self, **values: Any) -> Settings:
        """These settings, with those of `values` that are not None."""
        return replace(self, **{name: value for name, value in values.items() if value is not None})


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in `environment` (that of the process by default); VesocError where a value does not fit."""
    environment = os.environ if environment is None else environment
    given = {}
    for f in fields(Settings):
        name = f"{PREFIX}{f.name.upper()}"
        if environment.get(name, "").strip():
            given[f.name] = _cast(name, str(f.type), environment[name].strip())
    return Settings(**given)


def misspelt(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Variables of `environment` (that of the process by default) that are no setting but nearly one, with that."""
    environment = os.environ if environment is None else environment
    known = [f"{PREFIX}{f.name.upper()}" for f in fields(Settings)]
    others = sorted(name for name in environment if name.startswith(PREFIX) and name not in (*known, _OF_OTHERS))
    if not others:
        return {}
    from difflib import get_close_matches

    near = {name: get_close_matches(name, known, n=1, cutoff=_NEAR) for name in others}
    return {name: found[0] for name, found in near.items() if found}


def _cast(name: str, kind: str, text: str) -> Any:
    try:
        return _CASTS[kind](text)
    except ValueError:
        wanted = "a whole number" if kind == "int" else "a number"
        raise VesocError(f"{name}={text!r} is not {wanted}; set it to one or leave it out") from None


def _check(name: str, value: Any, limits: Mapping[str, Any]) -> None:
    least, most = limits["least"], limits["most"]
    if least is not None and not value >= least:
        raise VesocError(f"{name}={value} is too small; the least is {least}")
    if most is not None and not value <= most:
        raise VesocError(f"{name}={value} is too large; the most is {most}")


def _check_address(name: str, value: str | None) -> None:
    if value is not None and "@" in value.partition("//")[2].partition("/")[0]:  # before it is shown
        raise VesocError(f"{name} is shown, so it may hold no name and password; VESOC_SPARQL_USER is for those")
    if value is not None and not _ADDRESS.fullmatch(value):
        raise VesocError(f"{name}={value!r} is no address; it starts with http:// or https:// and has no spaces")
    if value is not None and not _HOST.match(value):
        raise VesocError(f"{name} is no address: HOST or HOST:PORT goes before the path")


def _check_networks(name: str, values: tuple[str, ...]) -> None:
    from ipaddress import ip_network

    for network in values:
        try:
            ip_network(network)
        except ValueError as error:
            raise VesocError(f"{PREFIX}{name}: {error}; write 10.0.0.0/8 or 2001:db8::/32") from None


def _check_operation(chosen: Settings) -> None:
    """What whoever runs the server sees of it."""
    _check_networks("METRICS", tuple(name for name in chosen.metrics if name not in ("loopback", "all", "none")))
    if "none" in chosen.metrics and len(chosen.metrics) > 1:
        raise VesocError(f"{PREFIX}METRICS: none stands alone")
    for name, known in (("log_addresses", ("none", "short", "full")), ("log_queries", ("none", "hash", "text"))):
        if getattr(chosen, name) not in known:
            raise VesocError(f"{PREFIX}{name.upper()}={getattr(chosen, name)!r} is none of {', '.join(known)}")


def _check_entrance(chosen: Settings) -> None:
    """What is told of clients and asked of them."""
    _check_networks("TRUSTED_PROXIES", chosen.trusted_proxies)
    if chosen.rate_limit is not None and not _RATE.fullmatch(chosen.rate_limit):
        raise VesocError(f"{PREFIX}RATE_LIMIT={chosen.rate_limit!r} is no limit; write it as 600/minute")
    if (chosen.access_user is None) != (chosen.access_password is None):
        raise VesocError(f"{PREFIX}ACCESS_USER and {PREFIX}ACCESS_PASSWORD go together")
    if chosen.access_user is not None and ":" in chosen.access_user:
        raise VesocError(f"{PREFIX}ACCESS_USER may have no colon (RFC 7617)")
    for name in ("access_token", "sparql_token"):  # libraries would show one that cannot be sent
        token = getattr(chosen, name)
        if token is not None and not _TOKEN.fullmatch(token):
            raise VesocError(f"{PREFIX}{name.upper()} may have letters, digits and -._~+/ (RFC 6750)")


def _check_engine(chosen: Settings) -> None:
    """What is told to engines elsewhere, and which of them may be asked."""
    if chosen.sparql_password is not None and chosen.sparql_user is None:
        raise VesocError(f"{PREFIX}SPARQL_PASSWORD goes with {PREFIX}SPARQL_USER")
    if chosen.sparql_token is not None and chosen.sparql_user is not None:
        raise VesocError(f"{PREFIX}SPARQL_TOKEN stands for user and password; set one or the other")
    for host in chosen.service_hosts:
        if not _SERVICE_HOST.fullmatch(host):
            raise VesocError(f"{PREFIX}SERVICE_HOSTS: {host!r} is no name of a host; write query.example")


_OF_OTHERS = f"{PREFIX}SERVICE_HOST"  # which Kubernetes sets beside a service of that name
_NEAR = 0.9  # of two names, as difflib has it: one letter in ten
_RATE = re.compile(r"[1-9]\d{0,8} ?/ ?([1-9]\d{0,3} ?)?(second|minute|hour|day)s?")
_TOKEN = re.compile(r"[\w.~+/-]+=*", re.ASCII)
_SERVICE_HOST = re.compile(r"[\w.~-]+|[0-9A-Fa-f:.]+")
_HOST = re.compile(r"https?://([\w.~-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(?![^/?#])")
_ADDRESS = re.compile(r'https?://[^\s<>"{}|\\^`]+')
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_FOR_HARVEST = ("public_url", "publisher", "publisher_name", "contact")
_CASTS: dict[str, Any] = {
    "Path | None": Path,
    "str": str,
    "str | None": str,
    "int": int,
    "float": float,
    "tuple[str, ...]": lambda text: tuple(host.strip().lower() for host in text.split(",") if host.strip()),
}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value


def _typed(kind: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return Path(value) if value is not None and kind.startswith("Path") else value


def _told(value: object, metadata: Mapping[str, Any]) -> str:
    return "***" if metadata["secret"] and value is not None else _shown(value)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return "" if value is None else str(value)
