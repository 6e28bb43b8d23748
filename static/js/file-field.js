/* data-file-field on a file input: its label becomes the button, in our words instead of the browser's, and what was
   chosen is named below it. A form that lacks something else keeps its file: it is sent, and lost, only once. */
const MEGABYTE = 1024 * 1024;
const MISSING = "Isi dahulu bagian ini, lalu simpan. Berkas yang sudah dipilih tetap ada.";
const guarded = new WeakSet();

export function enhance(input) {
  const [label] = input.labels;
  const chosen = document.createElement("output");
  chosen.htmlFor = input.id;
  chosen.className = "so-chosen";
  label.className = "btn btn-outline-primary so-pick";
  input.classList.add("so-picked");
  input.after(chosen);

  const show = () => { chosen.textContent = [...input.files].map(describe).join("; "); };
  input.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  input.closest("details")?.addEventListener("toggle", show); // emptied by a script when it was sent
  guard(input.form);
}

/* "sale.jpg, 1,2 MB" */
function describe({ name, size }) {
  const megabytes = Math.max(size / MEGABYTE, 0.1).toLocaleString("id", { maximumFractionDigits: 1 });
  return `${name}, ${megabytes} MB`;
}

/* Before any other listener: a form stopped here was never sent. */
function guard(form) {
  if (guarded.has(form)) return;
  guarded.add(form);
  form.addEventListener("submit", (event) => {
    const fields = [...form.elements];
    const missing = fields.find((field) => field.validity?.valueMissing);
    if (!missing || !fields.some((field) => field.type === "file" && field.files.length)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    missing.setCustomValidity(MISSING);
    missing.reportValidity();
    missing.addEventListener("input", () => missing.setCustomValidity(""), { once: true });
  }, { capture: true });
}
