// Elements, texts with gaps, and scripts that are fetched when they are needed.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);

export function select(label, choices, chosen, change) {
  const field = element("select", {}, ...choices.map(([value, text]) => element("option", { value }, text)));
  field.value = chosen;
  field.addEventListener("change", () => change(field.value));
  return element("label", {}, `${label} `, field);
}

const loaded = new Map();

export function script(address) {
  if (!loaded.has(address)) loaded.set(address, new Promise((resolve, reject) => {
    const tag = element("script", { src: address });
    tag.addEventListener("load", resolve);
    tag.addEventListener("error", () => reject(new TypeError(address)));
    document.head.append(tag);
  }));
  return loaded.get(address);
}
