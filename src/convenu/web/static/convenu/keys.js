// Keys and the palette. The catalogue is the help dialog itself (#keys): each row says its keys and what they do.
(() => {
  const catalogue = [...document.querySelectorAll("#keys [data-keys]")].flatMap(({ dataset: { keys, does } }) => (
    keys === "1-9" ? [..."123456789"].map((digit) => ({ steps: [digit], does: `${does}:${digit}` })) : [{ steps: keys.split(" "), does }]
  ));
  const palette = document.querySelector("#palette");
  const search = document.querySelector("#palette-search");
  const list = document.querySelector("#palette-list");
  let typed = [], forget = 0, asked = 0, waiting = 0, chosen = 0;

  const writing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]");
  const lettersAreOn = () => document.body.dataset.letters === "on";
  const named = (name) => document.querySelector(`[data-key="${CSS.escape(name)}"]`);

  // A key is told where it does something: its button, its form or its list is on this page.
  const works = (deed) => {
    const [verb, name] = deed.split(":");
    if (verb === "click" || verb === "submit") return Boolean(named(name));
    if (verb === "choose") return Boolean(document.querySelector("[data-choices]"));
    return true;
  };
  const open = (id) => {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open) return false;
    document.querySelector("dialog[open]")?.close();
    if (id === "keys") for (const row of dialog.querySelectorAll("[data-does]")) row.hidden = !works(row.dataset.does);
    dialog.showModal();
    if (dialog === palette) { search.value = ""; find(); }
    return true;
  };
  const nextPane = () => {
    const panes = [...document.querySelectorAll("[data-pane], main, [role=tabpanel]")].filter((pane) => pane.offsetParent !== null);
    const here = panes.findLastIndex((pane) => pane.contains(document.activeElement));
    const pane = panes[(here + 1) % panes.length];
    (pane?.querySelector("a[href], button:not([hidden]), input:not([type=hidden]), select, textarea") ?? pane)?.focus();
    return Boolean(pane);
  };
  const does = {
    open: (id) => open(id),
    close: () => { const dialog = document.querySelector("dialog[open]"); dialog?.close(); return Boolean(dialog); },
    go: (address) => { window.location.assign(address); return true; },
    pane: nextPane,
    click: (name) => { const target = named(name); target?.click(); return Boolean(target); },
    choose: (number) => {
      const groups = document.querySelectorAll("[data-choices]");
      const choice = groups.length && groups[0].querySelectorAll("input")[Number(number) - 1];
      choice?.click();
      choice?.focus();
      return Boolean(choice);
    },
    clause: (way) => document.dispatchEvent(new CustomEvent("convenu:clause", { detail: way })),
    submit: (name) => { const form = named(name); form?.requestSubmit(); return Boolean(form); },
  };
  const run = (deed) => {
    const [verb, ...rest] = deed.split(":");
    return does[verb](rest.join(":"));
  };

  const pressed = (event) => {
    if (event.altKey) return `Alt+${event.key}`;
    return event.ctrlKey || event.metaKey ? `Control+${event.key.toLowerCase()}` : event.key;
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || (event.altKey && !event.key.startsWith("Arrow")) || ["Shift", "Control", "Meta", "CapsLock"].includes(event.key)) return;
    const key = pressed(event);
    const isLetter = key.length === 1;
    if (isLetter && (writing(event.target) || !lettersAreOn() || document.querySelector("dialog[open]"))) return;
    typed.push(key);
    window.clearTimeout(forget);
    forget = window.setTimeout(() => { typed = []; }, 1200);
    const matching = catalogue.filter(({ steps }) => typed.every((step, at) => steps[at] === step));
    const whole = matching.find(({ steps }) => steps.length === typed.length);
    if (whole) {
      typed = [];
      if (run(whole.does)) event.preventDefault();
    } else if (matching.length === 0) typed = [];
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) open(opener.dataset.opens);
    if (event.target.matches("dialog[open]")) event.target.close();
  });

  const choose = (at) => {
    const options = [...list.children];
    chosen = Math.max(0, Math.min(at, options.length - 1));
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
    if (options[chosen]) { search.setAttribute("aria-activedescendant", options[chosen].id); options[chosen].scrollIntoView({ block: "nearest" }); }
    else search.removeAttribute("aria-activedescendant");
  };
  const show = (entries) => {
    list.replaceChildren(...entries.map((entry, number) => {
      const option = document.createElement("li");
      option.id = `palette-${number}`;
      option.setAttribute("role", "option");
      option.dataset.href = entry.href;
      const label = document.createElement("span");
      label.textContent = entry.label;
      const group = document.createElement("small");
      group.textContent = entry.group;
      option.append(label, group);
      return option;
    }));
    palette.querySelector("[data-empty]").hidden = entries.length > 0;
    choose(0);
  };
  const find = async () => {
    const question = ++asked;
    const answer = await fetch(`${palette.dataset.source}?q=${encodeURIComponent(search.value)}`, { headers: { Accept: "application/json" } });
    if (question === asked && answer.ok) show((await answer.json()).entries);
  };
  search?.addEventListener("input", () => { window.clearTimeout(waiting); waiting = window.setTimeout(find, 120); });
  search?.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter" && list.children[chosen]) window.location.assign(list.children[chosen].dataset.href);
    else return;
    event.preventDefault();
  });
  list?.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) window.location.assign(option.dataset.href);
  });
})();
