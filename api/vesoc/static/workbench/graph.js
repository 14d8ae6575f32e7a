// An answer as a graph: its things and the ties between them, with the same ties as a list.

import { element, filled, script } from "./make.js";

const MOST = 150; // ties that can still be told apart

// Of triples those between things; of rows the pairs of the first two columns of things.
export function ties(data) {
  const [one, other, third] = data.form === "graph" ? data.columns : data.columns.filter((column) => column.things);
  const object = data.form === "graph" ? third : other;
  if (!one || !object) return [];
  const found = data.rows.map((row) => ({
    from: row[one.place],
    to: row[object.place],
    name: data.form === "graph" ? row[other.place].text : object.name,
  }));
  return found.filter((tie) => tie.from.iri && tie.to.iri);
}

function elements(shown) {
  const same = new Set(shown.map((tie) => tie.name)).size === 1; // one word on each tie tells nothing
  const things = new Map(shown.flatMap(({ from, to }) => [[from.iri, from], [to.iri, to]]));
  const nodes = [...things.values()].map((thing) => ({ data: { id: thing.iri, label: thing.text, href: thing.href } }));
  const edges = shown.map((tie) => ({ data: { source: tie.from.iri, target: tie.to.iri, label: same ? "" : tie.name } }));
  return { nodes, edges };
}

// The colours of the page as they are now, light or dark: the canvas knows no tokens.
function colours(place, names) {
  const found = names.map((name) => {
    place.style.color = `var(${name})`;
    return getComputedStyle(place).color;
  });
  place.style.removeProperty("color");
  return found;
}

function looks(place) {
  const [ink, paper, link, quiet] = colours(place, ["--ink", "--paper", "--link", "--quiet"]);
  const text = { color: ink, "text-background-color": paper, "text-background-opacity": 0.75, "text-wrap": "wrap", "text-max-width": 140, "font-size": 11 };
  return [
    { selector: "node", style: { ...text, label: "data(label)", "background-color": link, width: 18, height: 18, "text-valign": "bottom", "text-margin-y": 4 } },
    { selector: "edge", style: { ...text, label: "data(label)", "line-color": quiet, "target-arrow-color": quiet, "target-arrow-shape": "triangle", "curve-style": "bezier", width: 1.5, "font-size": 9 } },
  ];
}

// Each part that hangs together has a box of its own, the largest first, in rows as wide as the place.
function arrange(graph, width) {
  let [left, top, height] = [0, 0, 0];
  const parts = graph.elements().components().sort((one, other) => other.nodes().length - one.nodes().length);
  for (const part of parts) {
    const side = 150 * Math.sqrt(part.nodes().length);
    if (left > 0 && left + side > width) [left, top, height] = [0, top + height, 0];
    const boundingBox = { x1: left + 40, y1: top + 20, w: side - 80, h: side * 0.7 - 60 };
    part.layout({ name: "cose", animate: false, fit: false, boundingBox, nodeRepulsion: () => 20000 }).run();
    left += side;
    height = Math.max(height, side * 0.7);
  }
  graph.fit(undefined, 24);
}

function drawn(place, shown) {
  const graph = cytoscape({
    container: place,
    elements: elements(shown),
    style: looks(place),
    layout: { name: "null" },
    userZoomingEnabled: false, // the wheel scrolls the page
    maxZoom: 1.5,
  });
  arrange(graph, place.clientWidth * 1.4);
  readable(graph);
  graph.on("tap", "node", (event) => { location.href = event.target.data("href"); });
  return graph;
}

// A large graph is drawn small; its words are not.
function readable(graph) {
  const larger = 1 / Math.min(1, graph.zoom());
  graph.style().selector("node").style({ "font-size": 12 * larger, width: 14 * larger, height: 14 * larger, "text-max-width": 120 * larger })
    .selector("edge").style({ "font-size": 10 * larger, width: 1.5 * larger }).update();
}

const link = (thing) => element("a", { href: thing.href, title: thing.iri }, thing.text);

function list(shown, texts) {
  const items = shown.map((tie) => element("li", {}, link(tie.from), ` – ${tie.name} – `, link(tie.to)));
  return element("details", {}, element("summary", {}, texts.list), element("ul", {}, ...items));
}

export async function graphPanel(data, texts, scripts) {
  await script(scripts.cytoscape);
  const all = ties(data);
  const shown = all.slice(0, MOST);
  const { nodes, edges } = elements(shown);
  const about = filled(texts.about_graph, { nodes: nodes.length, edges: edges.length });
  const place = element("div", { class: "graph", role: "img", "aria-label": about, "data-drawn": "graph" });
  place.addEventListener("shown", () => drawn(place, shown), { once: true });
  const note = all.length > MOST ? filled(texts.first, { shown: MOST, all: all.length }) : "";
  return element("div", {}, place, element("p", { class: "note" }, note), list(shown, texts));
}
