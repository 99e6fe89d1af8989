/* Search: fills the dialog that every page has, with Material's worker and index. Loaded when somebody comes near. */

(() => {
  const { base, worker: workerAddress } = document.body.dataset;
  // The page for lost readers has an address with a slash at its end already.
  const root = new URL(base.replace(/\/?$/, "/"), location.href);
  const dialog = document.getElementById("search");
  const field = dialog.querySelector("input");
  const status = dialog.querySelector("[role=status]");
  const list = dialog.querySelector("ol");
  let worker;
  // By the address of a lesson: the words it is about, from its title and its tags.
  const subjects = new Map();
  const KINDS = { "glossary/": "Trade word", "evidence/": "Source", "notes/": "Note", "article/": "Article" };

  // What stands between words, in the pages and in what is typed.
  const SEPARATOR = "[^A-Za-z0-9\\u00c0-\\u024f]+";
  const SIGNS = { lt: "<", gt: ">", quot: '"', amp: "&", "#39": "'", "#x27": "'" };
  const TYPES = { SETUP: 0, READY: 1, QUERY: 2, RESULT: 3 };

  /* Text with <mark> from the index, as nodes: nothing else of it is markup. */
  function marked(text) {
    const out = document.createDocumentFragment();
    text.replace(/<(?!\/?mark>)[^>]*>/g, " ").split(/<\/?mark>/).forEach((words, at) => {
      const plain = words.replace(/&(lt|gt|quot|amp|#39|#x27);/g, (_, name) => SIGNS[name]);
      out.append(at % 2 ? Object.assign(document.createElement("mark"), { textContent: plain }) : plain);
    });
    return out;
  }

  /* The words around the first match, short enough for two lines. */
  function around(text) {
    const at = Math.max(0, text.indexOf("<mark>"));
    const start = at > 70 ? text.indexOf(" ", at - 60) + 1 : 0;
    let end = Math.min(text.length, start + 190);
    if (end < text.length) end = text.lastIndexOf(" ", end);
    const cut = text.slice(start, end);
    const open = cut.lastIndexOf("<mark>") > cut.lastIndexOf("</mark>");
    return (start ? "… " : "") + cut + (open ? "</mark>" : "") + (end < text.length ? " …" : "");
  }

  const curly = (text) => text.replaceAll("'", "’");

  const parts = (text) => text.toLowerCase().normalize("NFC").split(new RegExp(SEPARATOR)).filter(Boolean);

  /* The lesson on a subject stands before every page that mentions it. */
  function rank([first]) {
    const about = subjects.get(first.location.split("#")[0]);
    const asked = parts(field.value);
    if (!about || !asked.length) return 2;
    if (about.has(`=${asked.join(" ")}`) || about.has(`=${asked.join(" ")}s`)) return 0; // one of its tags, whole
    return asked.every((word) => about.has(word) || about.has(`${word}s`)) ? 1 : 2;
  }

  /* What kind of thing a result is: "Tip 7", "Phrase", "Trade word". */
  function kind({ kind, location }) {
    return kind || Object.entries(KINDS).find(([folder]) => location.startsWith(folder) && location !== folder)?.[1];
  }

  function draw(items) {
    const focused = list.contains(document.activeElement) && document.activeElement.href;
    list.replaceChildren();
    // Pages with every word; where there is none, those with some of them.
    const asked = new Set(items.flat().flatMap((hit) => Object.keys(hit.terms || {})));
    const whole = items.filter((page) => [...asked].every((word) => page.some((hit) => hit.terms?.[word])));
    const fitting = whole.length ? whole : items;
    const found = fitting.map((page) => [rank(page), page]).sort(([one], [other]) => one - other).map(([, page]) => page).slice(0, 12);
    status.textContent = !field.value.trim() ? "Type a word, such as delay or fee."
      : !found.length ? "Nothing found. Try a shorter word."
      : (whole.length ? "" : "No page has all the words. ") + `${fitting.length === 1 ? "One page" : fitting.length + " pages"} found.`;
    for (const [first, ...more] of found) {
      const top = [first, ...more].find((hit) => !hit.location.includes("#")) || first;
      // Other names for what the page is about, given by its writer: then its text may have nothing to mark.
      const tags = (top.tags || []).filter((tag) => tag.includes("<mark>"));
      const best = tags.length ? top : [first, ...more].find((hit) => hit.text?.includes("<mark>")) || first;
      const link = document.createElement("a");
      link.href = new URL(best.location, root);
      const what = kind(top);
      if (what) link.append(Object.assign(document.createElement("i"), { textContent: what }), " ");
      const title = document.createElement("b");
      title.append(marked(curly(top.title)));
      link.append(title);
      if (best !== top) link.append(" – ", marked(curly(best.title)));
      const words = document.createElement("span");
      words.append(marked(around(best.text || "")));
      link.append(words);
      if (tags.length) {
        const about = document.createElement("span");
        about.append("About: ", marked(tags.join(", ")));
        link.append(about);
      }
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    // The link that had the focus is gone with the old list: its like takes it, or the field.
    if (focused) ([...list.querySelectorAll("a")].find(({ href }) => href === focused) || field).focus();
  }

  /* Each word as it is, and as the beginning of others; the first counts for more. */
  function query(typed) {
    const words = typed.normalize("NFC").split(new RegExp(SEPARATOR)).filter(Boolean);
    return words.flatMap((word) => [`${word}^4`, word]).join(" ");
  }

  function ask() {
    if (!field.value.trim()) draw([]);
    else worker?.postMessage({ type: TYPES.QUERY, data: query(field.value) });
  }

  async function start() {
    const index = await (await fetch(new URL("search/search_index.json", root))).json();
    for (const { kind, location, title, tags } of index.docs) {
      if (kind && !location.includes("#")) subjects.set(location, new Set([...parts(`${title} ${tags || ""}`), ...(tags || []).map((tag) => `=${parts(tag).join(" ")}`)]));
    }
    const starting = new Worker(trusted.createScriptURL(workerAddress));
    starting.onmessage = ({ data }) => {
      if (data.type === TYPES.READY) { worker = starting; ask(); }
      if (data.type === TYPES.RESULT && field.value.trim()) draw(data.data.items);
    };
    starting.postMessage({
      type: TYPES.SETUP,
      data: {
        config: { ...index.config, separator: SEPARATOR, fields: { title: { boost: 10 }, text: { boost: 1 }, tags: { boost: 10 } } },
        docs: index.docs,
        options: { suggest: false },
      },
    });
  }

  field.addEventListener("input", ask);
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  list.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [field, ...list.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });
  ask();
  start().catch(() => { status.textContent = "Search could not be loaded. The foot of the page lists everything."; });
})();
