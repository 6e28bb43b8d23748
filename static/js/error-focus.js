/* data-error-focus on an error summary: it takes the focus, so that it is read first and Tab leads to its links. Whoever
   went to a field before this script came is left there. */
export function enhance(summary) {
  const focused = document.activeElement;
  if (focused !== document.body && !focused.hasAttribute("autofocus")) return;
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "center" });
}
