// Practice: the phrases as drills, ten a sitting, in Leitner's boxes. The words
// come from the list on the page; only box and day are kept on this device.

(() => {
  const KEY = "pushback.practice";
  const WAITS = [1, 3, 7, 14, 30]; // days, by box; the page's own table says the same
  const SITTING = 10;

  const form = document.querySelector("[data-sitting]");
  const list = document.querySelector(".cards");
  const aside = [form, list, document.querySelector(".practice .prose")]; // out of the way while one practises
  const line = form.querySelector("[role=status]");
  const start = form.querySelector("button");
  const cards = [...list.querySelectorAll("[data-card]")].map((item) => ({
    item,
    name: item.dataset.card,
    lesson: item.dataset.card.split("#")[0],
    part: item.closest("[data-part]").dataset.part,
  }));

  const make = (name, told, ...inside) => {
    const made = Object.assign(document.createElement(name), told);
    made.append(...inside);
    return made;
  };
  const many = (count, one, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;

  // Days

  // The reader's own day, so many days ahead, as 2026-11-23.
  function day(ahead = 0) {
    const date = new Date();
    date.setDate(date.getDate() + ahead);
    date.setMinutes(date.getMinutes() - date.getTimezoneOffset());
    return date.toISOString().slice(0, 10);
  }
  const inDays = (days) => (days === 1 ? "tomorrow" : `in ${days} days`);
  const spoken = (date) => (date === day(1) ? "tomorrow" : "on " + new Date(date + "T12:00").toLocaleDateString("en-GB", { day: "numeric", month: "long" }));

  // What is kept

  let memory = "{}"; // where storage is refused, the ratings last as long as the page
  let stores = true;
  try {
    localStorage.setItem("pushback.try", "1");
    localStorage.removeItem("pushback.try");
  } catch {
    stores = false;
  }

  function data(key = KEY) {
    try { return Object(JSON.parse(stores ? localStorage.getItem(key) : memory)); } catch { return {}; }
  }

  // The rating of one card: a box from 1 to 5 and a day. Without a day it counts as not met yet.
  function rating(card, kept = data()) {
    const { box, due } = Object(Object(kept.cards)[card.name]);
    if (!/^\d{4}-\d\d-\d\d$/.test(due) || isNaN(new Date(due))) return undefined;
    return { box: Math.min(WAITS.length, Math.max(1, Math.round(box) || 1)), due };
  }

  // Reads again before it writes, so that another tab loses nothing.
  function keep(card, box) {
    const now = data();
    const text = JSON.stringify({ version: 1, ...now, cards: { ...Object(now.cards), [card.name]: { box, due: day(WAITS[box - 1]) } } });
    memory = text;
    if (stores) try { localStorage.setItem(KEY, text); } catch { stores = false; }
  }

  // The sitting

  // Due today first, the longest overdue leading; then phrases not met yet, those
  // of lessons marked as done before the others; then what comes back next.
  function choose() {
    const kept = data();
    const read = new Set([].concat(stores ? data("pushback.progress").done ?? [] : []));
    const chosen = cards
      .filter(({ part }) => ["all", part].includes(form.elements.part.value))
      .map((card) => ({ card, ...rating(card, kept) }));
    const due = chosen.filter((one) => one.due <= day()).sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
    const fresh = chosen.filter((one) => !one.due).sort((a, b) => read.has(b.card.lesson) - read.has(a.card.lesson));
    const later = chosen.filter((one) => one.due > day()).sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
    const now = [...due, ...fresh];
    return { due, fresh, later, now: (now.length ? now : later).slice(0, SITTING).map(({ card }) => card) };
  }

  function announce() {
    const { due, fresh, later, now } = choose();
    const known = [due.length && `${due.length} due today`, fresh.length && `${fresh.length} not met yet`].filter(Boolean).join(", ");
    const said = (known ? `${known}.` : `Nothing is due today. The next comes back ${spoken(later[0].due)}.`)
      + (stores ? "" : " This browser keeps nothing here, so every visit starts afresh.");
    if (line.textContent !== said) line.textContent = said;
    start.textContent = known ? `Begin with ${many(now.length, "phrase")}` : `Practise ${now.length} anyway`;
    const kept = data();
    for (const card of cards) {
      const known = rating(card, kept);
      const note = card.item.querySelector(".box");
      if (!known) { note?.remove(); continue; }
      const words = `Box ${known.box}, ${known.due <= day() ? "due today" : `back ${spoken(known.due)}`}`;
      if (note) note.textContent = words;
      else card.item.querySelector("summary").append(make("span", { className: "box" }, words));
    }
  }

  const stage = make("section", { className: "stage", hidden: true });
  stage.setAttribute("aria-label", "Sitting");
  form.after(stage);
  let queue = [], place = 0, tally;

  // Puts these on the stage, and the reader at their heading.
  function show(...inside) {
    stage.replaceChildren(...inside);
    const heading = stage.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    if (stage.getBoundingClientRect().top < 0) stage.scrollIntoView();
  }

  const button = (words, action, more = {}) => {
    const made = make("button", { type: "button", ...more }, ...words);
    made.addEventListener("click", action);
    return made;
  };

  function begin() {
    queue = choose().now;
    place = 0;
    tally = [0, 0, 0];
    for (const part of aside) part.hidden = true;
    stage.hidden = false;
    ask();
  }

  function ask() {
    const { item } = queue[place];
    const [who, says] = item.querySelector("summary").children;
    const heading = make("h2", {},
      make("span", { className: "kicker" }, `${place + 1} of ${queue.length} · ${who.textContent} says`), " ", says.cloneNode(true));
    const typed = make("textarea", { id: "typed", rows: 3 });
    typed.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); answer(typed.value); }
    });
    show(heading,
      make("p", { className: "typed" }, make("label", { htmlFor: "typed" }, "Say your answer aloud. You can type it too; it is not kept."), typed),
      make("p", { className: "tools" }, button(["Show a strong answer"], () => answer(typed.value), { className: "button" }), stop()));
  }

  // Each rating: its name, the box it leads to from this one.
  const RATINGS = [["Not yet", () => 1], ["Nearly", (box) => box], ["I had it", (box) => Math.min(box + 1, WAITS.length)]];

  function answer(typed) {
    const card = queue[place];
    const box = rating(card)?.box ?? 1;
    const question = make("div", { className: "asked" }, ...[...stage.querySelector("h2").childNodes]);
    const yours = typed.trim() ? [make("p", { className: "yours" }, make("b", {}, "You typed"), make("q", {}, typed.trim()))] : [];
    const inside = [...card.item.children].slice(1).map((one) => one.cloneNode(true));
    const rates = make("fieldset", { className: "ratings" }, make("legend", {}, "How did yours go?"),
      ...RATINGS.map(([words, to], index) => button(
        [make("b", {}, words), make("span", {}, `again ${inDays(WAITS[to(box) - 1])}`)],
        () => rate(index, to(box)), { ariaKeyShortcuts: String(index + 1) })));
    show(question, ...yours, make("h2", {}, "A strong answer"), make("div", { className: "moment" }, ...inside), rates, make("p", { className: "tools" }, stop()));
  }

  function rate(index, box) {
    keep(queue[place], box);
    tally[index]++;
    place++;
    if (place < queue.length) ask(); else end();
  }

  const stop = () => button(["Stop here"], end);

  function end() {
    const next = choose();
    const words = RATINGS.map(([name], index) => [name, tally[index]]).filter(([, count]) => count)
      .map(([name, count]) => `${name}: ${count}`).join(" · ");
    const first = next.later[0]?.due;
    show(make("h2", {}, place < queue.length ? "Stopped" : "That was the sitting"),
      make("p", {}, words || "Nothing was rated."),
      make("p", {}, next.due.length ? `${many(next.due.length, "phrase")} still due today.`
        : first ? `The next ${stores ? "comes" : "would come"} back ${spoken(first)}.` : ""),
      make("p", { className: "tools" },
        ...(next.due.length || next.fresh.length ? [button([`${Math.min(SITTING, next.due.length + next.fresh.length)} more`], begin, { className: "button" })] : []),
        button(["Back to the list"], leave)));
    announce();
  }

  function leave() {
    stage.hidden = true;
    for (const part of aside) part.hidden = false;
    announce();
    start.focus();
  }

  // Keys work where the sitting is: 1, 2, 3 rate, Enter on the phrase goes on.
  stage.addEventListener("keydown", (event) => {
    if (event.target.matches("textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const rates = stage.querySelectorAll(".ratings button");
    const chosen = rates[event.key - 1] || (event.key === "Enter" && event.target.matches("h2") && stage.querySelector(".tools .button"));
    if (!chosen) return;
    event.preventDefault();
    chosen.click();
  });

  form.addEventListener("change", announce);
  form.addEventListener("submit", (event) => { event.preventDefault(); begin(); });
  addEventListener("storage", ({ key }) => { if (key === null || key === KEY) announce(); });
  addEventListener("pageshow", announce);
  announce();
})();
