/* data-wilayah-field around an area field: its text box becomes a combobox with a list of areas (ARIA APG, list
   autocomplete with manual selection). The search button and the radios of the plain page go; what is sent stays the same. */
const WAIT = 200;
const SHORTEST = 2;
const KEPT_ANSWERS = 40;

export function enhance(root) {
  new AreaField(root);
}

class AreaField {
  constructor(root) {
    this.root = root;
    this.words = root.dataset;
    this.text = root.querySelector("input[type=text]");
    this.shown = root.querySelector("[data-wilayah-shown]");
    this.status = root.querySelector("[data-wilayah-status]");
    this.option = root.querySelector("[data-wilayah-option]");
    this.code = root.querySelector("[data-wilayah-code]") ?? this.makeCode();
    this.list = this.makeList();
    this.chosen = { code: this.code.value, label: this.code.value ? this.shown.value : "" };
    this.answers = new Map();
    this.hits = [];
    this.active = -1;

    root.querySelectorAll("[data-wilayah-plain]").forEach((element) => element.remove());
    this.becomeCombobox();
    this.listen();
    this.setCode(this.code.value);
    this.say("");
  }

  makeCode() {
    const code = document.createElement("input");
    code.type = "hidden";
    code.autocomplete = "off";
    code.name = this.text.name.replace(/_teks$/, "");
    this.shown.after(code);
    return code;
  }

