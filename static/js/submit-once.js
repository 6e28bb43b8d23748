/* data-submit-once on a form: a second press while the first is on its way sends nothing.
   The pressed button says so; coming back with the back button makes it usable again. */
import { refresh } from "./fresh-token.js";

const SENDING = "Mengirim…";

export function enhance(form) {
  let pressed = null;
  let words = "";

  form.addEventListener("submit", (event) => {
    if (pressed) {
      event.preventDefault();
      return;
    }
    refresh(form);
    pressed = event.submitter ?? form.querySelector("button:not([type=button])");
    if (!pressed) return;
    words = pressed.innerHTML;
    pressed.setAttribute("aria-busy", "true");
    pressed.textContent = SENDING;
  });

  window.addEventListener("pageshow", () => {
    if (!pressed) return;
    pressed.removeAttribute("aria-busy");
    pressed.innerHTML = words;
    pressed = null;
  });
}
