/* Takes over what follows from the entries (points, marks, evidence, the check before sending) from a fresh answer of
   the server, without touching the focus or anything typed. */
const known = new Map(); // name of the part → what the server last made of it

export function remember(sheet) {
  for (const part of sheet.querySelectorAll("[data-part]")) known.set(part.dataset.part, part.innerHTML.trim());
}

export function takeOver(sheet, fresh, sent) {
  clearSent(sent);
  for (const row of fresh.querySelectorAll("form[data-section]")) {
    const form = sheet.querySelector(`form[data-section="${row.dataset.section}"]`);
    takeOverHidden(form, row, sent.form === form ? sent.data : null);
  }
  for (const part of fresh.querySelectorAll("[data-part]")) replacePart(sheet, part, sent.data);
}

function replacePart(sheet, part, sent) {
  const name = part.dataset.part;
  const present = sheet.querySelector(`[data-part="${CSS.escape(name)}"]`);
  const html = part.innerHTML.trim();
  if (!present || known.get(name) === html) return;
  known.set(name, html);
  const focused = present.contains(document.activeElement) ? nameOf(document.activeElement) : "";
  const typed = typedIn(present);
  const opened = openedIn(present);
  present.innerHTML = part.innerHTML;
  for (const field of opened) {
    const fold = present.querySelector(field)?.closest("details");
    if (fold) fold.open = true;
  }
  for (const entry of typed) putBack(present, entry, sent);
  if (focused) (present.querySelector(focused) ?? present.closest("details")?.querySelector("summary"))?.focus();
}

/* The captions the server has not got yet, each with the state it is typed over. */
function typedIn(place) {
  return [...place.querySelectorAll("input[type=text]")]
    .filter((field) => field.value.trim() !== field.defaultValue)
    .map((field) => ({ name: field.name, value: field.value, base: baseOf(field).value }));
}

/* The fields of folds that were opened and not used yet. */
function openedIn(place) {
  return [...place.querySelectorAll(":scope details[open] input:not([type=hidden])")]
    .filter((field) => field.value === field.defaultValue && field.checked === field.defaultChecked)
    .map(nameOf);
}

function putBack(place, { name, value, base }, sent) {
  const field = place.querySelector(`[name="${CSS.escape(name)}"]`);
  if (!field || value.trim() === field.value) return;
  if (sent.get(name)?.trim() !== field.value) baseOf(field).value = base;
  field.value = value;
  field.closest("details").open = true;
}

function baseOf(field) {
  return field.form.elements.namedItem(field.name.replace(/[^-]+$/, "base_$&"));
}

function nameOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.name) return `[name="${CSS.escape(element.name)}"][value="${CSS.escape(element.value)}"]`;
  const href = element.getAttribute("href");
  return href ? `[href="${CSS.escape(href)}"]` : element.localName;
}

/* What was added is evidence now: its fields become empty, unless something else stands in them already. */
function clearSent({ form, data }) {
  for (const place of form.querySelectorAll("[data-add]")) {
    const fields = [...place.querySelectorAll("input, select")].filter((field) => !field.matches("[data-caption]"));
    const gone = fields.filter((field) => field.value && wasSent(field, data));
    for (const field of gone) field.value = "";
    if (!gone.length) continue;
    const caption = place.querySelector("[data-caption]");
    if (wasSent(caption, data)) caption.value = "";
    for (const fold of place.querySelectorAll("details[open]")) fold.open = false;
  }
}

function wasSent(field, data) {
  if (field.type !== "file") return data.get(field.name) === field.value;
  const files = data.getAll(field.name);
  return [...field.files].every((file) => files.some((one) => one.name === file.name && one.size === file.size));
}

/* Moves the hidden state (revision, base_…) to the present one. An entry that was not touched here follows the server;
   one that was changed both here and elsewhere keeps its old state, so that the server notices and asks. */
function takeOverHidden(form, row, sent) {
  const groups = new Map();
  for (const hidden of row.querySelectorAll("input[type=hidden]")) {
    if (hidden.closest("[data-part]")) continue; // replaced with its part
    const key = hidden.closest("[data-row]")?.dataset.row ?? "";
    groups.set(key, [...(groups.get(key) ?? []), hidden]);
  }
  for (const group of groups.values()) {
    const settled = group.map((hidden) => settle(form, hidden, sent)).every(Boolean);
    const revision = group.find((hidden) => hidden.name.endsWith("revision"));
    if (settled && revision) form.elements.namedItem(revision.name).value = revision.value;
  }
}

function settle(form, fresh, sent) {
  const match = fresh.name.match(/^(.*?)base_(\w+)$/);
  if (!match) return true;
  const name = match[1] + match[2];
  const base = form.elements.namedItem(fresh.name);
  const entry = form.elements.namedItem(name); // a list of radio buttons has a value like a field
  const shown = entry.value.trim();
  if (shown !== fresh.value) {
    if (shown === base.value) entry.value = fresh.value;
    else if (sent?.get(name)?.trim() !== fresh.value) return false;
  }
  base.value = fresh.value;
  return true;
}
