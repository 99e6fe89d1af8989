/* The desk card's last lines are the reader's own, where they have added any on this device. */

(() => {
  const card = document.querySelector(".desk");
  if (!card || !kit.stores || !localStorage.getItem(kit.PREFIX + "own")) return;
  kit.load(card.dataset.own).then(() => {
    const lines = kit.own.all().map(({ they_say: they, strong }) => kit.make("li", {},
      kit.make("span", { className: "number", ariaHidden: "true" }, "+"),
      kit.make("div", {}, kit.make("b", {}, they), kit.make("p", {}, kit.make("q", {}, strong)))));
    card.append(...lines);
  }, () => {});
})();
