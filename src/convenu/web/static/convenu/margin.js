// The clause one reads is marked: the one under the pointer, the one that has the focus, or j and k; the margin, where there is one, follows.
(() => {
  const text = document.getElementById("document-text");
  const margin = document.getElementById("margin");
  if (!text) return;
  const notes = new Map([...(margin?.querySelectorAll("[data-note]") ?? [])].map((note) => [note.dataset.note, note]));
  const outline = document.querySelector("[data-outline]");
  const wide = window.matchMedia("(width >= 90rem)");
  const handle = margin?.querySelector("[data-fold]");
  // The summary, which is no part of the contract, has no note in the margin.
  const clauses = [...text.querySelectorAll("[data-clause]")].filter((clause) => !margin || notes.has(clause.dataset.clause));
  let current = "";
  const read = (key) => {
    if (!key || key === current || (margin && !notes.has(key))) return;
    current = key;
    for (const [name, note] of notes) note.hidden = name !== key;
    for (const clause of clauses) clause.classList.toggle("being-read", clause.dataset.clause === key);
    if (margin) {
      margin.scrollTop = 0;
      handle.querySelector("[data-fold-title]").textContent = [...notes.get(key).querySelectorAll("header p:first-child, h2")].map((said) => said.textContent).join(", ");
    }
  };
  const of = (element) => element.closest?.("[data-clause]")?.dataset.clause;
  for (const clause of clauses) clause.tabIndex = -1;
  // On a narrow screen the margin lies under the text: folded, it says which clause one reads, and opens on demand.
  const fold = (folded) => {
    margin.toggleAttribute("data-folded", folded);
    handle.setAttribute("aria-expanded", String(!folded));
  };
  if (handle) {
    handle.hidden = false;
    fold(true);
    handle.addEventListener("click", () => fold(!margin.hasAttribute("data-folded")));
  }
  text.addEventListener("pointerover", (event) => read(of(event.target)));
  text.addEventListener("focusin", (event) => read(of(event.target)));
  const go = (key) => {
    const clause = clauses.find((one) => one.dataset.clause === key);
    clause?.scrollIntoView({ block: "start" });
    clause?.focus({ preventScroll: true });
    read(key);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-note-link]");
    if (!link) return;
    event.preventDefault();
    if (!wide.matches) outline.open = false;
    go(link.dataset.noteLink);
  });
  document.addEventListener("convenu:clause", (event) => {
    const at = clauses.findIndex((one) => one.dataset.clause === current);
    go(clauses[Math.max(0, Math.min(clauses.length - 1, at + (event.detail === "next" ? 1 : -1)))].dataset.clause);
  });
  // The contents stand beside the text where there is room, and fold above it elsewhere.
  const unfold = () => { outline.open = wide.matches; };
  if (outline) { unfold(); wide.addEventListener("change", unfold); }
  read(clauses[0]?.dataset.clause);
})();
