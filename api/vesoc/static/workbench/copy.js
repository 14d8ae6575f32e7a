// Buttons that copy what stands in an element: <button data-copy="its id" hidden>.

export async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea"); // the clipboard is for secure pages only
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  return undefined;
}

export function offerCopies(root, copied) {
  for (const button of root.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    const name = button.textContent;
    button.addEventListener("click", async () => {
      await copyText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = copied ?? `${name} ✓`;
      setTimeout(() => { button.textContent = name; }, 2000);
    });
  }
}
