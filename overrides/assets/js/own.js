/* Moments of the reader's own: what their clients say, and what they want to answer. Kept on this device only. */

kit.own = (() => {
  const { make, button } = kit;
  const words = (value) => (typeof value === "string" ? value.trim().slice(0, 2000) : "");

  // Only what has the right shape; the rest stays where it is and is not shown.
  function all() {
    const { moments } = kit.read("own");
    return (Array.isArray(moments) ? moments : []).map((one) => Object(one))
      .filter((one) => /^own-[a-z0-9]{1,40}$/.test(one.id) && words(one.they_say) && words(one.strong));
  }
  // Reads again before it writes, so that another tab loses nothing.
  function change(then) {
    const now = kit.read("own");
    kit.write("own", { version: 1, ...now, moments: then(Array.isArray(now.moments) ? now.moments : []) });
  }

  // Built like a phrase of the site, so that it is found, drilled and printed with them.
  function phrase(one, removed) {
    const made = make("article", { className: "phrase", id: one.id },
      make("div", { className: "moment" },
        make("p", { className: "they" }, make("b", {}, words(one.speaker) || "Client"), make("q", { id: `${one.id}-says` }, words(one.they_say))),
        make("p", { className: "strong-answer" }, make("b", {}, "Mine"), make("q", {}, words(one.strong)))));
    Object.assign(made.dataset, { part: "own", situation: "own", lesson: "", number: "", speaker: words(one.speaker).toLowerCase() });
    if (!removed) return made;
    const copy = button("Copy the answer", () => {}, { className: "copy" });
    const remove = button("Remove", () => {
      change((moments) => moments.filter((other) => Object(other).id !== one.id));
      removed();
    });
    for (const one of [copy, remove]) one.setAttribute("aria-describedby", `${made.id}-says`);
    made.append(make("p", { className: "from" }, make("span", {}, "Yours, on this device only"), remove, copy));
    return made;
  }

  const phrases = () => all().map((one) => phrase(one));

  // The section of the phrasebook, or undefined where there is none of one's own.
  function group(_, changed) {
    const mine = all();
    if (!mine.length) return undefined;
    const made = make("section", { className: "situation own" }, make("h2", { id: "own" }, "Yours"));
    made.setAttribute("aria-labelledby", "own");
    made.append(...mine.map((one) => phrase(one, () => {
      made.querySelector(`#${one.id}`).remove();
      if (!made.querySelector(".phrase")) made.remove();
      changed();
    })));
    return made;
  }

  // The form, below `after`; pressed again, `opener` closes it.
  function ask(after, opener, added) {
    const open = document.querySelector(".own-form");
    const close = () => { document.querySelector(".own-form")?.remove(); opener.setAttribute("aria-expanded", "false"); opener.focus(); };
    if (open) { close(); return; }
    const they = make("textarea", { id: "own-they", rows: 2, maxLength: 2000, required: true });
    const mine = make("textarea", { id: "own-strong", rows: 3, maxLength: 2000, required: true });
    const who = make("select", { id: "own-who" }, ...["Client", "Talent team", "Candidate", "Team", "Owner"].map((name) => make("option", {}, name)));
    const said = kit.status();
    const form = make("form", { className: "own-form" },
      make("p", { className: "warning" }, kit.stores ? "Kept on this device only, and sent to nobody. Leave out the client’s name." : "This browser keeps nothing here, so a moment of your own cannot be added."),
      make("p", {}, make("label", { htmlFor: "own-who" }, "Who says it"), who),
      make("p", {}, make("label", { htmlFor: "own-they" }, "What they say"), they),
      make("p", {}, make("label", { htmlFor: "own-strong" }, "What you want to answer"), mine),
      make("p", { className: "tools" }, make("button", { type: "submit", className: "button", disabled: !kit.stores }, "Add it"), button("Close", close)), said);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const one = { id: `own-${Date.now().toString(36)}`, speaker: who.value, they_say: they.value.trim(), strong: mine.value.trim() };
      if (!one.they_say || !one.strong) { said.textContent = "Both lines are needed."; return; }
      try { change((moments) => [...moments, one]); } catch { said.textContent = "This browser’s store is full, so it could not be kept."; return; }
      form.reset();
      they.focus();
      said.textContent = "Added, under “Yours”. It comes up in practice and on your desk card.";
      added();
    });
    after.after(form);
    opener.setAttribute("aria-expanded", "true");
    they.focus();
  }

  return { all, phrases, group, ask };
})();
