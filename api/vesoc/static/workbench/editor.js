// The editor: YASQE with completion from our own graph only. What it ships with asks other hosts, and is left out.

const MOST = 100; // suggestions

// Those whose name or label has what was typed: the best first, where it begins with it.
function matching(named, typed) {
  const word = typed.trim().replace(/^[<"']/, "").toLowerCase();
  const found = named.filter(([name, ...names]) => `${name} ${names.join(" ")}`.toLowerCase().includes(word) && name.toLowerCase() !== word);
  const fit = ([name, ...names]) => {
    const parts = [name, name.split(":")[1], ...names].map((part) => part.toLowerCase());
    return parts.includes(word) ? 0 : parts.some((part) => part.startsWith(word)) ? 1 : 2;
  };
  return found.sort((one, other) => fit(one) - fit(other)).slice(0, MOST);
}

function register(name, like, terms, valid) {
  const shipped = Yasqe.Autocompleters[like];
  Yasqe.forkAutocompleter(like, {
    name,
    bulk: false,
    persistenceId: null,
    isValidCompletionPosition: valid ?? shipped.isValidCompletionPosition,
    preProcessToken: placed,
    postProcessSuggestion: (yasqe, token, suggestion) => suggestion,
    get: async (yasqe, token) => matching((await terms)[name] ?? [], token.string).map(([own]) => own),
    postprocessHints: (yasqe, hints) => hints.map((hint) => labelled(hint, name)),
  }, false);
}

// Where nothing is typed yet, what is chosen goes to the cursor, not in place of the space before it.
function placed(yasqe, token) {
  if (token.string.trim()) return token;
  const { line, ch } = yasqe.getDoc().getCursor();
  return { ...token, string: "", from: { line, ch } };
}

let known = {};

function labelled(hint, name) {
  const label = known[name]?.get(hint.text);
  return { ...hint, displayText: label ? `${hint.text} – ${label}` : hint.text };
}

function registerPrefixes(terms) {
  Yasqe.forkAutocompleter("prefixes", {
    name: "our-prefixes",
    bulk: false,
    persistenceId: null,
    get: async (yasqe, token) => {
      const begin = (token?.autocompletionString ?? token?.string ?? "").trim();
      const lines = Object.entries((await terms).prefixes).map(([prefix, space]) => `${prefix}: <${space}>`);
      return lines.filter((line) => line.startsWith(begin));
    },
  }, false);
}

const isVariable = (token) => /^[?$]/.test(token.string);
const isClass = (yasqe) => Yasqe.Autocompleters.classes.isValidCompletionPosition(yasqe);

// Where a predicate may stand, also before anything of it is typed.
function isProperty(yasqe) {
  const token = yasqe.getCompleteToken();
  return !isVariable(token) && !isClass(yasqe) && (token.state.possibleCurrent ?? []).includes("a");
}

function isThing(yasqe) {
  const token = yasqe.getCompleteToken();
  const first = yasqe.getDoc().getLine(yasqe.getDoc().getCursor().line);
  const elsewhere = isVariable(token) || isClass(yasqe) || isProperty(yasqe) || /^\s*(PREFIX|BASE)/i.test(first);
  return !elsewhere && token.string.trim().length > 1;
}

async function fetchTerms(address) {
  try {
    const terms = await (await fetch(address)).json();
    known = Object.fromEntries(["classes", "properties", "things"].map((name) => [name, new Map(terms[name].map(([own, label]) => [own, label]))]));
    return terms;
  } catch {
    return { prefixes: {} }; // the editor works without suggestions
  }
}

function registerAll(address) {
  const terms = fetchTerms(address);
  register("classes", "class", terms);
  register("properties", "property", terms, isProperty);
  register("things", "class", terms, isThing);
  registerPrefixes(terms);
}

function options(field, run) {
  return {
    value: field.value,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    viewportMargin: Infinity,
    prefixCcApi: null,
    autocompleters: ["variables", "our-prefixes", "classes", "properties", "things"],
    requestConfig: { endpoint: "/sparql" },
    screenReaderLabel: document.getElementById("query-label").textContent,
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-S": false, Tab: false, "Shift-Tab": false },
  };
}

// Marks the line that the server refused, and in it what follows the column, until the query changes.
function refuser(editor) {
  let undo = [];
  const clear = () => { undo.forEach((one) => one()); undo = []; };
  editor.on("change", clear);
  return (place) => {
    clear();
    if (!place?.line) return;
    const line = Math.min(place.line - 1, editor.getDoc().lastLine());
    const end = editor.getDoc().getLine(line).length;
    const from = Math.max(0, Math.min(place.column - 1, end - 1));
    const mark = editor.getDoc().markText({ line, ch: from }, { line, ch: end }, { className: "refused" });
    const handle = editor.getDoc().addLineClass(line, "wrap", "refused-line");
    undo = [() => mark.clear(), () => editor.getDoc().removeLineClass(handle, "wrap", "refused-line")];
    editor.getDoc().setCursor({ line, ch: from });
  };
}

function nameSuggestions(editor, name) {
  editor.on("autocompletionShown", () => {
    const list = document.querySelector(".CodeMirror-hints");
    list?.setAttribute("aria-label", name);
    list?.setAttribute("tabindex", "0"); // it scrolls
  });
}

export function makeEditor(field, terms, run, suggestions) {
  registerAll(terms);
  const home = document.createElement("div");
  home.className = "editor";
  field.after(home);
  field.hidden = true;
  const editor = new Yasqe(home, options(field, run));
  editor.showNotification = () => {}; // they would be in English, and say what the page says above
  const help = document.getElementById("query-help");
  help.hidden = false;
  editor.getInputField().setAttribute("aria-describedby", help.id);
  document.getElementById("query-label").addEventListener("click", () => editor.focus());
  editor.on("change", () => { field.value = editor.getValue(); });
  nameSuggestions(editor, suggestions);
  editor.refuse = refuser(editor);
  return editor;
}
