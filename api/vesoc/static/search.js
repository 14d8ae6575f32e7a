// Suggestions while typing in any search form, after the combobox pattern of the ARIA Authoring Practices.
// Without this file the forms work as they are.

const DELAY = 120;
const OWN = /^\/(doc|ns|queries)\b/;
let forms = 0;

function option(list, name, kind, address, place) {
  const item = document.createElement("li");
  item.id = `${list.id}-${place}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.address = address;
  const title = document.createElement("span");
  title.textContent = name;
  const sort = document.createElement("span");
  sort.className = "suggested-kind";
  sort.textContent = kind;
  item.append(title, " ", sort);
  return item;
}

class Suggestions {
  constructor(input) {
    this.input = input;
    this.place = -1;
    this.asked = "";
    this.timer = 0;
    this.request = null;
    forms += 1;
    this.list = document.createElement("ul");
    this.list.id = `suggestions-${forms}`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
    input.after(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.go(event.target.closest("li")));
  }

  get open() {
    return !this.list.hidden;
  }

  later() {
    clearTimeout(this.timer);
    this.request?.abort();
    const text = this.input.value.trim();
    if (!text) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(text), DELAY);
  }

  async ask(text) {
    this.request = new AbortController();
    const language = document.documentElement.lang;
    const address = `/search/suggest?${new URLSearchParams({ q: text, lang: language })}`;
    try {
      const answer = await fetch(address, { signal: this.request.signal });
      if (answer.ok && document.activeElement === this.input) {
        this.show(await answer.json());
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        this.close();
      }
    }
  }

  show([, names, kinds, addresses]) {
    const items = names.map((name, place) => option(this.list, name, kinds[place], addresses[place], place));
    this.list.replaceChildren(...items);
    this.place = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidden = items.length === 0;
    this.input.setAttribute("aria-expanded", String(this.open));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.show(["", [], [], []]);
  }

  press(event) {
    if (event.key === "Escape" && this.open) {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.place >= 0) {
      event.preventDefault();
      this.go(this.list.children[this.place]);
    }
  }

  move(step) {
    const count = this.list.children.length;
    if (!this.open || count === 0) {
      this.later();
      return;
    }
    // One place more than there are options: that of the text itself.
    this.place = ((this.place + 1 + step + count + 1) % (count + 1)) - 1;
    for (const [place, item] of [...this.list.children].entries()) {
      item.setAttribute("aria-selected", String(place === this.place));
    }
    const active = this.list.children[this.place];
    if (active) {
      this.input.setAttribute("aria-activedescendant", active.id);
      active.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  go(item) {
    if (item) {
      // Our own pages are reached by the name of the server that the reader is at, whatever it calls itself.
      const { href, pathname, search, hash } = new URL(item.dataset.address, location.href);
      location.assign(OWN.test(pathname) ? `${pathname}${search}${hash}` : href);
    }
  }
}

for (const input of document.querySelectorAll('form[role="search"] input[name="q"]')) {
  new Suggestions(input);
}
