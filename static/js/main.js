/* Loads the behaviours a page needs: each is a module found by its data attribute, and every page works without it.
   A module exports `enhance(element)`, called once for each element that carries the attribute. */
const behaviours = {
  "data-submit-once": () => import("./submit-once.js"),
  "data-draft": () => import("./draft-ids.js"),
  "data-error-focus": () => import("./error-focus.js"),
  "data-dialog": () => import("./dialog.js"),
  "data-file-field": () => import("./file-field.js"),
  "data-print": () => import("./print.js"),
  "data-search-key": () => import("./search-key.js"),
  "data-review": () => import("./review.js"),
  "data-sheet": () => import("./sheet.js"),
  "data-show-password": () => import("./show-password.js"),
  "data-position": () => import("./position.js"),
  "data-twin-hint": () => import("./twin-hint.js"),
  "data-wilayah-field": () => import("./wilayah-field.js"),
};

for (const [attribute, load] of Object.entries(behaviours)) {
  const elements = document.querySelectorAll(`[${attribute}]`);
  if (elements.length) load().then(({ enhance }) => elements.forEach(enhance));
}
