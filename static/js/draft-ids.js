/* data-draft on a form ("new" where it makes a record): a page out of the browser's history must not make two records
   one. Its key may have been accepted already; the server notes the last accepted keys in a cookie. Sent again
   unchanged the form keeps its key, so that the server gives the first answer again; with other content it becomes a
   draft of its own. Which content went out under a key is remembered per tab, as a number only. */
const ACCEPTED = "diterima";
const STORE = "isi-terkirim";
const NOT_CONTENT = new Set(["csrfmiddlewaretoken", "idempotency_key", "id", "revision"]);

export function enhance(form) {
  const { idempotency_key: key, id } = form.elements;
  if (!key) return;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const sent = recall();
    const content = fingerprint(new FormData(form));
    if (acceptedKeys().includes(key.value) && sent[key.value] !== content) {
      key.value = uuid7();
      if (form.dataset.draft === "new" && id) id.value = uuid7();
    }
    remember({ ...sent, [key.value]: content });
  });
}

function acceptedKeys() {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith(`${ACCEPTED}=`));
  return cookie ? cookie.slice(ACCEPTED.length + 1).split(".") : [];
}

/* 53 bits over names and values; of a file its name, size and time. */
function fingerprint(data) {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const [name, value] of data) {
    if (NOT_CONTENT.has(name)) continue;
    const text = value instanceof File ? `${value.name}\0${value.size}\0${value.lastModified}` : value;
    for (const unit of `${name}\0${text}\0`) {
      const code = unit.codePointAt(0);
      high = Math.imul(high ^ code, 2654435761);
      low = Math.imul(low ^ code, 1597334677);
    }
  }
  return (high & 0x1fffff) * 4294967296 + (low >>> 0);
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
    sessionStorage.setItem(STORE, JSON.stringify(Object.fromEntries(Object.entries(sent).slice(-20))));
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
