/* data-sheet on a score sheet: its forms send themselves at every change, one after the other, and what follows from
   the entries is fetched again. Nothing typed is lost: what got no answer is sent again, under the same key and with
   the same content; what the server refuses is said at its field; what was changed elsewhere meanwhile is shown in
   both versions by sending the form as a page. */
import { deliver, snapshot } from "./sheet-delivery.js";
import { clearErrors, showErrors } from "./sheet-errors.js";
import { followLinks, showBar } from "./sheet-folds.js";
import { remember, takeOver } from "./sheet-parts.js";
import { announce, forget, locate } from "./sheet-position.js";

const SOON = 600;
const WHILE_TYPING = 2500;
const AGAIN = [5_000, 15_000, 60_000];

export function enhance(sheet) {
  const saved = sheet.querySelector("[data-saved]");
  const timers = new Map(); // form → timer until it is sent
  const ready = new Set(); // forms to be sent now, in this order
  const unanswered = new Map(); // form → the sending that got no answer
  const reached = new Map(); // form → the address its last receipt leads to
  let running = null;
  let failures = 0;
  let isLeaving = false;

  function schedule(form, delay) {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => { sendNow(form); }, delay));
  }

  function sendNow(...forms) {
    for (const form of forms) {
      clearTimeout(timers.get(form));
      timers.delete(form);
      ready.add(form);
    }
    running ??= sendReady().finally(() => { running = null; });
    return running;
  }

  async function sendReady() {
    let stale = null;
    while (ready.size) {
      const [form] = ready;
      ready.delete(form);
      if (await send(form) === "stale") stale = form;
    }
    if (!stale) return;
    isLeaving = true;
    stale.submit();
  }

  async function send(form) {
    const isAgain = unanswered.has(form);
    const sent = unanswered.get(form) ?? snapshot(form);
    reached.delete(form);
    clearErrors(form);
    say(sent.hasFiles ? "Mengirim berkas…" : "Menyimpan…");
    const answer = await deliver(sent);
    if (answer.kind === "unanswered") {
      unanswered.set(form, sent);
      say(answer.sentence, { failed: true, signIn: answer.isSignedOut });
      schedule(form, AGAIN[Math.min(failures, AGAIN.length - 1)]);
      failures += 1;
      return answer.kind;
    }
    unanswered.delete(form);
    failures = 0;
    forget(form);
    if (answer.kind === "stored") {
      reached.set(form, answer.location);
      say(`Tersimpan ${clock()}`);
      await refresh(sent);
      if (isAgain) schedule(form, 0);
    } else if (answer.kind === "refused") {
      say(showErrors(form, answer), { failed: true });
    }
    return answer.kind;
  }

  async function refresh(sent) {
    try {
      const response = await fetch(sheet.dataset.parts, { credentials: "same-origin" });
      if (!response.ok || response.redirected) return;
      takeOver(sheet, new DOMParser().parseFromString(await response.text(), "text/html"), sent);
    } catch { /* the entries are stored; the figures follow with the next change */ }
  }

  function say(words, { failed = false, signIn = false } = {}) {
    saved.textContent = words;
    saved.classList.toggle("so-failed", failed);
    if (!signIn) return;
    const link = document.createElement("a");
    link.href = sheet.dataset.signIn;
    link.target = "_blank";
    link.textContent = "Masuk";
    saved.append(" ", link);
  }

  sheet.addEventListener("change", async ({ target }) => {
    const form = target.closest("form[data-section]");
    if (!form || target.matches("[data-caption]")) return;
    if (target.matches("[data-locate]")) {
      say("Mengambil posisi…");
      await locate(form);
    }
    schedule(form, target.type === "file" ? 0 : SOON);
  });
  sheet.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-section]");
    if (form && event.target.matches("textarea")) schedule(form, WHILE_TYPING);
  });

  /* Enter in a field of one line stores it; the browser would press the button that leaves the section. */
  sheet.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input:is([type=text], [type=url], [data-caption])")) return;
    event.preventDefault();
    event.target.blur();
  });

  sheet.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.matches("form[data-section]")) {
      event.preventDefault();
      await sendNow(...timers.keys(), form);
      if (reached.has(form)) go(reached.get(form));
    } else if (form.matches("[data-send]") && hasUnsent()) {
      event.preventDefault();
      event.stopPropagation();
      await sendNow(...timers.keys());
      const button = sheet.querySelector("[data-send-now]");
      if (!hasUnsent() && button) button.form.requestSubmit(button);
    }
  }, { capture: true });

  /* Opens what the receipt leads to, without loading the page again. */
  function go(location) {
    const hash = location.slice(location.indexOf("#"));
    for (const section of sheet.querySelectorAll("details.so-k")) section.open = `#${section.id}` === hash;
    history.replaceState(null, "", hash);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  }

  function hasUnsent() {
    return Boolean(timers.size || ready.size || unanswered.size || running);
  }

  window.addEventListener("online", () => { sendNow(...unanswered.keys()); });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && hasUnsent()) event.preventDefault();
  });
  sheet.classList.add("so-saves-itself");
  announce(sheet);
  remember(sheet);
  followLinks(sheet);
  showBar(sheet);
}

/* 10.32, as the pages write it. */
function clock() {
  const now = new Date();
  return `${String(now.getHours()).padStart(2, "0")}.${String(now.getMinutes()).padStart(2, "0")}`;
}
