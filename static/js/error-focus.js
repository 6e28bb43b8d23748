/* data-error-focus on an error summary: it takes the focus, so that it is read first and Tab leads to its links. */
export function enhance(summary) {
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "center" });
}
