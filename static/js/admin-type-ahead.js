/* In the admin select2 names the boxes of its fields by what is chosen alone; this puts the label of the field before. */
function nameBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const [label] = select.labels;
    const chosen = document.getElementById(`select2-${select.id}-container`);
    if (!label || !chosen) continue;
    label.id ||= `${select.id}_label`;
    chosen.setAttribute("aria-labelledby", label.id);
    chosen.closest("[role=combobox]").setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  }
}

// By jQuery's own queue, in which the boxes are made before; pages without fields do not load it.
globalThis.django?.jQuery?.(nameBoxes);
document.addEventListener("formset:added", nameBoxes);
