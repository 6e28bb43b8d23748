/* data-print on a button that is hidden without JavaScript: opens the print dialog of the browser. */
export function enhance(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
