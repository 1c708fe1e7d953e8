// The workbench of a clause: a term of the palette goes where the caret is, and the palette is searched as one types.
(() => {
  "use strict";
  const text = document.querySelector("textarea[data-caret]");
  const seek = document.querySelector("[data-seek]");
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-insert]");
    if (!chosen || !text) return;
    text.setRangeText(`{{ ${chosen.dataset.insert} }}`, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  });
  seek?.addEventListener("input", () => {
    const wanted = seek.value.trim().toLowerCase();
    for (const group of document.querySelectorAll("[data-group]")) {
      let some = false;
      for (const term of group.querySelectorAll("[data-term]")) {
        term.hidden = !term.textContent.toLowerCase().includes(wanted);
        some ||= !term.hidden;
      }
      group.hidden = !some;
    }
  });
})();
