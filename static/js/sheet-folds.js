/* Jumps into closed folds, and the bar at the bottom that belongs to the section one works in. */
export function followLinks(sheet) {
  sheet.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='#']");
    if (!link || link.pathname !== window.location.pathname || !reveal(link.hash)) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
  });
  window.addEventListener("hashchange", () => reveal(window.location.hash));
  if (window.location.hash) reveal(window.location.hash);
}

/* Opens the fold `hash` names and those around it, and goes there. */
function reveal(hash) {
  const target = document.getElementById(decodeURIComponent(hash.slice(1)));
  if (!target) return false;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView({ block: "start" });
  const place = target.querySelector("summary") ?? target;
  if (place === target) target.tabIndex = -1;
  place.focus({ preventScroll: true });
  return true;
}

/* The bar of the section one works in; at the end of the sheet, and where no section is open, the one that sends. */
export function showBar(sheet) {
  const bars = [...sheet.querySelectorAll("[data-bar]")];
  const links = [...sheet.querySelectorAll(".so-pita a")];
  const show = (section) => {
    const code = section?.open ? section.closest("form").dataset.section : "";
    for (const bar of bars) bar.hidden = bar.dataset.bar !== code;
    for (const link of links) link.toggleAttribute("aria-current", Boolean(section?.open) && link.hash === `#${section.id}`);
  };
  const opened = () => sheet.querySelector("details.so-k[open]");
  sheet.addEventListener("toggle", (event) => {
    if (!event.target.matches("details.so-k")) return;
    show(event.target.open ? event.target : opened());
  }, { capture: true });
  sheet.addEventListener("focusin", (event) => {
    const section = event.target.closest("details.so-k");
    if (section) show(section);
    else if (event.target.closest("#kirim")) show(null);
  });
  new IntersectionObserver((entries) => {
    show(entries.at(-1).isIntersecting ? null : opened());
  }).observe(sheet.querySelector("[data-sheet-end]"));
}
