/* What a lesson has besides its text. Whatever is not needed to read comes when one gets near it or presses. */

(() => {
  const article = document.querySelector("[data-lesson]");
  const tool = (name, style = "toolStyle") => Promise.all([kit.load(article.dataset[name]), kit.load(article.dataset[style])]);

  // When one comes near by scrolling, or begins to go through the page by keyboard, where a later field would be passed by.
  function whenNear(elements, then) {
    const go = () => { near.disconnect(); removeEventListener("keydown", byKey); then(); };
    const byKey = ({ key }) => { if (key === "Tab") go(); };
    const near = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) go(); }, { rootMargin: "600px 0px" });
    for (const element of elements) near.observe(element);
    addEventListener("keydown", byKey);
  }

  // The empty tables of "Your turn": up to the next heading, without those that are worked out.
  function exercise() {
    const tables = [];
    let place = document.getElementById("your-turn")?.nextElementSibling;
    for (; place && !place.matches("h2, section, .footnote"); place = place.nextElementSibling) {
      const table = place.matches("details") ? null : place.matches("table") ? place : place.querySelector("table");
      const open = table && [...table.tBodies[0].rows].some((row) => [...row.cells].some((cell) => !cell.textContent.trim()));
      if (open && !place.querySelector("[data-sheet]") && !place.matches("[data-sheet]")) tables.push(table);
    }
    if (tables.length && article.dataset.exercise) whenNear(tables, () => tool("exercise").then(() => kit.exercise(tables), () => {}));
  }

  function sheets() {
    const sheet = article.querySelector("[data-sheet]");
    if (sheet) whenNear([sheet], () => tool("sheets", "sheetStyle").then(() => kit.sheet(sheet), () => {}));
  }

  // A worked example in which one can take a part: "You" where that is one of the speakers, else either of them.
  kit.speaker = (term) => term.textContent.split(",")[0].trim();
  function play() {
    for (const list of article.querySelectorAll(".strong dl")) {
      const names = [...new Set([...list.querySelectorAll("dt")].map(kit.speaker))];
      if (names.length < 2) continue;
      const tools = kit.make("p", { className: "way-in not-printed" });
      for (const name of names.includes("You") ? ["You"] : names.slice(0, 2)) {
        tools.append(kit.button(name === "You" ? "Play your part" : `Play ${name}’s part`, () => tool("play").then(() => kit.play(list, name, tools), () => {})));
      }
      list.before(tools);
    }
  }

  // The moments, one at a time, for a meeting.
  function meeting() {
    const moments = [...article.querySelectorAll(".moments .moment")];
    if (!moments.length) return;
    const open = kit.button("Show them one at a time", () => tool("meeting").then(() => kit.meeting(moments, open), () => {}));
    moments.at(-1).after(kit.make("p", { className: "way-in not-printed" }, open));
  }

  for (const part of [exercise, sheets, play, meeting]) {
    try { part(); } catch (error) { console.warn(part.name, error); }
  }
})();
