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

  for (const part of [exercise, sheets]) {
    try { part(); } catch (error) { console.warn(part.name, error); }
  }
})();
