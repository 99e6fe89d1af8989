// "What is kept on this device": shows it, saves it to a file, loads it from
// one, and erases it. Drawn here, so that without a script nothing dead stands.

(() => {
  const place = document.getElementById("device-data");
  if (!place) return;
  const PROGRESS = "pushback.progress";
  const PRACTICE = "pushback.practice";
  const SIZE = 1e6; // a file of ours has a few thousand characters
  const isOurs = (key) => key === "scheme" || key.startsWith("pushback.") || key.startsWith("sheet:");

  const make = (name, told, ...inside) => {
    const made = Object.assign(document.createElement(name), told);
    made.append(...inside);
    return made;
  };
  const button = (words, action) => {
    const made = make("button", { type: "button" }, words);
    made.addEventListener("click", action);
    return made;
  };
  const many = (count, one, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;
  const parsed = (text) => { try { return Object(JSON.parse(text)); } catch { return {}; } };
  const done = (data) => (Array.isArray(data.done) ? data.done : Object.keys(Object(data.done)));

  const ours = () => Object.keys(localStorage).filter(isOurs).sort();
  const kept = () => Object.fromEntries(ours().map((key) => [key, localStorage.getItem(key)]));

  const list = make("ul");
  const exactly = make("pre", { tabIndex: 0 });
  exactly.setAttribute("aria-label", "As it is kept");
  exactly.setAttribute("role", "region");
  const shown = make("details", {}, make("summary", {}, "See it exactly as it is kept"), exactly);
  const status = make("p", { className: "device-status" });
  status.setAttribute("role", "status");
  const file = make("input", { type: "file", accept: ".json,application/json", hidden: true });
  const tools = make("p", { className: "device-tools" });

  function draw() {
    const now = kept();
    const lessons = done(parsed(now[PROGRESS])).length;
    const phrases = Object.keys(Object(parsed(now[PRACTICE]).cards)).length;
    const sheets = Object.keys(now).filter((key) => key.startsWith("sheet:")).length;
    const facts = [
      lessons && `${many(lessons, "lesson")} marked as done`,
      phrases && `ratings of ${many(phrases, "phrase")}`,
      now.scheme && `your choice of colours: ${now.scheme}`,
      sheets && `the figures of ${many(sheets, "sheet")}`,
    ].filter(Boolean);
    list.replaceChildren(...(facts.length ? facts : ["Nothing."]).map((fact) => make("li", {}, fact)));
    exactly.textContent = Object.entries(now).map(([key, text]) => `${key}\n${text}`).join("\n\n");
    shown.hidden = !exactly.textContent;
    tools.replaceChildren(
      ...(exactly.textContent ? [save] : []), load, ...(exactly.textContent ? [erase] : []), file);
  }

  const save = button("Save to a file", () => {
    const text = JSON.stringify({ site: "pushback", version: 1, kept: kept() }, null, 2);
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    make("a", { href: address, download: "pushback.json" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    status.textContent = "The file is called pushback.json.";
  });

  // What is here and what the file brings, together: marks of both, and for a
  // phrase in both the rating that comes back later. Of the rest the file's.
  function together(key, here, coming) {
    if (key === PROGRESS) {
      const [a, b] = [parsed(here), parsed(coming)];
      return JSON.stringify({ version: 1, ...b, ...a, done: [...new Set([...done(b), ...done(a)])] });
    }
    if (key === PRACTICE) {
      const [a, b] = [parsed(here), parsed(coming)];
      const cards = { ...Object(b.cards) };
      for (const [card, rating] of Object.entries(Object(a.cards))) {
        if (!(cards[card]?.due > rating?.due)) cards[card] = rating;
      }
      return JSON.stringify({ version: 1, ...b, ...a, cards });
    }
    return coming;
  }

  const load = button("Load from a file", () => file.click());
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    let coming = [];
    try {
      const data = chosen.size > SIZE ? {} : JSON.parse(await chosen.text());
      if (data.site === "pushback") {
        coming = Object.entries(Object(data.kept)).filter(([key, text]) => isOurs(key) && typeof text === "string");
      }
    } catch { /* no file of ours: said below */ }
    file.value = "";
    if (!coming.length) {
      status.textContent = "That file was not saved from this page, or it is damaged. Nothing was changed.";
      return;
    }
    const before = kept();
    try {
      for (const [key, text] of coming) localStorage.setItem(key, together(key, localStorage.getItem(key), text));
      status.textContent = "Loaded, and added to what was here. Colours change when you open the next page.";
    } catch {
      for (const [key, text] of Object.entries(before)) localStorage.setItem(key, text);
      status.textContent = "This browser’s store is full, so not all of the file could be kept.";
    }
    draw();
  });

  const erase = button("Erase all of it", () => {
    const stay = button("Keep it", () => { draw(); status.textContent = "Nothing was erased."; erase.focus(); });
    const go = button("Yes, erase it", () => {
      for (const key of ours()) localStorage.removeItem(key);
      draw();
      status.textContent = "Erased. Nothing is kept on this device now.";
      load.focus();
    });
    tools.replaceChildren(make("span", {}, "Erase all of this for good? "), go, stay);
    stay.focus();
  });

  try {
    localStorage.setItem("pushback.try", "1");
    localStorage.removeItem("pushback.try");
  } catch {
    place.append(make("p", {}, "This browser allows no storage here, so nothing is kept."));
    return;
  }
  place.append(make("h3", {}, "On this device now"), list, shown, tools, status);
  draw();
  addEventListener("storage", ({ key }) => { if (key === null || (isOurs(key) && key !== "pushback.try")) draw(); });
})();
