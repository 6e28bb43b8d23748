/* data-show-password="<id of the field>" on a button that is hidden without JavaScript: shows what is typed. */
export function enhance(button) {
  const field = document.getElementById(button.dataset.showPassword);
  if (!field) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.firstElementChild.textContent = shown ? "Lihat" : "Sembunyikan";
  });
  field.form?.addEventListener("submit", () => { field.type = "password"; });
}
