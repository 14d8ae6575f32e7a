// The table of an answer as data: what its cells show, and what stands behind that.

function cell(element) {
  const link = element.querySelector("a");
  const value = element.querySelector("data")?.value;
  return {
    text: element.textContent.trim(),
    number: value === undefined ? null : Number(value),
    day: element.querySelector("time")?.dateTime ?? null,
    iri: link?.title ?? null,
    href: link?.getAttribute("href") ?? null,
  };
}

function column(head, place, rows) {
  const filled = rows.map((row) => row[place]).filter((one) => one.text);
  const all = (has) => filled.length > 0 && filled.every(has);
  return {
    name: head.textContent.trim(),
    variable: head.dataset.name,
    place,
    numeric: all((one) => one.number !== null),
    days: all((one) => one.day !== null),
    things: all((one) => one.iri !== null),
    money: head.dataset.money !== undefined,
  };
}

export function readTable(table) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map(cell));
  const columns = [...table.tHead.rows[0].cells].map((head, place) => column(head, place, rows));
  return { form: table.dataset.form, columns, rows };
}
