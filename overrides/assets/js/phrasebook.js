/* The phrasebook: find by the beginnings of words, by who says it and when; copy a phrase with its condition, print
   what is found, practise what one sees, and add moments of one's own. */

(() => {
  const form = document.querySelector(".filter");
  const field = form.querySelector("input[type=search]");
  const found = form.querySelector("[role=status]");
  const list = document.querySelector(".phrases");
  const jumps = [...document.querySelectorAll(".situations a")];
  const { all: clear, practise, own, paper } = form.elements;
  const said = kit.status({ className: "unseen" });
  form.after(said);

  // Letters and figures only, so that capitals, accents and the kind of apostrophe do not matter.
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}|['’‘]/gu, "").toLowerCase();
  const words = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) || [];

  // What stands in elements side by side is not one word: the quotation marks between them are drawn, and no text.
  function parted(element) {
    const texts = element ? document.createTreeWalker(element, NodeFilter.SHOW_TEXT) : null;
    const told = [];
    while (texts?.nextNode()) told.push(texts.currentNode.data);
    return told.join(" ");
  }

  // Of each phrase its words, each behind a space: worked out once, before the first letter is typed.
  let phrases = [], groups = [];
  function index() {
    phrases = [...list.querySelectorAll(".phrase")].map((phrase) => {
      const told = [phrase.querySelector(".moment"), phrase.querySelector(".from span")].map(parted).join(" ");
      return { phrase, text: ` ${words(`${told} ${phrase.dataset.tags || ""}`).join(" ")} `, shown: !phrase.hidden };
    });
    groups = [...list.querySelectorAll(".situation")].map((group) => ({ group, its: phrases.filter(({ phrase }) => group.contains(phrase)) }));
  }

  let situation = "";
  const chosen = (name) => form.elements[name].value;

  // A word of one or two letters means itself where it stands somewhere ("AI"), else the beginning of one.
  function needles() {
    return words(field.value).map((word) => (word.length < 3 && phrases.some(({ text }) => text.includes(` ${word} `)) ? ` ${word} ` : ` ${word}`));
  }

  function filter() {
    const wanted = needles();
    const by = { speaker: chosen("speaker"), part: chosen("part"), lesson: chosen("lesson"), situation };
    let count = 0;
    for (const one of phrases) {
      const told = one.phrase.dataset;
      const fits = Object.entries(by).every(([name, value]) => !value || told[name] === value) && wanted.every((word) => one.text.includes(word));
      if (fits !== one.shown) one.phrase.hidden = !fits;
      one.shown = fits;
      count += fits;
    }
    for (const { group, its } of groups) {
      const none = !its.some(({ shown }) => shown);
      if (group.hidden !== none) group.hidden = none;
    }
    for (const jump of jumps) {
      if (jump.hash.slice(1) === situation) jump.setAttribute("aria-current", "true"); else jump.removeAttribute("aria-current");
    }
    const all = count === phrases.length;
    clear.hidden = all;
    paper.hidden = practise.disabled = !count;
    const now = all ? `${count} phrases` : count ? `${count} of ${phrases.length} phrases`
      : "No phrase fits. Try a shorter word, or show all.";
    if (found.textContent !== now) found.textContent = now;
  }

  function showAll() {
    form.reset();
    situation = "";
    filter();
  }

  // Narrowed down while one is far below, the first result would stand out of sight above.
  function toTheFirst() {
    if (form.getBoundingClientRect().top < 1) list.scrollIntoView();
  }

  // A shared link shows its phrase, whatever was looked for before.
  function arrive() {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { /* no address of ours */ }
    if (!document.getElementById(name)?.closest(".phrase[hidden], .situation[hidden]")) return;
    showAll();
    document.getElementById(name).scrollIntoView();
  }

  // The strong answer and, where there is one, the condition for saying it.
  function answer(phrase) {
    const strong = phrase.querySelector(".strong-answer q").textContent;
    const condition = phrase.querySelector(".condition");
    return condition ? `${strong}\n(${condition.textContent.trim()}.)` : strong;
  }

  let copied, linked;
  function relabel(last, button, words) {
    if (last?.[0].isConnected) {
      last[0].firstChild.data = last[1];
      last[0].classList.remove("copied");
    }
    const before = button.firstChild.data;
    button.firstChild.data = words;
    button.classList.add("copied");
    return [button, last?.[0] === button ? last[1] : before];
  }

  list.addEventListener("click", async (event) => {
    const pressed = event.target.closest("button, .share");
    const phrase = pressed?.closest(".phrase");
    if (!phrase) return;
    if (pressed.matches(".more")) {
      const open = phrase.classList.toggle("open");
      pressed.setAttribute("aria-expanded", open);
    } else if (pressed.matches(".copy")) {
      try {
        await kit.copy(answer(phrase));
        copied = relabel(copied, pressed, "Copied");
        said.textContent = phrase.querySelector(".condition") ? "Copied, with its condition." : "Copied.";
      } catch {
        said.textContent = pressed.firstChild.data = "Not copied: select it by hand";
      }
    } else if (pressed.matches(".share")) {
      // The link leads to the phrase, or to its own page; a press puts its address on the clipboard, and stays.
      if (!pressed.hash) event.preventDefault();
      try {
        await kit.copy(pressed.href);
        linked = relabel(linked, pressed, "Link copied");
        said.textContent = "The link is copied.";
      } catch { location.href = pressed.href; }
    }
  });

  const withOwn = () => kit.load(form.dataset.own).then(() => kit.own);
  async function showOwn() {
    const mine = (await withOwn()).group(document, () => { index(); filter(); });
    list.querySelector(".own")?.remove();
    if (mine) list.prepend(mine);
    index();
    filter();
  }

  practise.addEventListener("click", async () => {
    const cards = phrases.filter(({ shown }) => shown).map(({ phrase }) => phrase);
    await Promise.all([kit.load(form.dataset.style), kit.load(form.dataset.drill)]);
    kit.drill(cards, practise).begin();
  });
  own.addEventListener("click", async () => {
    await Promise.all([kit.load(form.dataset.style), withOwn()]);
    kit.own.ask(form, own, showOwn);
  });
  for (const jump of jumps) {
    jump.addEventListener("click", (event) => {
      event.preventDefault();
      situation = situation === jump.hash.slice(1) ? "" : jump.hash.slice(1);
      filter();
      toTheFirst();
    });
  }

  // The letter is painted first, and what it finds in the frame after it.
  let waiting;
  form.addEventListener("input", ({ target }) => {
    clearTimeout(waiting);
    const find = () => { filter(); toTheFirst(); };
    if (target === field) requestAnimationFrame(() => { clearTimeout(waiting); waiting = setTimeout(find); });
    else find();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); field.blur(); });
  clear.addEventListener("click", () => { showAll(); field.focus(); });
  paper.addEventListener("click", () => print());
  addEventListener("hashchange", arrive);
  addEventListener("pageshow", filter); // the browser may bring old input back
  index();
  filter();
  arrive();
  if (kit.stores) {
    if (localStorage.getItem(kit.PREFIX + "own")) showOwn();
    kit.watch(["own"], showOwn);
  }
})();
