"""What a project makes of findings: how severe it takes each rule, and which findings it excuses until when."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vesoc.checks.finding import SEVERITIES, Finding, Place
from vesoc.checks.material import shown
from vesoc.checks.outcome import Allowance
from vesoc.checks.rule import Rule
from vesoc.errors import VesocError
from vesoc.names import BASE, prefixes

OFF = "off"
STEP = "policy"
UNUSED = Rule(
    STEP,
    "allow-unused",
    {"nl": "Elke uitzondering verschoont iets", "en": "Each entry of the allow-list excuses something"},
)
EXPIRED = Rule(
    STEP, "allow-expired", {"nl": "Geen uitzondering is verlopen", "en": "No entry of the allow-list has expired"}
)
RULES = (UNUSED, EXPIRED)

_PROJECT = "pyproject.toml"
_TABLE = ("tool", "vesoc", "validate")
_KEYS = ("severity", "fail-on", "allow")
_ASKED = ("rule", "thing", "path", "value")
_ENTRY = (*_ASKED, "reason", "expires")
_HEADING = re.compile(
    r"^\s*(?:\[\[\s*(?:tool\s*\.\s*vesoc\s*\.\s*validate\s*\.\s*)?allow\s*\]\]|allow\s*=)", re.MULTILINE
)
_TAIL = re.compile(r'(".*")(?:\^\^(\S+)|@\S+)?', re.DOTALL)
_REMOVE = MappingProxyType({"nl": "Haal ze weg.", "en": "Remove it."})
_RENEW = MappingProxyType(
    {
        "nl": "Herstel wat ze verschoont, of geef ze een latere dag.",
        "en": "Mend what it excuses, or give it a later day.",
    }
)


@dataclass(frozen=True)
class Entry:
    """A line of the allow-list and where it stands."""

    allowance: Allowance
    place: Place


@dataclass(frozen=True)
class Policy:
    """Severities by rule (`R22`) or step and rule (`shacl/R22`), `off` for none; the allow-list; what fails a run."""

    severities: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    fail_on: str | None = None
    rules: tuple[Rule, ...] = ()

    def apply(
        self, findings: Iterable[Finding], today: date, ran: Collection[str]
    ) -> tuple[tuple[Finding, ...], tuple[tuple[Finding, Allowance], ...]]:
        """The findings that stand, sorted, and those that are excused; entries that do nothing are findings too.

        `ran` names the steps that ran: an entry is unused only when all the steps that could find what it excuses did.
        """
        weighed = self._weighed(findings)
        valid = [entry for entry in self.entries if entry.allowance.expires >= today]
        pairs = [(finding, _first(valid, finding)) for finding in weighed]
        excused = [(finding, entry.allowance) for finding, entry in pairs if entry]
        idle = [entry for entry in valid if not _fits(entry, weighed)]
        own = [
            *(_expired(entry) for entry in self.entries if entry not in valid),
            *(_unused(entry) for entry in idle if self._sought(entry, ran)),
        ]
        standing = [*(finding for finding, entry in pairs if not entry), *self._weighed(own)]
        return tuple(sorted(standing, key=_order)), tuple(sorted(excused, key=lambda pair: _order(pair[0])))

    def _weighed(self, findings: Iterable[Finding]) -> list[Finding]:
        pairs = ((finding, self._severity(finding)) for finding in findings)
        return [replace(finding, severity=severity) for finding, severity in pairs if severity != OFF]

    def _severity(self, finding: Finding) -> str:
        keys = _keys(finding.step, finding.rule)
        return next((self.severities[key] for key in keys if key in self.severities), finding.severity)

    def _sought(self, entry: Entry, ran: Collection[str]) -> bool:
        """Whether all steps ran that could find what an entry excuses; a rule that this run lacks was not looked for.

        Where no rules are known, the steps that ran are all there are.
        """
        steps = {rule.step for rule in self.rules if entry.allowance.rule in (None, rule.code)} - {STEP}
        return bool(ran) and (bool(steps) or not self.rules) and steps <= set(ran)


def read(
    path: Path, rules: Sequence[Rule] = (), base: str = BASE, others: Callable[[], Iterable[Rule]] = tuple
) -> Policy | None:
    """The policy of a file: `[tool.vesoc.validate]` of a pyproject.toml, else the whole file (TOML 1.0).

    None where a pyproject.toml has no such table. `rules` are all that the run has, where they are known; `others` are
    those that a policy may name besides, asked for when it does. VesocError names file and key of what is wrong.
    """
    text = _text(path)
    table = _table(path, text)
    reader = _Reader(shown(path), text, base, rules, others)
    if table is not None:
        return _policy(reader, table, tuple(rules))
    if path.name == _PROJECT:
        return None
    raise reader.complain("", "there is no such table")


def _table(path: Path, text: str) -> Any:
    """The table of the policy, or None."""
    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise VesocError(f"{shown(path)}: this is no TOML: {error}") from None
    if path.name != _PROJECT and "tool" not in table:
        return table
    for key in _TABLE:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise VesocError(f"{shown(path)}: the policy cannot be read ({error})") from None


def _policy(reader: _Reader, table: Any, rules: tuple[Rule, ...]) -> Policy:
    reader.check_keys("", table, _KEYS)
    severities = reader.severities(table.get("severity", {}))
    entries = reader.entries(table.get("allow", []))
    fail_on = table.get("fail-on")
    if fail_on is not None:
        reader.check_choice("fail-on", fail_on, SEVERITIES)
    return Policy(severities, entries, fail_on, (*rules, *RULES) if rules else ())


@dataclass(frozen=True)
class _Reader:
    """Reads the parts of one file; says file and key of what is wrong."""

    file: str
    text: str
    base: str
    rules: Sequence[Rule]
    others: Callable[[], Iterable[Rule]]

    def complain(self, key: str, wrong: str) -> VesocError:
        return VesocError(f"{self.file}: {key or '.'.join(_TABLE)}: {wrong}")

    def check_keys(self, key: str, table: Any, known: Sequence[str]) -> None:
        if not isinstance(table, dict):
            raise self.complain(key, "this is to be a table")
        if unknown := sorted(set(table) - set(known)):
            raise self.complain(f"{key}.{unknown[0]}".lstrip("."), f"unknown key; there are {', '.join(known)}")

    def check_choice(self, key: str, value: Any, known: Sequence[str]) -> None:
        if value not in known:
            raise self.complain(key, f"{value!r} is none of {', '.join(known)}")

    def _rule(self, key: str, code: str) -> str:
        self._check_rule(key, code, lambda rule: (rule.code,))
        return code

    def _check_rule(self, key: str, name: str, names: Callable[[Rule], Collection[str]]) -> None:
        known = (*self.rules, *RULES) if self.rules else ()
        if known and not any(name in names(rule) for rules in (known, self.others()) for rule in rules):
            raise self.complain(key, f"there is no rule {name}")

    def severities(self, table: Any) -> dict[str, str]:
        if not isinstance(table, dict):
            raise self.complain("severity", "this is to be a table")
        for rule, severity in table.items():
            self._check_rule(f"severity.{rule}", rule, lambda known: _keys(known.step, known.code))
            self.check_choice(f"severity.{rule}", severity, (*SEVERITIES, OFF))
        return dict(table)

    def entries(self, listed: Any) -> tuple[Entry, ...]:
        if not isinstance(listed, list):
            raise self.complain("allow", "this is to be a list of tables")
        lines = self._lines(len(listed))
        return tuple(
            Entry(self._allowance(f"allow[{number}]", table), Place(self.file, line))
            for number, (table, line) in enumerate(zip(listed, lines, strict=True), 1)
        )

    def _lines(self, number: int) -> list[int]:
        """The line of each entry; where entries stand in one array, that of the array."""
        found = [self.text.count("\n", 0, heading.end()) + 1 for heading in _HEADING.finditer(self.text)]
        return found if len(found) == number else [*found, 1][:1] * number

    def _allowance(self, key: str, table: Any) -> Allowance:
        self.check_keys(key, table, _ENTRY)
        asked = {name: self._string(f"{key}.{name}", table[name]) for name in _ASKED if name in table}
        if not asked:
            raise self.complain(key, f"it does not say what it excuses: give at least one of {', '.join(_ASKED)}")
        for name in ("reason", "expires"):
            if name not in table:
                raise self.complain(f"{key}.{name}", "this is missing")
        readers = {"rule": self._rule, "thing": self._iri, "path": self._iri, "value": self._value}
        terms = {name: readers[name](f"{key}.{name}", text) for name, text in asked.items()}
        reason = self._string(f"{key}.reason", table["reason"])
        return Allowance(reason, self._day(f"{key}.expires", table["expires"]), **terms)

    def _string(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.complain(key, "this is to be a text that is not empty")
        return value

    def _day(self, key: str, value: Any) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.complain(key, f"{value} is no day: write it as 2031-12-31") from None

    def _iri(self, key: str, name: str) -> str:
        if name.startswith("<") and name.endswith(">"):
            return name[1:-1]
        prefix, colon, local = name.partition(":")
        if not colon:
            raise self.complain(key, f"{name!r} is no IRI and no prefixed name")
        namespace = prefixes(self.base).get(prefix)
        if namespace is None and not local.startswith("/") and prefix not in ("urn", "mailto", "tag"):
            raise self.complain(key, f"nothing is known of the prefix {prefix!r}")
        return name if namespace is None else namespace + local

    def _value(self, key: str, text: str) -> str:
        """A term as N-Triples write it."""
        if not text.startswith('"'):
            return text if text.startswith("_:") else f"<{self._iri(key, text)}>"
        found = _TAIL.fullmatch(text)
        if not found:
            raise self.complain(key, f'{text!r} is no literal: write it as "…", "…"@nl or "…"^^xsd:date')
        return f"{found[1]}^^<{self._iri(key, found[2])}>" if found[2] else text


def _keys(step: str, code: str) -> tuple[str, str]:
    """What a rule is given a severity by, the stronger first."""
    return f"{step}/{code}", code


def _first(entries: Iterable[Entry], finding: Finding) -> Entry | None:
    return next((entry for entry in entries if entry.allowance.excuses(finding)), None)


def _fits(entry: Entry, findings: Iterable[Finding]) -> bool:
    return any(entry.allowance.excuses(finding) for finding in findings)


def _order(finding: Finding) -> tuple[object, ...]:
    return finding.sort_key


def _unused(entry: Entry) -> Finding:
    reason = entry.allowance.reason
    messages = {
        "nl": f"Deze uitzondering verschoont niets meer: {reason}",
        "en": f"This entry of the allow-list excuses nothing any more: {reason}",
    }
    return Finding(STEP, UNUSED.code, UNUSED.severity, messages, place=entry.place, remedy=_REMOVE)


def _expired(entry: Entry) -> Finding:
    day, reason = entry.allowance.expires.isoformat(), entry.allowance.reason
    messages = {
        "nl": f"Deze uitzondering is verlopen op {day}: {reason}",
        "en": f"This entry of the allow-list expired on {day}: {reason}",
    }
    return Finding(STEP, EXPIRED.code, EXPIRED.severity, messages, place=entry.place, remedy=_RENEW)
