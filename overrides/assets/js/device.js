// "What is kept on this device": shows it, saves it to a file, loads it from
// one, and erases it. Drawn here, so that without a script nothing dead stands.

(() => {
  const place = document.getElementById("device-data");
  if (!place) return;
  const { make, button, PREFIX } = kit;
  const SIZE = 1e6; // a file of ours has a few thousand characters
  const KINDS = /^(scheme|progress|practice|own|(sheet|turn)\.[\w/.-]{1,80})$/;
  // Names that mean something to the language itself; none of ours is called so.
  const NEVER = ["__proto__", "constructor", "prototype"];

  const many = (count, one, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;
  const plain = (data) => typeof data === "object" && data !== null && !Array.isArray(data);
  const parsed = (text) => { try { return Object(JSON.parse(text)); } catch { return {}; } };
  const done = (data) => (Array.isArray(data.done) ? data.done : Object.keys(Object(data.done)));

  const list = make("ul");
  const exactly = make("pre", { tabIndex: 0, ariaLabel: "As it is kept", role: "region" });
  const shown = make("details", {}, make("summary", {}, "See it exactly as it is kept"), exactly);
  const status = kit.status({ className: "device-status" });
  const file = make("input", { type: "file", accept: ".json,application/json", hidden: true });
  const tools = make("p", { className: "device-tools" });

  function draw() {
    const now = kit.everything();
    const lessons = done(parsed(now[PREFIX + "progress"])).length;
    const phrases = Object.keys(Object(parsed(now[PREFIX + "practice"]).cards)).length;
    const own = [].concat(parsed(now[PREFIX + "own"]).moments ?? []).length;
    const begin = (name) => Object.keys(now).filter((key) => key.startsWith(PREFIX + name)).length;
    const facts = [
      lessons && `${many(lessons, "lesson")} marked as done`,
      phrases && `ratings of ${many(phrases, "phrase")}`,
      own && `${many(own, "moment")} of your own`,
      now[PREFIX + "scheme"] && `your choice of colours: ${now[PREFIX + "scheme"]}`,
      begin("sheet.") && `the figures of ${many(begin("sheet."), "sheet")}`,
      begin("turn.") && `your words in ${many(begin("turn."), "exercise")}`,
    ].filter(Boolean);
    list.replaceChildren(...(facts.length ? facts : ["Nothing."]).map((fact) => make("li", {}, fact)));
    exactly.textContent = Object.entries(now).map(([key, text]) => `${key}\n${text}`).join("\n\n");
    shown.hidden = !exactly.textContent;
    tools.replaceChildren(
      ...(exactly.textContent ? [save] : []), load, ...(exactly.textContent ? [erase] : []), file);
  }

  const save = button("Save to a file", () => {
    kit.saveAll();
    status.textContent = "The file is called pushback.json.";
  });

  // Whether one thing of a file has the shape that this site gives it. One that has not spoils the whole file.
  function fits(name, data) {
    const words = (value, most = 2000) => typeof value === "string" && value.length <= most;
    const rating = (one) => plain(one) && Number.isInteger(one.box) && /^\d{4}-\d\d-\d\d$/.test(one.due);
    if (name === "scheme") return data === "light" || data === "dark";
    if (name.startsWith("sheet.")) {
      return (Array.isArray(data) || plain(data)) && Object.values(data).every((value) => words(value, 60));
    }
    if (!plain(data)) return false;
    if (name.startsWith("turn.")) return Object.values(data).every((value) => words(value, 20000));
    if (name === "progress") return Array.isArray(data.done) ? data.done.length < 1000 : plain(data.done);
    if (name === "practice") return plain(data.cards) && Object.values(data.cards).every(rating);
    return Array.isArray(data.moments) && data.moments.length <= 500
      && data.moments.every((one) => plain(one) && words(one.id, 60) && words(one.they_say) && words(one.strong));
  }

  // What a file holds of ours, or undefined where it is not one, or anything in it is not as it should be.
  function contents(text) {
    const data = JSON.parse(text, (key, value) => {
      if (NEVER.includes(key)) throw new TypeError(key);
      return value;
    });
    if (data?.site !== "pushback" || !plain(data.kept)) return undefined;
    const found = [];
    for (const [key, words] of Object.entries(data.kept)) {
      // Files saved before everything had one prefix.
      const name = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key.replace(/^sheet:/, "sheet.");
      if (!KINDS.test(name) || typeof words !== "string") return undefined;
      const inside = name === "scheme" ? words : JSON.parse(words, (inner, value) => {
        if (NEVER.includes(inner)) throw new TypeError(inner);
        return value;
      });
      if (!fits(name, inside)) return undefined;
      found.push([name, words]);
    }
    return found.length ? found : undefined;
  }

  // What is here and what the file brings, together: marks of both, and for a
  // phrase in both the rating that comes back later. Of the rest the file's.
  function together(name, here, coming) {
    const [a, b] = [parsed(here), parsed(coming)];
    if (name === "progress") return JSON.stringify({ version: 1, ...b, ...a, done: [...new Set([...done(b), ...done(a)])] });
    if (name === "practice") {
      const cards = { ...Object(b.cards) };
      for (const [card, rating] of Object.entries(Object(a.cards))) {
        if (!(cards[card]?.due > rating?.due)) cards[card] = rating;
      }
      return JSON.stringify({ version: 1, ...b, ...a, cards });
    }
    if (name === "own") {
      const mine = [].concat(a.moments ?? []);
      const other = b.moments.filter(({ id }) => !mine.some((one) => one?.id === id));
      return JSON.stringify({ version: 1, ...b, ...a, moments: [...mine, ...other] });
    }
    return coming;
  }

  const load = button("Load from a file", () => file.click());
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    let coming;
    try { if (chosen.size <= SIZE) coming = contents(await chosen.text()); } catch { /* said below */ }
    file.value = "";
    if (!coming) {
      status.textContent = "That file was not saved from this page, or it is damaged. Nothing was changed.";
      return;
    }
    const before = kit.everything();
    try {
      for (const [name, text] of coming) localStorage.setItem(PREFIX + name, together(name, before[PREFIX + name], text));
      status.textContent = "Loaded, and added to what was here. Colours change when you open the next page.";
    } catch {
      for (const [name] of coming) kit.erase(name);
      for (const [key, text] of Object.entries(before)) localStorage.setItem(key, text);
      status.textContent = "This browser’s store is full, so nothing of the file was kept.";
    }
    draw();
  });

  const erase = button("Erase all of it", () => {
    const stay = button("Keep it", () => { draw(); status.textContent = "Nothing was erased."; erase.focus(); });
    const go = button("Yes, erase it", () => {
      for (const key of Object.keys(kit.everything())) localStorage.removeItem(key);
      draw();
      status.textContent = "Erased. Nothing is kept on this device now.";
      load.focus();
    });
    tools.replaceChildren(make("span", {}, "Erase all of this for good? "), go, stay);
    stay.focus();
  });

  if (!kit.stores) {
    place.append(make("p", {}, "This browser allows no storage here, so nothing is kept."));
    return;
  }
  place.append(make("h3", {}, "On this device now"), list, shown, tools, status);
  draw();
  addEventListener("storage", ({ key }) => { if (key === null || (key.startsWith(PREFIX) && key !== PREFIX + "try")) draw(); });
})();
