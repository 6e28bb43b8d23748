/* One sending of a form of the sheet: what is sent, and what the answer means. */
import { uuid7 } from "./draft-ids.js";
import { refresh } from "./fresh-token.js";

const UNREACHABLE = "Belum tersimpan: server tidak terjangkau. Isian tetap di sini dan dikirim lagi.";
const SIGNED_OUT = "Belum tersimpan: sesi Anda berakhir. Masuk lagi di jendela lain; isian di sini dikirim lagi.";
const BROKEN = "Belum tersimpan: ada kesalahan di server. Isian tetap di sini dan dikirim lagi.";
const CLOSED = "Belum tersimpan: penilaian ini tidak dapat Anda ubah lagi. Muat ulang halamannya.";
const TOO_BIG = "Belum tersimpan: kiriman ini terlalu besar. Pilih berkasnya satu per satu.";

/* The form as it is now, under a key of its own. A caption that has no evidence yet stays behind. */
export function snapshot(form) {
  const data = new FormData(form);
  data.set("idempotency_key", uuid7());
  for (const place of form.querySelectorAll("[data-add]")) {
    if (!hasEvidence(place)) data.set(place.querySelector("[data-caption]").name, "");
  }
  const hasFiles = [...data.values()].some((value) => value instanceof File && value.size);
  return { form, data, hasFiles };
}

function hasEvidence(place) {
  return [...place.querySelectorAll("input, select")].some((field) => !field.matches("[data-caption]") && field.value);
}

/* Sends it and says what became of it: "stored" only where the answer carries the receipt, so never because of a
   page that somebody in between put in its place; "stale", "refused", or "unanswered". */
export async function deliver({ form, data }) {
  refresh(form);
  data.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
  let response;
  let answer = {};
  try {
    response = await fetch(window.location.pathname, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    if (response.headers.get("Content-Type")?.startsWith("application/json")) answer = await response.json();
  } catch {
    return { kind: "unanswered", sentence: UNREACHABLE };
  }
  if (answer.receipt === data.get("idempotency_key")) return { kind: "stored", location: answer.location };
  if (response.status === 503) return { kind: "unanswered", sentence: BROKEN };
  if (answer.errors) return { kind: isStale(answer.errors) ? "stale" : "refused", errors: answer.errors };
  if (response.redirected) return { kind: "unanswered", sentence: SIGNED_OUT, isSignedOut: true };
  if (response.status === 403 || response.status === 404) return { kind: "refused", sentence: CLOSED };
  if (response.status === 400 || response.status === 413) return { kind: "refused", sentence: TOO_BIG };
  return { kind: "unanswered", sentence: response.ok ? UNREACHABLE : BROKEN };
}

function isStale(errors) {
  return Object.values(errors).flat().some((error) => error.code === "stale");
}
