/* data-dialog on the <details> of a confirmation: its form opens in a modal <dialog> instead of unfolding.
   Escape and "Batal" close it, and the focus returns to the button that opened it. */
export function enhance(details) {
  const opener = details.querySelector("summary");
  const form = details.querySelector("form");
  const heading = form?.querySelector("h2");
  if (!opener || !form || typeof HTMLDialogElement === "undefined") return;

  const dialog = document.createElement("dialog");
  dialog.className = "so-dialog";
  if (heading) dialog.setAttribute("aria-label", heading.textContent);
  const startsOpen = details.open;
  details.open = false;
  details.after(dialog);
  dialog.append(form);

  const cancel = form.querySelector("[data-dialog-close]");
  if (cancel) {
    cancel.hidden = false;
    cancel.addEventListener("click", () => dialog.close());
  }
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  dialog.addEventListener("close", () => opener.focus());
  if (startsOpen) dialog.showModal();
}
