// The question at a lesson's end answers at once: each option becomes a button,
// and its reason, the same words as in the disclosure, comes up under it.

(() => {
  for (const check of document.querySelectorAll("[data-check]")) {
    const disclosure = check.querySelector("details");
    const reasons = disclosure.querySelectorAll("li");
    check.querySelectorAll(".options > li").forEach((item, index) => {
      const words = item.querySelector(".option");
      // There before it is filled: only then do screen readers announce it.
      const verdict = kit.status({ className: "verdict" });
      const button = kit.button([...words.childNodes], () => {
        item.classList.add(item.hasAttribute("data-right") ? "right" : "wrong");
        verdict.replaceChildren(...reasons[index].cloneNode(true).childNodes);
      }, { className: "option" });
      words.replaceWith(button);
      item.append(verdict);
    });
    disclosure.classList.add("on-paper-only");
  }
})();
