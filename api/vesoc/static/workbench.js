// The workbench: an editor in place of the text field, answers without loading the page anew, and drawings of them.
// The page does the same without this script, but for the drawings.

import { copyText, offerCopies } from "./workbench/copy.js";
import { offerDrawings } from "./workbench/drawings.js";
import { makeEditor } from "./workbench/editor.js";

const LONGEST = 8000; // characters of a query that still fit into an address
const form = document.getElementById("ask");
const field = document.getElementById("query");
const said = document.getElementById("said");
const texts = JSON.parse(document.getElementById("texts").textContent);
const editor = window.Yasqe ? makeEditor(field, form.dataset.terms, run, texts.suggestions) : null;

const text = () => (editor ? editor.getValue() : field.value);
const path = (query) => `/workbench?query=${encodeURIComponent(query)}`;

// The language that the address asks for stays with the reader, and out of the links that are shared.
function inLanguage(address) {
  const language = new URLSearchParams(location.search).get("lang");
  return language ? `${address}${address.includes("?") ? "&" : "?"}lang=${language}` : address;
}

function ask(query) {
  if (query.length <= LONGEST) return fetch(inLanguage(path(query)));
  return fetch(inLanguage("/workbench"), { method: "POST", body: new URLSearchParams({ query }) });
}

async function run() {
  const query = text();
  if (await show(query) && query.length <= LONGEST) history.pushState(null, "", inLanguage(path(query)));
}

async function show(query) {
  said.textContent = texts.running;
  try {
    const response = await ask(query);
    take(new DOMParser().parseFromString(await response.text(), "text/html"));
    return true;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    said.textContent = texts.unreachable;
    return false;
  }
}

// The answer of the page that came, and its links that lead back here.
function take(page) {
  const fresh = page.getElementById("result") ?? page.querySelector("main");
  document.getElementById("result").replaceChildren(...fresh.childNodes);
  const links = page.querySelectorAll("a[href^='/preferences']");
  document.querySelectorAll("a[href^='/preferences']").forEach((link, place) => {
    if (links[place]) link.href = links[place].getAttribute("href");
  });
  document.getElementById("all-examples").open = false;
  enhance();
  said.textContent = document.querySelector("#result .counted")?.textContent ?? "";
}

function enhance() {
  const result = document.getElementById("result");
  offerCopies(result, texts.copied);
  editor?.refuse(result.querySelector("[data-line]")?.dataset);
  const table = result.querySelector("table.answer");
  if (table) offerDrawings(document.getElementById("drawing"), table, texts, form.dataset);
}

async function share() {
  await copyText(location.origin + path(text()));
  said.textContent = texts.copied;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
window.addEventListener("popstate", () => {
  const query = new URLSearchParams(location.search).get("query");
  if (query === null) return location.reload();
  editor ? editor.setValue(query) : (field.value = query);
  return show(query);
});
const button = document.getElementById("share");
button.hidden = false;
button.addEventListener("click", share);
enhance();
