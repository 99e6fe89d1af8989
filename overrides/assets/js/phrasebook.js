// The phrasebook: find by words and speaker, copy a phrase with its condition,
// share the link to it, print what is found.

(() => {
  const form = document.querySelector(".filter");
  const field = form.querySelector("input[type=search]");
  const status = form.querySelector("[role=status]");
  const phrases = [...document.querySelectorAll(".phrase")];
  const groups = [...document.querySelectorAll(".situation")];
  const jumps = document.querySelector(".situations");
  const [clear, toPaper] = form.querySelectorAll("button");

  // Letters only, so that capitals, accents and the kind of apostrophe do not matter.
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}|['’‘]/gu, "").toLowerCase();
  const texts = new Map(phrases.map((phrase) => [phrase, plain(phrase.textContent)]));

  function filter() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    const speaker = form.elements.speaker.value;
    let found = 0;
    for (const phrase of phrases) {
      const fits = ["anyone", phrase.dataset.speaker].includes(speaker) && words.every((word) => texts.get(phrase).includes(word));
      phrase.hidden = !fits;
      found += fits;
    }
    for (const group of groups) group.hidden = !group.querySelector(".phrase:not([hidden])");
    jumps.hidden = found < phrases.length;
    clear.hidden = found === phrases.length;
    toPaper.hidden = !found;
    const said = found === phrases.length ? `${found} phrases`
      : found ? `${found} of ${phrases.length} phrases`
      : "No phrase fits. Try a shorter word, or show all.";
    if (status.textContent !== said) status.textContent = said;
  }

  // A shared link shows its phrase, whatever was looked for before.
  function arrive() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("[hidden]")) return;
    form.reset();
    filter();
    target.scrollIntoView();
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // A page on disk, or an old browser: by way of a selection.
      const box = document.createElement("textarea");
      box.value = text;
      box.className = "unseen";
      const before = document.activeElement;
      document.body.append(box);
      box.select();
      const copied = document.execCommand("copy");
      box.remove();
      before?.focus();
      if (!copied) throw new Error("copying was refused");
    }
  }

  // The strong answer and, where there is one, the condition for saying it.
  function words(phrase) {
    const strong = phrase.querySelector(".strong-answer q").textContent;
    const condition = phrase.querySelector(".condition");
    return condition ? `${strong}\n(${condition.textContent.trim()}.)` : strong;
  }

  const COPY = "Copy the answer";
  const LINK = "Copy link";
  let last, lastShare;
  async function press(button, phrase) {
    if (last) last.textContent = COPY;
    last = button;
    try {
      await copy(words(phrase));
      button.textContent = "Copied";
      said.textContent = phrase.querySelector(".condition") ? "Copied, with its condition." : "Copied.";
    } catch {
      said.textContent = button.textContent = "Not copied: select it by hand";
    }
  }

  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  form.after(said);

  for (const phrase of phrases) {
    const share = phrase.querySelector(".share");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = COPY;
    button.addEventListener("click", () => press(button, phrase));
    share.before(button, " ");
    // The link leads to the phrase, or to its own page; a press puts its address on the clipboard, and stays.
    share.firstChild.data = LINK;
    share.addEventListener("click", (event) => {
      if (!share.hash) event.preventDefault();
      copy(share.href).then(() => {
        if (lastShare) lastShare.firstChild.data = LINK;
        lastShare = share;
        share.firstChild.data = "Link copied";
        said.textContent = "The link is copied.";
      }, () => {});
    });
  }

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  clear.addEventListener("click", () => { form.reset(); filter(); field.focus(); });
  toPaper.addEventListener("click", () => print());
  addEventListener("hashchange", arrive);
  addEventListener("pageshow", filter); // the browser may bring old input back
  filter();
  arrive();
})();
