/* data-twin-hint on the form of a record: once what is typed names it and places it, a quiet line says which records may
   be the same. data-address is asked; the fields in data-fields are sent. Saving asks in any case, also without this. */
const WAIT = 600;

export function enhance(line) {
  const form = line.closest("form");
  const fields = line.dataset.fields.split(" ");
  const list = line.querySelector("ul");
  let waiting, asked;

  async function ask() {
    const data = new FormData(form);
    const query = new URLSearchParams(fields.map((name) => [name, data.get(name) ?? ""])).toString();
    if (query === asked) return;
    asked = query;
    const response = await fetch(`${line.dataset.address}?${query}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (query !== asked) return;
    show(response?.ok ? (await response.json()).hits : []);
  }

  function show(hits) {
    list.replaceChildren(
      ...hits.map((hit) => {
        const item = document.createElement("li");
        const link = Object.assign(document.createElement("a"), { href: hit.address, target: "_blank", rel: "noopener", textContent: hit.name });
        item.append(link, `, ${hit.place}`);
        return item;
      }),
    );
    line.hidden = !hits.length;
  }

  function follow(event) {
    if (!fields.includes(event.target.name) && !event.target.closest("[data-wilayah-field]")) return;
    event.target.closest(".so-field")?.after(line);
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT);
  }

  form.addEventListener("input", follow);
  form.addEventListener("change", follow);
}
