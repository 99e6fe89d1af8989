/* Play a part: of a dialogue one sees the other side's line, answers aloud or in a field, and then sees what the strong
   version says. Nothing typed is kept. `list` is the dialogue, `part` the name one plays, `tools` the way in and out. */

kit.play = (list, part, tools) => {
  const { make, button, status } = kit;
  const turns = [];
  for (const element of list.children) {
    if (element.matches("dt")) turns.push({ name: kit.speaker(element), elements: [] });
    turns.at(-1)?.elements.push(element);
  }
  const before = [...tools.childNodes];
  const own = turns.filter(({ name }) => name === part).length;
  const typed = make("textarea", { id: "play-words", rows: 2 });
  const said = status({ className: "unseen" });
  const next = button("Show the next line", () => answer(), { className: "button" });
  const panel = make("div", { className: "play" },
    make("p", {}, make("label", { htmlFor: "play-words" }, part === "You" ? "Answer aloud, or type it. It is not kept." : `Answer as ${part}, aloud or typed. It is not kept.`), typed),
    make("p", { className: "tools" }, next, button("Read it as a text", leave)));
  let at = 0, played = 0;

  const hide = (turn, hidden) => { for (const element of turn.elements) element.hidden = hidden; };
  const clear = () => { for (const mine of list.querySelectorAll(".yours")) mine.remove(); };

  // Shows lines up to the next one of one's own; the first of them gets the focus, so that it is read from there.
  function go(from) {
    let first = from;
    while (at < turns.length && turns[at].name !== part) {
      first ??= turns[at];
      hide(turns[at++], false);
    }
    typed.value = "";
    const over = at >= turns.length;
    said.textContent = over ? "That was the whole talk." : `Your line ${played + 1} of ${own}.`;
    panel.hidden = over;
    tools.replaceChildren(...(over ? [button("Play it again", begin), button("Read it as a text", leave)] : []), said);
    const place = first?.elements[0] ?? typed;
    if (first) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
  }

  function answer() {
    const turn = turns[at];
    const words = typed.value.trim();
    if (words) {
      const mine = [make("dt", { className: "yours" }, "You said"), make("dd", { className: "yours" }, words)];
      turn.elements[0].before(...mine);
    }
    hide(turn, false);
    at++;
    played++;
    go(turn);
  }

  function begin() {
    clear();
    for (const turn of turns) hide(turn, true);
    at = played = 0;
    list.after(panel);
    go();
  }

  function leave() {
    clear();
    for (const turn of turns) hide(turn, false);
    panel.remove();
    tools.replaceChildren(...before);
    tools.querySelector("button").focus();
  }

  typed.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); answer(); }
    if (event.key === "Escape") leave();
  });
  begin();
};
