/* The meeting room: a lesson's moments one at a time and large, the answer hidden until somebody asks for it. By keys
   (arrows, space, a presenter's page keys), by buttons, and by a finger drawn across. */

kit.meeting = (moments, back) => {
  const { make, button } = kit;
  let at = 0;
  const dialog = make("dialog", { className: "meeting" });
  dialog.setAttribute("aria-labelledby", "meeting-says");
  const count = make("span", { className: "kicker" });
  const place = make("div", { className: "place" });
  const previous = button("Back", () => step(-1));
  const next = button("Show the answer", () => step(1), { className: "button" });
  dialog.append(
    make("p", { className: "top" }, count, button("Close", () => dialog.close())), place,
    make("p", { className: "thumb" }, previous, next));
  let open = false;

  function draw() {
    const { children: [who, says] } = moments[at].querySelector(".they");
    const heading = make("h2", { id: "meeting-says", tabIndex: -1 }, make("span", { className: "kicker" }, `${who.textContent} says`), " ", make("q", {}, says.textContent));
    const parts = open ? [".strong-answer", ".condition", ".because"].map((part) => moments[at].querySelector(part)?.cloneNode(true)).filter(Boolean) : [];
    const answer = make("div", { className: "moment", tabIndex: -1 }, ...parts);
    place.replaceChildren(heading, answer);
    count.textContent = `${at + 1} of ${moments.length}`;
    previous.hidden = at === 0 && !open;
    next.textContent = !open ? "Show the answer" : at + 1 < moments.length ? "Next" : "Close";
    (open ? answer : heading).focus({ preventScroll: true });
    dialog.scrollTop = 0;
  }

  function step(way) {
    if (way > 0 && !open) open = true;
    else if (way > 0 && at + 1 === moments.length) { dialog.close(); return; }
    else if (way > 0) { at++; open = false; }
    else if (open) open = false;
    else if (at > 0) { at--; open = true; }
    draw();
  }

  const ways = { ArrowRight: 1, PageDown: 1, " ": 1, Enter: 1, ArrowLeft: -1, PageUp: -1 };
  dialog.addEventListener("keydown", (event) => {
    const pressing = event.target.matches("button") && (event.key === " " || event.key === "Enter");
    if (!ways[event.key] || pressing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step(ways[event.key]);
  });
  let from;
  dialog.addEventListener("touchstart", ({ touches }) => { from = touches.length === 1 ? touches[0] : undefined; }, { passive: true });
  dialog.addEventListener("touchend", ({ changedTouches: [to] }) => {
    const [x, y] = from ? [to.clientX - from.clientX, to.clientY - from.clientY] : [0, 0];
    if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(y)) step(x < 0 ? 1 : -1);
  });
  dialog.addEventListener("close", () => { dialog.remove(); back.focus(); });
  document.body.append(dialog);
  dialog.showModal();
  draw();
};
