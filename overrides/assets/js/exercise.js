/* "Your turn" accepts your words: the empty cells of its tables become fields that grow with their text. Nothing is
   kept unless one asks for it, and nothing is sent: one copies, prints or shares it oneself. */

kit.exercise = (tables) => {
  const { make, button, status } = kit;
  const article = document.querySelector("[data-lesson]");
  const title = document.querySelector("h1").textContent;
  const key = "turn." + article.dataset.lesson.replace(/\/$/, "");
  const grows = CSS.supports("field-sizing", "content");
  const fields = []; // { row, head, name, input }, in the order of reading

  function grow(input) {
    if (grows) return;
    input.style.height = "auto";
    input.style.height = input.scrollHeight + 2 + "px";
  }

  // The first words of a row name it; a row without any has its number.
  function open(table) {
    const heads = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
    const rows = [...table.tBodies[0].rows];
    const empty = (cell) => !cell.textContent.trim();
    const toFill = heads.map((_, at) => rows.some((row) => row.cells[at] && empty(row.cells[at])));
    const many = toFill.filter(Boolean).length;
    rows.forEach((row, number) => {
      const words = [...row.cells].find((cell) => !empty(cell))?.textContent.trim();
      const same = words && rows.filter((other) => other.cells[0].textContent.trim() === words).length > 1;
      const called = !words ? `Row ${number + 1}` : same ? `${words} ${number + 1}` : words;
      [...row.cells].forEach((cell, at) => {
        if (many > 1) cell.dataset.label = heads[at];
        if (!empty(cell)) { cell.classList.add("given"); return; }
        const name = `${called}, ${heads[at]}`;
        const input = make("textarea", { rows: 1, ariaLabel: name, spellcheck: true });
        input.addEventListener("input", () => { grow(input); keep(); });
        cell.replaceChildren(input);
        fields.push({ row, called: words ? called : "", head: heads[at], name, input, alone: many === 1 });
      });
    });
    table.classList.add("fields");
    table.classList.toggle("wide", heads.length > 3 && many > 2);
    // The answers get two thirds of the width, whatever the questions need.
    const given = toFill.length - many;
    if (given && !table.matches(".wide")) {
      [...table.querySelectorAll("thead th")].forEach((head, at) => {
        head.style.width = (toFill[at] ? 65 / many : 35 / given) + "%";
      });
    }
    let box = table;
    while (!box.parentElement.matches(".prose, section, main")) box = box.parentElement;
    const place = make("div", { className: "exercise" });
    box.replaceWith(place);
    place.append(box);
    return place;
  }

  // A note that makes sense by itself, to whoever gets it.
  function note() {
    const lines = [title, ""];
    let row;
    for (const field of fields) {
      const words = field.input.value.trim();
      if (!words) continue;
      if (field.alone) {
        lines.push(`${field.called}${/[:?.]$/.test(field.called) ? "" : ":"} ${words}`);
      } else {
        if (field.row !== row && lines.at(-1)) lines.push("");
        if (field.row !== row && field.called) lines.push(field.called);
        lines.push(`${field.head}${/[:?.…]$/.test(field.head) ? "" : ":"} ${words}`);
      }
      row = field.row;
    }
    return lines.length > 2 ? [...lines, "", location.href.split("#")[0]].join("\n") : "";
  }

  function keep() {
    if (!tick.checked) return;
    try {
      kit.write(key, Object.fromEntries(fields.filter(({ input }) => input.value).map(({ name, input }) => [name, input.value])));
    } catch {
      tick.checked = false;
      said.textContent = "This browser’s store is full, so your words could not be kept.";
    }
  }

  function restore() {
    const kept = kit.stores ? kit.read(key) : {};
    tick.checked = Object.keys(kept).length > 0 || tick.checked;
    for (const { name, input } of fields) {
      if (Object.hasOwn(kept, name) && typeof kept[name] === "string" && input !== document.activeElement) input.value = kept[name];
      grow(input);
    }
  }

  const send = (done) => async () => {
    const text = note();
    if (!text) { said.textContent = "Nothing is written yet."; return; }
    try { said.textContent = (await done(text)) || ""; } catch { said.textContent = "Not copied: select it by hand."; }
  };
  const tick = make("input", { type: "checkbox" });
  const said = status();
  const places = tables.map(open);
  const tools = make("p", { className: "tools not-printed" },
    ...(kit.stores ? [make("label", {}, tick, "Keep my words on this device")] : []),
    button("Copy", send((text) => kit.copy(text).then(() => "Copied as a note."))),
    ...(kit.share ? [button("Share", send((text) => kit.share({ title, text })))] : []),
    button("Print", () => { document.documentElement.dataset.print = "exercise"; window.print(); }),
    button("Empty it", () => {
      for (const { input } of fields) { input.value = ""; grow(input); }
      tick.checked = false;
      kit.erase(key);
      said.textContent = "Emptied. Nothing of it is kept.";
      fields[0].input.focus();
    }));
  addEventListener("afterprint", () => { delete document.documentElement.dataset.print; });
  tick.addEventListener("change", () => {
    if (tick.checked) keep(); else kit.erase(key);
    said.textContent = tick.checked ? "Kept on this device until you take the tick away." : "No longer kept.";
  });
  places.at(-1).append(tools, said);
  restore();
  if (kit.stores) kit.watch([key], restore);
};
