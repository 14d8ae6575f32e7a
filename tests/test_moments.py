"""Moments as text, and the wait that a Retry-After field asks for."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from vesoc import moments

ZONED = timedelta(seconds=100)


def test_moment_is_told_in_utc() -> None:
    assert moments.told(datetime.fromisoformat("2026-01-02T03:04:05+02:00")) == "2026-01-02T01:04:05Z"


@pytest.mark.parametrize(
    ("field", "seconds"),
    [
        (None, 0),
        ("", 0),
        ("7", 7),
        (" 7 ", 7),
        ("100000", 60),
        ("-5", 0),
        ("soon", 0),
        ("1.5", 0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 60),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 60),
        ("Wed, 21 Oct 2015 07:28:00 +9999999999999999", 0),
    ],
)
def test_wait_is_a_number_or_until_a_date(field: str | None, seconds: float) -> None:
    assert moments.wait(field, 60) == seconds


@pytest.mark.parametrize("form", [lambda moment: format_datetime(moment, usegmt=True), lambda moment: f"{moment:%c}"])
def test_date_is_in_utc_wherever_we_are(monkeypatch: pytest.MonkeyPatch, form: object) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert callable(form)
        assert moments.wait(form(datetime.now(UTC) + ZONED), 1000) == pytest.approx(ZONED.total_seconds(), abs=5)
    finally:
        monkeypatch.undo()
        time.tzset()
