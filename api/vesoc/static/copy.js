// Adds a button to each text that may be copied, which says when it has done so, and the day to references.

const told = document.createElement("p");
told.className = "unseen";
told.setAttribute("role", "status");
document.body.append(told);

for (const place of document.querySelectorAll("[data-retrieved]")) {
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(new Date());
  place.textContent = place.dataset.retrieved.replace("{day}", day);
}

for (const box of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const text = box.firstElementChild;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = box.dataset.copy;
  button.addEventListener("click", async () => {
    told.textContent = "";
    try {
      await navigator.clipboard.writeText(text.textContent.replace(/\s+$/, ""));
    } catch {
      const range = document.createRange();
      range.selectNodeContents(text);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return;
    }
    button.textContent = told.textContent = box.dataset.copied;
    setTimeout(() => { button.textContent = box.dataset.copy; }, 2000);
  });
  box.append(button);
}
