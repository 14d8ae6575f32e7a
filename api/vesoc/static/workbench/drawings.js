// What may be drawn of an answer, and the buttons for it. The table stays where it is.

import { chartKinds, chartPanel } from "./chart.js";
import { graphPanel, ties } from "./graph.js";
import { element } from "./make.js";
import { readTable } from "./table.js";

export function offerDrawings(home, table, texts, scripts) {
  const data = readTable(table);
  const panels = { none: null };
  if (scripts.plot && chartKinds(data).length) panels.chart = () => chartPanel(data, texts, scripts);
  if (scripts.cytoscape && ties(data).length) panels.graph = () => graphPanel(data, texts, scripts);
  if (Object.keys(panels).length === 1) return;
  const place = element("div", { class: "panel" });
  const buttons = Object.keys(panels).map((name) => button(name, panels, texts, place));
  home.replaceChildren(element("p", { class: "choice", role: "group", "aria-label": texts.show }, ...buttons), place);
}

function button(name, panels, texts, place) {
  const made = element("button", { type: "button", class: "plain", "aria-pressed": String(name === "none") }, texts[name]);
  made.addEventListener("click", async () => {
    for (const other of made.parentElement.children) other.setAttribute("aria-pressed", String(other === made));
    place.replaceChildren(...(panels[name] ? [await panels[name]()] : []));
    place.querySelector("[data-drawn]")?.dispatchEvent(new Event("shown"));
  });
  return made;
}
