/* data-review on the form of a reviewed indicator: shows what the chosen level would change, and asks for a reason
   only where it differs from the proposal (data-proposed). The server asks for it in any case. */
export function enhance(form) {
  const levels = [...form.elements.namedItem("level")];
  const reason = form.querySelector("[data-reason]");
  const effects = form.querySelectorAll("[data-effect]");

  function follow() {
    const chosen = levels.find((level) => level.checked)?.value ?? form.dataset.proposed;
    for (const effect of effects) effect.hidden = effect.dataset.effect !== chosen;
    reason.hidden = chosen === form.dataset.proposed;
    reason.querySelector("textarea").required = !reason.hidden;
  }

  for (const level of levels) level.addEventListener("change", follow);
  window.addEventListener("pageshow", follow);
  follow();
}
