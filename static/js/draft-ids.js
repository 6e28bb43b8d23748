/* data-draft on a form ("new" where it makes a record): a page out of the browser's history must neither make two
   records one nor one record two. Sent again unchanged the form gets its old key, so that the server gives its first
   answer again; with other content under a key that was accepted it becomes a draft of its own. The server notes the
   last accepted keys in a cookie; what went out under which key is remembered per tab, as a number only. */
const ACCEPTED = "diterima";
const STORE = "isi-terkirim";
const REMEMBERED = 20;
const NOT_CONTENT = new Set(["csrfmiddlewaretoken", "idempotency_key", "id"]);

export function enhance(form) {
  const { idempotency_key: key, id } = form.elements;
  if (!key) return;
  const isNew = form.dataset.draft === "new" && id;
  let isFromHistory = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  window.addEventListener("pageshow", (event) => { isFromHistory ||= event.persisted; });

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const sent = recall();
    const content = fingerprint(form);
    const earlier = sent[content];
    if (earlier && isFromHistory) {
      key.value = earlier.key;
      if (isNew) id.value = earlier.id;
    } else if (earlier?.key !== key.value && acceptedKeys().includes(key.value)) {
      key.value = uuid7();
      if (isNew) id.value = uuid7();
    }
    delete sent[content];
    remember({ ...sent, [content]: { key: key.value, id: id?.value } });
  });
}

function acceptedKeys() {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith(`${ACCEPTED}=`));
  return cookie ? cookie.slice(ACCEPTED.length + 1).split(".") : [];
}

/* 53 bits over the address, names and values, with a dash: keys that look like numbers would lose their order. */
function fingerprint(form) {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  const fields = [...new FormData(form)].filter(([name]) => !NOT_CONTENT.has(name));
  for (const [name, value] of [["", form.action], ...fields]) {
    const text = value instanceof File ? describe(value) : value;
    for (const unit of `${name}\0${text}\0`) {
      const code = unit.codePointAt(0);
      high = Math.imul(high ^ code, 2654435761);
      low = Math.imul(low ^ code, 1597334677);
    }
  }
  return `${(high & 0x1fffff) * 4294967296 + (low >>> 0)}-`;
}

/* Where no file is chosen the form holds an empty one made this moment. */
function describe(file) {
  return file.name ? `${file.name}\0${file.size}\0${file.lastModified}` : "";
}

/* A browser that refuses storage sends as it would without this script. */
function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
}

function remember(sent) {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(Object.fromEntries(Object.entries(sent).slice(-REMEMBERED))));
  } catch { /* full or refused */ }
}

/* RFC 9562, version 7; `crypto.randomUUID` is missing on plain http. */
export function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setBigUint64(0, BigInt(Date.now()) << 16n | BigInt(bytes[6] << 8 | bytes[7]));
  bytes[6] = bytes[6] & 0x0f | 0x70;
  bytes[8] = bytes[8] & 0x3f | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
