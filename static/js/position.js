/* data-position on the part of a form that asks for a position: a button takes it from the phone.
   The best fix of half a minute counts; typing into the fields makes it a position by hand. Without this script, or
   where the browser has no geolocation, the fields are simply filled in by hand.

   Inside:  [data-position-measure] what belongs to measuring, hidden in the page
            [data-position-take]    the button
            [data-position-report]  live region for what happens
            fields by the end of their names: latitude, longitude, accuracy, position_source, position_at */
const GOOD = 10;
const FAIR = 100;
const LONGEST = 30000;
const GRADES = [
  { upTo: GOOD, state: "good", icon: "centang", word: "baik", advice: "" },
  { upTo: FAIR, state: "soon", icon: "awas", word: "cukup", advice: "Bila sempat, ambil sekali lagi di tempat yang lebih terbuka." },
  { upTo: Infinity, state: "bad", icon: "awas", word: "kurang", advice: "Pindah ke tempat terbuka, lalu ambil ulang posisi." },
];
const TAKE = "Ambil posisi";
const RETAKE = "Ambil ulang posisi";
const STOP = "Cukup, pakai posisi ini";
const SEARCHING = "Mencari posisi. Tunggu di bawah langit terbuka, paling lama 30 detik.";
const FAILURES = {
  1: ["Izin lokasi ditolak", "Izinkan lokasi untuk halaman ini di pengaturan peramban, lalu coba lagi. Atau isi koordinatnya sendiri di bawah."],
  2: ["Posisi tidak ditemukan", "Nyalakan lokasi (GPS) di ponsel dan pindah ke tempat terbuka, lalu coba lagi. Atau isi koordinatnya sendiri di bawah."],
  3: ["Belum ada posisi dalam 30 detik", "Pindah ke tempat yang lebih terbuka, lalu coba lagi. Atau isi koordinatnya sendiri di bawah."],
};

export function enhance(part) {
  const button = part.querySelector("[data-position-take]");
  const report = part.querySelector("[data-position-report]");
  if (!button || !report || !navigator.geolocation || !window.isSecureContext) return;

  const fields = Object.fromEntries(
    ["latitude", "longitude", "accuracy", "position_source", "position_at"]
      .map((name) => [name, part.querySelector(`[name$="${name}"]`)]),
  );
  let search = null;

  for (const measure of part.querySelectorAll("[data-position-measure]")) measure.hidden = false;
  label(button, fields.latitude.value ? RETAKE : TAKE);
  button.addEventListener("click", () => (search ? finish() : start()));
  for (const name of ["latitude", "longitude"]) fields[name].addEventListener("input", byHand);

  function start() {
    search = { best: null, watch: null, timer: null };
    button.setAttribute("aria-busy", "true");
    say(report, { state: "info", icon: "gps", title: SEARCHING });
    search.timer = setTimeout(() => finish({ code: 3 }), LONGEST);
    search.watch = navigator.geolocation.watchPosition(better, (error) => finish(error), {
      enableHighAccuracy: true, maximumAge: 0, timeout: LONGEST,
    });
  }

  function better(fix) {
    if (!search || (search.best && search.best.coords.accuracy <= fix.coords.accuracy)) return;
    search.best = fix;
    fill(fix);
    label(button, STOP);
    show(fix, true);
    if (fix.coords.accuracy <= GOOD) finish();
  }

  function finish(error) {
    if (!search) return;
    const { best, watch, timer } = search;
    search = null;
    clearTimeout(timer);
    navigator.geolocation.clearWatch(watch);
    button.removeAttribute("aria-busy");
    label(button, best || fields.latitude.value ? RETAKE : TAKE);
    if (best) show(best, false);
    else if (error) fail(error);
  }

  function fill(fix) {
    set(fields.latitude, decimal(fix.coords.latitude, 6));
    set(fields.longitude, decimal(fix.coords.longitude, 6));
    set(fields.accuracy, String(Math.max(1, Math.ceil(fix.coords.accuracy))));
    set(fields.position_source, "gps");
    set(fields.position_at, new Date(fix.timestamp).toISOString());
  }

  function byHand(event) {
    if (!event.isTrusted) return;
    if (search) finish();
    set(fields.accuracy, "");
    set(fields.position_source, "manual");
    set(fields.position_at, "");
    report.replaceChildren();
  }

  function show(fix, searching) {
    const metres = Math.max(1, Math.ceil(fix.coords.accuracy));
    const grade = GRADES.find(({ upTo }) => metres <= upTo);
    const place = `${decimal(fix.coords.latitude, 5)}; ${decimal(fix.coords.longitude, 5)}`.replaceAll("-", "−");
    say(report, {
      state: grade.state,
      icon: grade.icon,
      title: `Ketelitian ± ${metres.toLocaleString("id-ID")} m: ${grade.word}`,
      lines: [place, searching ? "Masih mencari yang lebih teliti." : grade.advice],
    });
  }

  function fail(error) {
    const [title, advice] = FAILURES[error.code] ?? FAILURES[2];
    say(report, { state: "bad", icon: "awas", title, lines: [advice] });
    fields.latitude.closest("details")?.setAttribute("open", "");
  }
}

function decimal(degrees, places) {
  return degrees.toFixed(places).replace(".", ",");
}

function set(field, value) {
  if (!field) return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function label(button, words) {
  button.querySelector("span").textContent = words;
}

function say(report, { state, icon, title, lines = [] }) {
  const note = document.createElement("div");
  note.className = `so-note so-${state}`;
  note.append(picture(report.dataset.icons, icon), paragraph(title, "so-note-h"));
  for (const line of lines.filter(Boolean)) note.append(paragraph(line));
  report.replaceChildren(note);
}

function paragraph(words, className = "") {
  const element = document.createElement("p");
  element.className = className;
  element.textContent = words;
  return element;
}

function picture(file, name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  svg.setAttribute("class", "ik");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${file}#i-${name}`);
  svg.append(use);
  return svg;
}