  makeList() {
    const list = document.createElement("ul");
    list.className = "so-hits";
    list.id = `${this.text.id}-hits`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.text.labels[0]?.textContent.trim() ?? "");
    this.text.after(list);
    return list;
  }

  becomeCombobox() {
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(attributes)) this.text.setAttribute(name, value);
  }

  listen() {
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    this.text.addEventListener("focus", () => this.focused());
    this.text.addEventListener("blur", () => this.left());
    this.text.addEventListener("click", () => this.reopen());
    // Keeps the focus in the text box, so that touching an area does not close the list first.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
    // An address with ?wilayah=33.29 says all; the two texts would only make it long.
    if (this.text.form?.method === "get") {
      this.text.form.addEventListener("formdata", ({ formData }) => {
        if (this.text.value && !this.code.value) return;
        formData.delete(this.text.name);
        formData.delete(this.shown.name);
      });
    }
  }

  typed() {
    const isChosen = this.chosen.code && this.text.value.trim() === this.chosen.label;
    this.setCode(isChosen ? this.chosen.code : "");
    clearTimeout(this.timer);
    if (isChosen || this.text.value.trim().length < SHORTEST) {
      this.stop();
      this.close();
      this.say("");
      return;
    }
    this.timer = setTimeout(() => this.search(), WAIT);
  }

  pressed(event) {
    const keys = {
      ArrowDown: () => (this.isOpen ? this.move(this.active + 1) : this.openAnd(event.altKey ? -1 : 0)),
      ArrowUp: () => (event.altKey ? this.close() : this.isOpen ? this.move(this.active - 1) : this.openAnd(-2)),
      Enter: () => this.enter(),
      Escape: () => (this.isOpen ? this.close() : undefined),
      Tab: () => this.isOpen && this.active >= 0 && void this.choose(this.active),
      Home: () => void this.move(-1),
      End: () => void this.move(-1),
    };
    if (event.isComposing || !(event.key in keys)) return;
    // What returns undefined goes on to the browser: Tab leaves, Home and End move the caret.
    if (keys[event.key]() !== undefined && event.key !== "Tab") event.preventDefault();
  }

  /* Enter takes the marked area; without one it marks the first, and a text not looked for yet is looked for now.
     Only with an area chosen, or with nothing typed, does it send the form. */
  enter() {
    if (this.isOpen && this.active >= 0) return this.choose(this.active);
    if (this.code.value || !this.text.value.trim()) return undefined;
    return this.isOpen ? this.move(0) : this.openAnd(0);
  }

  focused() {
    if (this.code.value) this.text.select();
    else this.reopen();
  }

  reopen() {
    if (!this.isOpen && !this.running && !this.code.value && this.text.value.trim()) this.search();
  }

  left() {
    clearTimeout(this.timer);
    this.stop();
    this.close();
    if (!this.text.value.trim()) this.say("");
    else if (!this.code.value) this.say(this.words.unchosen);
  }

  async openAnd(place) {
    if (this.code.value || !this.text.value.trim()) return;
    await this.search();
    if (this.isOpen && place !== -1) this.move(place === -2 ? this.hits.length - 1 : place);
  }

  async search() {
    clearTimeout(this.timer);
    const query = this.text.value.trim();
    this.stop();
    const waiting = setTimeout(() => this.say(this.words.searching), 400);
    const running = (this.running = new AbortController());
    try {
      const answer = await this.ask(query, running.signal);
      if (running.signal.aborted) return;
      this.show(answer);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.close();
      this.say(error instanceof SignedOut ? this.words.signedOut : this.words.offline);
    } finally {
      clearTimeout(waiting);
      if (this.running === running) this.running = null;
    }
  }

  async ask(query, signal) {
    if (this.answers.has(query)) return this.answers.get(query);
    const address = new URL(this.words.source, location.href);
    address.searchParams.set("q", query);
    const response = await fetch(address, { signal, headers: { Accept: "application/json" } });
    if (response.redirected) throw new SignedOut();
    if (!response.ok) throw new Error(response.statusText);
    const answer = await response.json();
    if (this.answers.size >= KEPT_ANSWERS) this.answers.clear();
    this.answers.set(query, answer);
    return answer;
  }

  stop() {
    this.running?.abort();
    this.running = null;
  }

  show({ hits, message }) {
    this.hits = hits;
    this.active = -1;
    this.list.replaceChildren(...hits.map((hit, place) => this.optionOf(hit, place)));
    this.toggle(hits.length > 0 && document.activeElement === this.text);
    this.say(message);
    if (this.isOpen && this.list.getBoundingClientRect().bottom > innerHeight) {
      (this.root.closest(".so-field") ?? this.root).scrollIntoView({ block: "start" });
    } else {
      this.status.scrollIntoView({ block: "nearest" }); // not below the bar at the bottom
    }
  }

  optionOf(hit, place) {
    const option = this.option.content.firstElementChild.cloneNode(true);
    option.id = `${this.list.id}-${place}`;
    option.querySelector("b").append(...pieces(hit.name_pieces));
    option.querySelector("span").append(...pieces(hit.above_pieces));
    return option;
  }

  get isOpen() {
    return !this.list.hidden;
  }

  toggle(open) {
    this.list.hidden = !open;
    this.text.setAttribute("aria-expanded", String(open));
    this.text.classList.toggle("so-open", open);
    if (!open) this.mark(-1);
  }

  close() {
    this.toggle(false);
    return true;
  }

  /* Mark the area at `place`; before the first and after the last the text box itself is next. */
  move(place) {
    if (!this.isOpen) return true;
    const count = this.hits.length;
    this.mark(place >= count ? -1 : place < -1 ? count - 1 : place);
    return true;
  }

  mark(place) {
    this.active = place;
    [...this.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
    const option = this.list.children[place];
    if (!option) return this.text.removeAttribute("aria-activedescendant");
    this.text.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  choose(place) {
    const { code, label } = this.hits[place];
    this.chosen = { code, label };
    this.text.value = label;
    this.shown.value = label;
    this.stop();
    this.setCode(code);
    this.close();
    this.say(`${this.words.chosen} ${label}`, { isSeen: false });
    this.mend();
    return true;
  }

  /* An area of the list is never wrong: what the server said of the one before no longer holds. */
  mend() {
    const error = `${this.text.id}_error`;
    const rest = this.text.getAttribute("aria-describedby")?.split(" ").filter((id) => id !== error) ?? [];
    if (rest.length) this.text.setAttribute("aria-describedby", rest.join(" "));
    else this.text.removeAttribute("aria-describedby");
    this.text.removeAttribute("aria-invalid");
    this.text.classList.remove("is-invalid");
    document.getElementById(error)?.remove();
  }

  setCode(code) {
    const isUnchosen = !code && this.text.value.trim() !== "";
    this.text.setCustomValidity(isUnchosen ? this.words.unchosen : "");
    if (this.code.value === code) return;
    this.code.value = code;
    this.code.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* Shown below the list and read out; what stands in the text box anyway is only read out. */
  say(sentence, { isSeen = true } = {}) {
    this.status.classList.toggle("visually-hidden", !isSeen);
    if (this.status.textContent !== sentence) this.status.textContent = sentence;
  }
}

class SignedOut extends Error {}

/* `[["Bent", true], ["arsari", false]]` as text and <mark>. */
function pieces(parts) {
  return parts.map(([text, isMarked]) => {
    if (!isMarked) return text;
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  });
}
