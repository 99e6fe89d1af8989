/* A sitting: phrases as drills, ten at a time, in Leitner's boxes. It takes the phrases that the page shows or has
   fetched; only box and day are kept on this device. While it runs there is nothing else on the screen. */

// `items` are the phrases' elements; `back` is what gets the focus when the sitting is left.
kit.drill = (items, back) => {
  const { make, button } = kit;
  const WAITS = [1, 3, 7, 14, 30]; // days, by box; the practice page's own table says the same
  const SITTING = 10;

  // Days: the reader's own, so many ahead, as 2026-11-23.
  function day(ahead = 0) {
    const date = new Date();
    date.setDate(date.getDate() + ahead);
    date.setMinutes(date.getMinutes() - date.getTimezoneOffset());
    return date.toISOString().slice(0, 10);
  }
  const inDays = (days) => (days === 1 ? "tomorrow" : `in ${days} days`);
  const spoken = (date) => (date === day(1) ? "tomorrow" : "on " + new Date(date + "T12:00").toLocaleDateString("en-GB", { day: "numeric", month: "long" }));
  const many = (count, one, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;

  // A card goes by its phrase's id; ratings from before there were ids go by lesson and number.
  const cards = items.map((item) => ({
    item,
    name: item.id,
    former: `${item.dataset.lesson}#${item.dataset.number}`,
    lesson: item.dataset.lesson,
    part: item.dataset.part,
  }));

  let memory = {}; // where storage is refused, the ratings last as long as the page
  let stores = kit.stores;
  const data = () => (stores ? kit.read("practice") : memory);

  // The rating of one card: a box from 1 to 5 and a day. Without a day it counts as not met yet.
  function rating(card, kept = data()) {
    const all = Object(kept.cards);
    const { box, due } = Object(Object.hasOwn(all, card.name) ? all[card.name] : Object.hasOwn(all, card.former) ? all[card.former] : {});
    if (!/^\d{4}-\d\d-\d\d$/.test(due) || isNaN(new Date(due))) return undefined;
    return { box: typeof box === "number" ? Math.min(WAITS.length, Math.max(1, Math.round(box) || 1)) : 1, due };
  }

  // Reads again before it writes, so that another tab loses nothing.
  function keep(change) {
    const now = { version: 1, ...data() };
    change(now);
    memory = now;
    if (stores) try { kit.write("practice", now); } catch { stores = false; }
  }
  function rated(card, box) {
    keep((now) => {
      now.cards = { ...Object(now.cards), [card.name]: { box, due: day(WAITS[box - 1]) } };
      delete now.cards[card.former];
    });
  }

  // One of each part in turn, so that nobody's first ten are all an owner's.
  function interleaved(chosen) {
    const piles = [...Map.groupBy(chosen, ({ card }) => card.part).values()];
    const most = Math.max(0, ...piles.map((pile) => pile.length));
    return Array.from({ length: most }, (_, at) => piles.flatMap((pile) => pile.slice(at, at + 1))).flat();
  }

  // Due today first, the longest overdue leading; then phrases not met yet, those
  // of lessons marked as done before the others; then what comes back next.
  function choose() {
    const kept = data();
    const read = new Set([].concat(stores ? kit.read("progress").done ?? [] : []));
    const chosen = cards.map((card) => ({ card, ...rating(card, kept) }));
    const early = (a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0);
    const due = chosen.filter((one) => one.due <= day()).sort(early);
    const unmet = chosen.filter((one) => !one.due);
    const known = ({ card }) => read.has(card.lesson) || card.part === "own";
    const fresh = [...interleaved(unmet.filter(known)), ...interleaved(unmet.filter((one) => !known(one)))];
    const later = chosen.filter((one) => one.due > day()).sort(early);
    const now = [...due, ...fresh];
    return { due, fresh, later, now: (now.length ? now : later).slice(0, SITTING).map(({ card }) => card) };
  }

  // What is to be done, and what the button for it says.
  function standing() {
    const { due, fresh, later, now } = choose();
    const known = [due.length && `${due.length} due today`, fresh.length && `${fresh.length} not met yet`].filter(Boolean).join(", ");
    return {
      words: (known ? `${known}.` : later.length ? `Nothing is due today. The next comes back ${spoken(later[0].due)}.` : "No phrase is among these.")
        + (stores ? "" : " This browser keeps nothing here, so every visit starts afresh."),
      press: known ? `Begin with ${many(now.length, "phrase")}` : `Practise ${now.length} anyway`,
      count: now.length,
    };
  }

  const stage = make("section", { className: "stage", ariaLabel: "Sitting" });
  let queue = [], place = 0, tally;

  // Puts these on the stage, and the reader at their heading.
  function show(...inside) {
    stage.replaceChildren(make("h1", { className: "unseen" }, "A sitting"), ...inside);
    const heading = stage.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  const RATINGS = [["Not yet", () => 1], ["Nearly", (box) => box], ["I had it", (box) => Math.min(box + 1, WAITS.length)]];
  const stop = () => button("Stop here", end, { className: "stop" });

  // Where one is, for the eye; the heading says it in words.
  function top() {
    const ticks = make("span", { className: "ticks" }, ...queue.map((card, at) => make("i", { className: card.result ?? (at === place ? "here" : "") })));
    ticks.setAttribute("aria-hidden", "true");
    return make("p", { className: "top" }, ticks, stop());
  }

  function begin() {
    queue = choose().now.map((card) => ({ ...card }));
    if (!queue.length) return;
    place = 0;
    tally = [0, 0, 0];
    document.querySelector("main").append(stage);
    document.documentElement.dataset.sitting = "";
    ask();
  }

  function ask() {
    const [who, says] = queue[place].item.querySelector(".they").children;
    const quote = says.cloneNode(true);
    quote.removeAttribute("id");
    const heading = make("h2", {}, make("span", { className: "kicker" }, `${place + 1} of ${queue.length} · ${who.textContent} says`), " ", quote);
    const typed = make("textarea", { id: "typed", rows: 2 });
    typed.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); answer(typed.value); }
    });
    show(top(), heading,
      make("p", { className: "typed" }, make("label", { htmlFor: "typed" }, "Say your answer aloud. You can type it too; it is not kept."), typed),
      make("p", { className: "thumb" }, button("Show a strong answer", () => answer(typed.value), { className: "button" })));
  }

  function answer(typed) {
    const card = queue[place];
    const box = rating(card)?.box ?? 1;
    const question = make("div", { className: "asked" }, ...stage.querySelector("h2").childNodes);
    const yours = typed.trim() ? [make("p", { className: "yours" }, make("b", {}, "You typed"), make("q", {}, typed.trim()))] : [];
    const inside = [".strong-answer", ".condition", ".because"].map((part) => card.item.querySelector(part)?.cloneNode(true)).filter(Boolean);
    const from = card.item.querySelector(".from span a")?.cloneNode(true);
    const rates = make("fieldset", { className: "ratings thumb" }, make("legend", {}, "How did yours go?"),
      ...RATINGS.map(([words, to], index) => button(
        [make("kbd", { ariaHidden: "true" }, String(index + 1)), make("b", {}, words), make("span", {}, `again ${inDays(WAITS[to(box) - 1])}`)],
        () => rate(index, to(box)), { ariaKeyShortcuts: String(index + 1) })));
    show(top(), question, ...yours, make("h2", {}, "A strong answer"), make("div", { className: "moment" }, ...inside),
      ...(from ? [make("p", { className: "from" }, "From ", from)] : []), rates);
  }

  function rate(index, box) {
    rated(queue[place], box);
    queue[place].result = ["not", "nearly", "had"][index];
    tally[index]++;
    place++;
    if (place < queue.length) ask(); else end();
  }

  // After the second sitting, once: what is kept can be lost, and how not to.
  function offer() {
    let wanted = false;
    keep((now) => {
      now.sittings = (Number.isInteger(now.sittings) ? now.sittings : 0) + 1;
      wanted = now.sittings > 1 && !now.offered;
      if (wanted) now.offered = true;
    });
    if (!wanted || !stores) return [];
    const line = make("span", {}, "Your ratings are kept in this browser only, and Safari forgets them after seven days of use without a visit. ");
    return [make("p", { className: "offer" }, line, button("Save them to a file", () => { kit.saveAll(); line.textContent = "Saved as pushback.json. The page about this site loads it again. "; }))];
  }

  function end() {
    const next = choose();
    const words = RATINGS.map(([name], index) => [name, tally[index]]).filter(([, count]) => count)
      .map(([name, count]) => `${name}: ${count}`).join(" · ");
    const first = next.later[0]?.due;
    const more = next.due.length + next.fresh.length;
    show(make("h2", {}, place < queue.length ? "Stopped" : "That was the sitting"),
      make("p", {}, words || "Nothing was rated."),
      make("p", {}, next.due.length ? `${many(next.due.length, "phrase")} still due today.`
        : first ? `The next ${stores ? "comes" : "would come"} back ${spoken(first)}.` : ""),
      ...(words ? offer() : []),
      make("p", { className: "thumb" },
        ...(more ? [button(`${Math.min(SITTING, more)} more`, begin, { className: "button" })] : []),
        button("Leave the sitting", leave)));
  }

  function leave() {
    stage.remove();
    delete document.documentElement.dataset.sitting;
    drill.left?.();
    back.focus();
    if (back.getBoundingClientRect().top < 0) back.scrollIntoView({ block: "center" });
  }

  // 1, 2, 3 rate; Enter on the phrase goes on; Escape leaves, by way of the end where something was rated.
  stage.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { if (tally.some(Boolean) && stage.querySelector(".top")) end(); else leave(); return; }
    if (event.target.matches("textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const rates = stage.querySelectorAll(".ratings button");
    const chosen = rates[event.key - 1] || (event.key === "Enter" && event.target.matches("h2") && stage.querySelector(".thumb .button"));
    if (!chosen) return;
    event.preventDefault();
    chosen.click();
  });

  const drill = { begin, standing, left: undefined };
  return drill;
};
