// What every page does by itself: take the focus to what needs reading first, and show the buttons that need scripts.
(() => {
  const focusFirst = (root) => root.querySelector("[data-focus]")?.focus();
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".summary a[href^='#']");
    const field = link && document.querySelector(link.getAttribute("href"));
    if (field) { event.preventDefault(); field.focus(); field.scrollIntoView({ block: "center" }); }
  });
  document.addEventListener("htmx:after:swap", (event) => focusFirst(event.target));
  focusFirst(document);
  for (const button of document.querySelectorAll("[data-opens]")) button.hidden = false;
  // On a narrow screen a row of tabs scrolls sideways: the page one is on stands in sight.
  for (const here of document.querySelectorAll("nav ul [aria-current]")) {
    const row = here.closest("ul"), tab = here.getBoundingClientRect(), seen = row.getBoundingClientRect();
    if (row.scrollWidth > row.clientWidth) row.scrollLeft += tab.left + tab.width / 2 - seen.left - seen.width / 2;
  }
})();
