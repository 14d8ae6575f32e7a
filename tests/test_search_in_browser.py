"""Search in a real browser: suggestions by keyboard and mouse, the same forms without scripts, choices on a phone."""

from __future__ import annotations

import re

import pytest
from browser import PHONE, Open, axe
from playwright.sync_api import expect

FORMS = [("/", "ask"), ("/ns", "site-search"), ("/search", "q")]
OPTIONS = ".suggestions [role=option]"


@pytest.mark.parametrize(("path", "name"), FORMS)
def test_suggestions_are_chosen_by_keyboard(tab: Open, path: str, name: str) -> None:
    page = tab("nl")
    page.goto(path)
    field = page.locator(f"#{name}")
    field.press_sequentially("opleidingsv")
    expect(field).to_have_attribute("aria-expanded", "true")
    option = page.get_by_role("option", name="Vlaams opleidingsverlof instrument", exact=True)
    expect(option).to_be_visible()
    assert axe(page) == []
    for _ in range(page.locator(OPTIONS).count()):
        field.press("ArrowDown")
        if option.get_attribute("aria-selected") == "true":
            break
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    field.press("Enter")
    expect(page).to_have_url(re.compile("/doc/instrument/vlaams-opleidingsverlof$"))


def test_arrow_up_from_the_text_goes_to_the_last_and_down_from_there_back(tab: Open) -> None:
    page = tab("en")
    page.goto("/search")
    field = page.locator("#q")
    field.press_sequentially("work")
    expect(page.locator(OPTIONS).first).to_be_visible()
    field.press("ArrowUp")
    expect(page.locator(OPTIONS).last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))


def test_escape_closes_and_keeps_the_text(tab: Open) -> None:
    page = tab("en")
    page.goto("/")
    field = page.locator("#ask")
    field.press_sequentially("jobs")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("jobs")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_suggestion_is_chosen_by_mouse(tab: Open) -> None:
    page = tab("en")
    page.goto("/")
    page.locator("#ask").press_sequentially("ibo")
    page.locator(f"{OPTIONS}[data-address$='/doc/instrument/ibo']").click()  # not what "i" alone offered
    expect(page).to_have_url(re.compile("/doc/instrument/ibo$"))


def test_enter_without_a_choice_searches(tab: Open) -> None:
    page = tab("nl")
    page.goto("/")
    page.locator("#ask").press_sequentially("jogneren")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=jogneren"))
    expect(page.get_by_role("link", name="jongeren", exact=True).first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_list_is_narrowed_and_widened_again(tab: Open, scripts: bool) -> None:
    page = tab("en", scripts=scripts)
    page.goto("/search?q=training")
    before = page.locator("#found").inner_text()
    page.get_by_role("checkbox", name="All hands on deck").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("agreement=ahad"))
    assert page.locator("#found").inner_text() != before
    page.get_by_role("link", name="In agreement: All hands on deck").click()
    expect(page.locator("#found")).to_have_text(before)


def test_choices_are_folded_on_a_phone(tab: Open) -> None:
    page = tab("nl", size=PHONE)
    page.goto("/search")
    choice = page.get_by_role("checkbox", name="Alle hens aan dek")
    expect(choice).to_be_hidden()
    page.get_by_text("Toon waaruit je kunt kiezen").click()
    expect(choice).to_be_visible()
    assert axe(page) == []
