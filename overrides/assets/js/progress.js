// Which lessons the reader has done: kept on this device by their addresses
// below the site's root, in the order of marking. Where storage is refused
// nothing is drawn, and the page is as it would be without a script.

(() => {
  const lists = [...document.querySelectorAll(".toc")].map((toc) => ({
    lessons: [...toc.querySelectorAll("[data-lesson]")],
    tally: toc.parentElement.querySelector("[data-tally]"),
  }));
  const begin = document.getElementById("begin");
  const due = document.querySelector("[data-due]");
  const place = document.querySelector("[data-progress]");
  const here = place?.closest("[data-lesson]").dataset.lesson;
  const ribbon = document.querySelector(".masthead .ribbon");
  let button, status;

  // The list of marks as it is kept; a map of addresses is its older form.
  function marks() {
    const { done } = kit.read("progress");
    return Array.isArray(done) ? done : Object.keys(Object(done));
  }

  // Adds or takes away one mark. What it does not know stays as it is, so that
  // neither another tab nor a newer script loses anything.
  function mark(address, wanted) {
    const others = marks().filter((entry) => entry !== address);
    const data = { version: 1, ...kit.read("progress"), done: wanted ? [...others, address] : others };
    kit.write("progress", data);
  }

  const address = (lesson) => lesson.dataset.lesson;
  const link = (lesson) => lesson.querySelector("a");

  // Of these lessons: how many are done, how lately one was marked, and which
  // to go on with: the first open one after the last marked, else the first open.
  function standing(lessons, done) {
    const latest = Math.max(...lessons.map((lesson) => done.lastIndexOf(address(lesson))));
    const after = lessons.findIndex((lesson) => address(lesson) === done[latest]);
    const open = (lesson) => !done.includes(address(lesson));
    const next = lessons.slice(after + 1).find(open) || lessons.find(open);
    const count = lessons.length - lessons.filter(open).length;
    return {
      latest, next, count, number: lessons.indexOf(next) + 1,
      words: count === lessons.length ? `All ${count} done.` : `${count} of ${lessons.length} done. `,
    };
  }

  // "3 of 10 done. Continue with lesson 4", or nothing before the first mark.
  // Above its list a number is enough; at the end of a lesson the name helps to decide.
  function sentence({ count, words, next, number }) {
    if (!count) return [];
    if (!next || address(next) === here) return [words];
    const onward = place ? `Continue with ${number}: ${link(next).textContent}` : `Continue with lesson ${number}`;
    return [words, kit.make("a", { href: link(next).href }, onward)];
  }

  function tick(lesson, done) {
    const drawn = lesson.querySelector(".done-mark");
    if (!done) drawn?.remove();
    if (!done || drawn) return;
    const words = kit.make("span", { className: "unseen" }, "Done");
    link(lesson).after(" ", kit.make("span", { className: "done-mark" }, ribbon.cloneNode(true), words));
  }

  // Some words of the page give way to what is kept, and come back without it.
  const first = new Map();
  function fill(element, ...words) {
    if (!first.has(element)) first.set(element, { words: [...element.childNodes], href: element.href });
    element.replaceChildren(...(words.length ? words : first.get(element).words));
  }

  // Phrases that come back today, of those that are still there. Older ratings go by lesson and number.
  function dueToday() {
    const now = new Date();
    now.setMinutes(now.getMinutes() - now.getTimezoneOffset());
    const today = now.toISOString().slice(0, 10);
    const there = new Set(lists.flatMap(({ lessons }) => lessons).flatMap((lesson) => {
      const names = lesson.dataset.moments.split(" ");
      return [...names, ...names.map((_, at) => `${address(lesson)}#${at + 1}`)];
    }));
    return Object.entries(Object(kit.read("practice").cards)).filter(([card, rating]) => {
      const { due } = Object(rating);
      return there.has(card) && /^\d{4}-\d\d-\d\d$/.test(due) && due <= today;
    }).length;
  }

  function draw(said = "") {
    const done = marks();
    let latest;
    for (const { lessons, tally } of lists) {
      for (const lesson of lessons) tick(lesson, done.includes(address(lesson)));
      const now = standing(lessons, done);
      if (!latest?.next || (now.next && now.latest > latest.latest)) latest = now;
      if (tally) fill(tally, ...sentence(now));
    }
    if (place) {
      button.setAttribute("aria-pressed", done.includes(here));
      status.replaceChildren(said, ...(latest ? sentence(latest) : []));
    }
    if (begin) beginning(latest, done);
  }

  // The front page: where to go on, and what to practise today.
  function beginning(latest, done) {
    const begun = lists.some(({ lessons }) => lessons.some((lesson) => done.includes(address(lesson))));
    const next = begun && latest.next;
    fill(begin, ...(next ? [`Continue with lesson ${latest.number}`] : []));
    begin.href = next ? link(next).href : first.get(begin).href;
    if (!due) return;
    const title = kit.make("b", {}, next ? link(next).textContent : "");
    fill(due.querySelector("[data-next]"), ...(next ? ["Next: ", title, ". "] : []));
    const count = dueToday();
    fill(due.querySelector("a"), ...(count ? [count === 1 ? "practise the phrase due today" : `practise the ${count} phrases due today`] : []));
  }

  function control() {
    status = kit.status();
    const about = kit.make("a", { href: place.dataset.about }, "Kept on this device only");
    button = kit.button([ribbon.cloneNode(true), "I did this"], () => {
      const wanted = button.getAttribute("aria-pressed") !== "true";
      try {
        mark(here, wanted);
        draw(wanted ? "Marked. " : "Mark taken away. ");
      } catch {
        status.textContent = "This browser’s store is full or closed, so the mark could not be kept.";
      }
    });
    place.append(button, status, kit.make("p", { className: "where" }, about));
  }

  if (!kit.stores) return;
  if (place) control();
  draw();
  kit.watch(["progress", "practice"], () => draw());
  addEventListener("pageshow", ({ persisted }) => { if (persisted) draw(); });
})();
