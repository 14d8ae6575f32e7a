// Charts of an answer: bars, a line or a timeline, by what its columns hold.

import { element, filled, script, select } from "./make.js";

const MOST = 60; // bars that can still be read
const LONGEST = 34; // letters of a label
const WIDTH = 960;
const FIGURES = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact" });

const FIGURED = { tickFormat: (figure) => FIGURES.format(figure) };
const isYear = (column, data) => column.numeric && data.rows.every((row) => row[column.place].text === "" || /^\d{4}$/.test(row[column.place].text));
const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

// When something begins and ends, by what the columns are called; else only when it is.
function span(days) {
  const named = (pattern) => days.find((column) => pattern.test(column.variable));
  const [from, until] = [named(/from$|start|since/i), named(/until|end/i)];
  return from && until ? { from, until } : { from: days[0], until: null };
}

function roles(data) {
  const years = data.columns.filter((column) => isYear(column, data));
  const values = data.columns.filter((column) => column.numeric && !years.includes(column));
  const days = data.columns.filter((column) => column.days);
  const labels = data.columns.filter((column) => !column.numeric && !column.days);
  return { values, labels: labels.length ? labels : [...days, ...years], times: [...days, ...years], days, ...span(days) };
}

export function chartKinds(data) {
  if (data.form !== "table" || data.rows.length < 2) return [];
  const { values, labels, times, days } = roles(data);
  const kinds = [];
  if (values.length && labels.length) kinds.push("bar");
  if (values.length && times.length) kinds.push("line");
  if (days.length && labels.length) kinds.push("timeline");
  return kinds;
}

const time = (cell) => (cell.day ? new Date(cell.day) : cell.text ? new Date(Number(cell.text), 0, 1) : null);

function frame(points, label, scale = {}) {
  return {
    width: WIDTH,
    height: Math.max(140, 26 * points.length + 60),
    marginLeft: 250,
    marginRight: 40,
    x: { label, grid: true, ticks: 6, ...scale },
    y: { label: null, domain: points.map((point) => point.place), tickFormat: (place) => short(points.find((point) => point.place === place).label) },
  };
}

function bars(points, value) {
  const marks = [
    Plot.barX(points, { x: "value", y: "place", fill: "var(--link)", title: (point) => `${point.label}: ${point.text}` }),
    Plot.ruleX([0]),
  ];
  return Plot.plot({ ...frame(points, value.name, FIGURED), marks });
}

function line(points, value) {
  const sorted = points.filter((point) => point.time).sort((one, other) => one.time - other.time);
  const marks = [
    Plot.lineY(sorted, { x: "time", y: "value", stroke: "var(--link)", strokeWidth: 2 }),
    Plot.dot(sorted, { x: "time", y: "value", fill: "var(--link)", title: (point) => `${point.label}: ${point.text}` }),
  ];
  return Plot.plot({ width: WIDTH, height: 360, marginLeft: 100, y: { label: value.name, grid: true, zero: true, ...FIGURED }, marks });
}

function timeline(points, value) {
  const known = points.filter((point) => point.time);
  const marks = [
    Plot.ruleY(known.filter((point) => point.end), { x1: "time", x2: "end", y: "place", stroke: "var(--link)", strokeWidth: 6 }),
    Plot.dot(known, { x: "time", y: "place", fill: "var(--link)", r: 5, title: (point) => `${point.label}: ${point.day}` }),
  ];
  return Plot.plot({ ...frame(known, value.name), marks });
}

function pointsOf(data, chosen) {
  const { times, from, until } = roles(data);
  const [start, end] = chosen.kind === "timeline" ? [from, until] : times;
  return data.rows.slice(0, MOST).map((row, place) => ({
    place,
    label: row[chosen.label].text || "–",
    value: row[chosen.value]?.number ?? null,
    text: row[chosen.value]?.text,
    time: start && time(row[start.place]),
    end: end && time(row[end.place]),
    day: start && row[start.place].text,
  }));
}

function draw(data, chosen, texts) {
  const kinds = { bar: bars, line, timeline };
  const label = data.columns[chosen.label];
  const value = chosen.kind === "timeline" ? roles(data).from : data.columns[chosen.value];
  const made = kinds[chosen.kind](pointsOf(data, chosen), value);
  made.querySelectorAll("[aria-label]").forEach((part) => part.removeAttribute("aria-label")); // of parts of an image
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", filled(texts.about_chart, { values: value.name, labels: label.name }));
  made.classList.add("chart");
  const note = data.rows.length > MOST ? filled(texts.first, { shown: MOST, all: data.rows.length }) : "";
  return [element("div", { class: "wide", tabindex: "0", role: "region", "aria-label": texts.chart }, made), element("p", { class: "note" }, note)];
}

// Amounts before other figures; of the names the one that tells the rows apart best.
function start(data, kinds) {
  const { values, labels } = roles(data);
  const different = (column) => new Set(data.rows.map((row) => row[column.place].text)).size;
  const label = labels.reduce((best, column) => (different(column) > different(best) ? column : best));
  return { kind: kinds[0], label: label.place, value: (values.find((column) => column.money) ?? values[0])?.place };
}

export async function chartPanel(data, texts, scripts) {
  await script(scripts.d3);
  await script(scripts.plot);
  const kinds = chartKinds(data);
  const { values, labels } = roles(data);
  const chosen = start(data, kinds);
  const drawing = element("div", {});
  const redraw = () => drawing.replaceChildren(...draw(data, chosen, texts));
  const choose = (name) => (picked) => { chosen[name] = name === "kind" ? picked : Number(picked); redraw(); };
  const named = (columns) => columns.map((column) => [column.place, column.name]);
  const fields = [select(texts.kind, kinds.map((kind) => [kind, texts[kind]]), chosen.kind, choose("kind"))];
  fields.push(select(texts.labels, named(labels), chosen.label, choose("label")));
  if (values.length) fields.push(select(texts.values, named(values), chosen.value, choose("value")));
  redraw();
  return element("div", {}, element("p", { class: "choice" }, ...fields), drawing);
}
