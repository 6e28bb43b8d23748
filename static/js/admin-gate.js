/* On the form of a gate in the admin: shows only what its condition and its effect ask for.

   A select says in `data-parameters` which fields each of its choices needs. What is hidden is not sent; a field with an
   error stays, so that what is wrong can be seen. */
const selects = [...document.querySelectorAll("select[data-parameters]")];

function rowOf(name) {
  return document.querySelector(`.form-row.field-${name}`);
}

function show(row, isWanted) {
  row.classList.toggle("hidden", !isWanted);
  for (const field of row.querySelectorAll("input, select")) field.disabled = !isWanted;
}

function refresh(select) {
  const parameters = JSON.parse(select.dataset.parameters);
  const wanted = parameters[select.value] ?? [];
  for (const name of new Set(Object.values(parameters).flat())) {
    const row = rowOf(name);
    if (row) show(row, wanted.includes(name) || row.classList.contains("errors"));
  }
}

for (const select of selects) {
  select.addEventListener("change", () => refresh(select));
  refresh(select);
}
