/* What the server refuses, said at its field; the names in the answer are those of the fields. */
const MARK = "data-said";

export function clearErrors(form) {
  for (const error of form.querySelectorAll(`[${MARK}]`)) {
    for (const field of form.querySelectorAll(`[aria-describedby="${error.id}"]`)) {
      field.removeAttribute("aria-describedby");
      field.removeAttribute("aria-invalid");
    }
    error.remove();
  }
}

/* Shows the errors of `answer` and returns the sentence for the bar. */
export function showErrors(form, { errors = {}, sentence = "" }) {
  const others = [];
  for (const [name, list] of Object.entries(errors)) {
    const words = list.map((error) => error.message).join(" ");
    const place = placeOf(form, name);
    if (place) say(place, name, words, form);
    else others.push(words);
  }
  if (sentence) return sentence;
  if (others.length) return `Belum tersimpan: ${others.join(" ")}`;
  return `Belum tersimpan, ${Object.keys(errors).length} hal perlu diperbaiki.`;
}

function placeOf(form, name) {
  const field = form.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
  return field?.closest("fieldset, .so-field, .so-caption, .so-add > details, [data-part]");
}

function say(place, name, words, form) {
  const error = document.createElement("p");
  error.className = "so-err";
  error.id = `galat-${name}`;
  error.setAttribute(MARK, "");
  error.append(sign(form), Object.assign(document.createElement("span"), { textContent: words }));
  place.append(error);
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const field = form.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
  if (place.matches("fieldset")) return place.setAttribute("aria-describedby", error.id);
  field.setAttribute("aria-describedby", error.id);
  field.setAttribute("aria-invalid", "true");
}

/* The sign of a warning, made of one that is there. */
function sign(form) {
  const icon = form.querySelector("svg.ik").cloneNode(true);
  const use = icon.querySelector("use");
  icon.setAttribute("class", "ik");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#i-awas"));
  return icon;
}
