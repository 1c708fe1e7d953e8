// Rows of a list in the interview: add one from the blank template, remove one; the form then says it changed.
(() => {
  "use strict";
  const next = (list) => {
    const numbers = [...list.querySelectorAll("[name]")].map((field) => Number((field.name.match(/\.(\d+)\./) || [0, -1])[1]));
    return Math.max(-1, ...numbers) + 1;
  };
  document.addEventListener("click", (event) => {
    const add = event.target.closest("[data-row-add]");
    const remove = event.target.closest("[data-row-remove]");
    if (add) {
      const rows = add.closest("[data-rows]");
      const list = rows.querySelector("[data-row-list]");
      const number = next(list);
      const fresh = rows.querySelector("[data-row-blank]").content.cloneNode(true);
      for (const node of fresh.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
        for (const attribute of ["name", "id", "for", "aria-describedby"]) {
          if (node.hasAttribute(attribute)) node.setAttribute(attribute, node.getAttribute(attribute).replaceAll("__new__", String(number)));
        }
      }
      list.append(fresh);
      list.lastElementChild.querySelector("input, select, textarea")?.focus();
    }
    if (remove) {
      const rows = remove.closest("[data-rows]");
      const form = remove.closest("form");
      remove.closest("[data-row]").remove();
      rows.querySelector("[data-row-add]").focus();
      form?.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
})();
