// The interview: each change is sent by itself, the document follows, the focus stays where the person is.
(() => {
  const PAUSE = 800, RETRY = 5000;
  const form = () => document.getElementById("question");
  const typed = (field) => field.matches("textarea, input:not([type=checkbox], [type=radio], [type=date], [type=hidden])");
  const ours = (field) => field.form && field.form === form() && !field.matches("[data-quiet]");
  let waiting = 0, changed = false;

  const save = () => {
    window.clearTimeout(waiting);
    if (!changed || !form()) return;
    changed = false;
    form().dispatchEvent(new Event("answer"));
  };
  document.addEventListener("input", (event) => {
    if (!ours(event.target) || !typed(event.target)) return;
    changed = true;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(save, PAUSE);
  });
  document.addEventListener("change", (event) => {
    // A row removed says so from the form itself.
    if (event.target !== form() && !ours(event.target)) return;
    if (event.target === form() || !typed(event.target)) changed = true;
    save();
  });
  document.addEventListener("submit", (event) => {
    if (event.target === form()) { window.clearTimeout(waiting); changed = false; }
  });
  // Whoever leaves while an answer is on its way leaves once it has arrived.
  const LONGEST_WAIT = 3000;
  let onTheirWay = 0, leavingTo = "";
  const leave = () => { if (leavingTo) window.location.assign(leavingTo); };
  document.addEventListener("htmx:before:request", (event) => { if (event.target === form()) onTheirWay += 1; });
  document.addEventListener("htmx:finally:request", (event) => {
    if (event.target !== form()) return;
    onTheirWay = Math.max(0, onTheirWay - 1);
    if (onTheirWay === 0) leave();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]:not([data-question], [data-clause-link], [href^='#'])");
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (!link || !plain || (!changed && onTheirWay === 0)) return;
    event.preventDefault();
    leavingTo = link.href;
    save();
    window.setTimeout(leave, LONGEST_WAIT);
  });
  document.addEventListener("htmx:error", (event) => {
    const note = document.querySelector("[data-offline]");
    if (event.target !== form() || !note) return;
    note.hidden = false;
    changed = true;
    window.setTimeout(save, RETRY);
  });

  // The document: what changed is marked until the next answer, and comes into view in its own pane only.
  const pane = document.getElementById("document-pane");
  const bring = (section) => {
    if (!section || !pane) return;
    const top = section.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    if (pane.scrollHeight > pane.clientHeight) pane.scrollTo({ top: pane.scrollTop + top - 16 });
  };
  const markMistakes = () => {
    for (const about of document.querySelectorAll(".about")) {
      const wrong = about.querySelector(".mistake") !== null;
      for (const field of document.querySelectorAll(`[aria-describedby="${about.id}"]`)) {
        if (field.matches("input, select, textarea")) wrong ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
      }
    }
  };
  const markTouched = () => {
    markMistakes();
    const touched = document.querySelector("#changes [data-touched]")?.dataset.touched.split(" ").filter(Boolean) ?? [];
    if (touched.length === 0) return;
    for (const old of document.querySelectorAll("#document-text .touched")) old.classList.remove("touched");
    const sections = touched.map((clause) => document.getElementById(`clause-${clause}`)).filter(Boolean);
    for (const section of sections) section.classList.add("touched");
    bring(sections[0]);
  };
  // The rail scrolls by itself, never the page with it.
  const showCurrent = () => {
    const rail = document.getElementById("rail"), current = rail?.querySelector("[aria-current]");
    if (!current || rail.scrollHeight <= rail.clientHeight) return;
    const top = current.getBoundingClientRect().top - rail.getBoundingClientRect().top;
    if (top < 0 || top > rail.clientHeight - 60) rail.scrollTop += top - rail.clientHeight / 3;
  };
  const changes = document.getElementById("changes");
  if (changes) new MutationObserver(markTouched).observe(changes, { childList: true });

  // Another question: its heading takes the focus, its article comes into view.
  const asking = document.getElementById("question-pane");
  const arrive = () => {
    const arrived = asking.querySelector("[data-arrived]");
    if (!arrived) return;
    const touched = document.querySelector("#changes [data-touched]")?.dataset.touched;
    if (!touched) bring(document.getElementById(`clause-${arrived.dataset.clause}`));
    arrived.remove();
    asking.querySelector("h1")?.focus();
    showCurrent();
    show("questions");
  };
  if (asking) new MutationObserver(arrive).observe(asking, { childList: true });
  document.addEventListener("click", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    const link = event.target.closest("a[data-question]");
    if (link && plain && asking) {
      event.preventDefault();
      save();
      window.htmx.ajax("GET", link.getAttribute("href"), { source: asking, swap: "none", values: { shown: document.getElementById("shown").value } });
    }
    const place = event.target.closest("a[data-clause-link]");
    const clause = place && document.querySelector(place.getAttribute("href"));
    if (clause) {
      event.preventDefault();
      show("document");
      bring(clause);
      clause.tabIndex = -1;
      clause.focus({ preventScroll: true });
    }
    const value = event.target.closest("#document-text [data-terms]");
    const panes = document.querySelector("[data-term-address]");
    if (value && panes) window.location.assign(panes.dataset.termAddress.replace("TERM", value.dataset.terms.split(" ")[0]));
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches(".later") && event.target.open) event.target.querySelector("input")?.focus();
  }, true);

  // What was said leaves the screen by itself: the document and the stamp go on saying it.
  const status = document.getElementById("status");
  let said = 0;
  if (status) new MutationObserver(() => {
    window.clearTimeout(said);
    if (status.childElementCount) said = window.setTimeout(() => status.replaceChildren(), 9000);
  }).observe(status, { childList: true });

  // A telephone shows one pane at a time.
  const tabs = [...document.querySelectorAll("[data-shows]")];
  const show = (name) => {
    for (const tab of tabs) {
      const chosen = tab.dataset.shows === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    for (const one of document.querySelectorAll("[data-tab]")) one.toggleAttribute("data-folded", one.dataset.tab !== name);
  };
  for (const [at, tab] of tabs.entries()) {
    tab.addEventListener("click", () => show(tab.dataset.shows));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(at + step + tabs.length) % tabs.length];
      next.click();
      next.focus();
    });
  }
  if (tabs.length) {
    tabs[0].parentElement.hidden = false;
    show("questions");
  }
  showCurrent();
  bring(document.getElementById(`clause-${document.querySelector("[data-begin]")?.dataset.begin}`));
})();
