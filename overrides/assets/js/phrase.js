/* The page of one phrase: copies the answer, with its condition, and hands the page to the system's share sheet. */
(() => {
  const text = (selector) => document.querySelector(selector)?.textContent.trim() || "";
  const answer = [`“${text(".strong")}”`, text(".condition")].filter(Boolean).join("\n");
  const [copy, share] = ["copy", "share"].map((id) => document.getElementById(id));
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(answer);
      copy.textContent = "Copied";
    } catch {
      copy.textContent = "Select the words to copy them";
    }
    setTimeout(() => { copy.textContent = "Copy the answer"; }, 3000);
  });
  share.hidden = !navigator.share;
  share.addEventListener("click", () => {
    navigator.share({ title: document.title, text: `“${text("h1")}” – ${answer}`, url: location.href }).catch(() => {});
  });
})();
