// The clause one reads is marked: the one under the pointer, the one that has the focus, or j and k; the margin, where there is one, follows.
(() => {
  const text = document.getElementById("document-text");
  const margin = document.getElementById("margin");
  if (!text) return;
  const notes = new Map([...(margin?.querySelectorAll("[data-note]") ?? [])].map((note) => [note.dataset.note, note]));
  const clauses = [...text.querySelectorAll("[data-clause]")];
  let current = "";
  const read = (key) => {
    if (!key || key === current || (margin && !notes.has(key))) return;
    current = key;
    for (const [name, note] of notes) note.hidden = name !== key;
    for (const clause of clauses) clause.classList.toggle("being-read", clause.dataset.clause === key);
    if (margin) margin.scrollTop = 0;
  };
  const of = (element) => element.closest?.("[data-clause]")?.dataset.clause;
  for (const clause of clauses) clause.tabIndex = -1;
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
    if (link) { event.preventDefault(); go(link.dataset.noteLink); }
  });
  document.addEventListener("convenu:clause", (event) => {
    const at = clauses.findIndex((one) => one.dataset.clause === current);
    go(clauses[Math.max(0, Math.min(clauses.length - 1, at + (event.detail === "next" ? 1 : -1)))].dataset.clause);
  });
  read(clauses[0]?.dataset.clause);
})();
