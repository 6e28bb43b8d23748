/* "/" leads to the search field that is on the page, as long as nothing is being typed. */
const TYPED = "input, textarea, select, [contenteditable]";

export function enhance(field) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED)) return;
    if (!field.checkVisibility() || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
