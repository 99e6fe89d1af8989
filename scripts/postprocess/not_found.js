((built) => {
  if (location.pathname.startsWith(`${built}phrases/`)) location.replace(`${built}phrasebook/`);
  const elsewhere = async (event) => {
    const sheet = event.target;
    if (sheet.rel !== "stylesheet") return;
    removeEventListener("error", elsewhere, true);
    const below = (address) => address.slice(built.length);
    const folders = location.pathname.split("/").slice(1, -1);
    for (let depth = 0; depth <= folders.length; depth++) {
      const base = "/" + folders.slice(0, depth).map((folder) => folder + "/").join("");
      const answer = await fetch(base + below(sheet.getAttribute("href")), { method: "HEAD" });
      if (!answer.ok) continue;
      if (document.readyState === "loading") await new Promise((done) => addEventListener("DOMContentLoaded", done));
      for (const element of document.querySelectorAll("*")) {
        for (const { name, value } of [...element.attributes]) {
          if (!value.startsWith(built) || value.startsWith("//")) continue;
          if (name !== "src" || !element.matches("script")) {
            element.setAttribute(name, base + below(value));
            continue;
          }
          const script = document.createElement("script");
          script.src = window.trusted.createScriptURL(base + below(value));
          element.replaceWith(script);
        }
      }
      return;
    }
  };
  addEventListener("error", elsewhere, true);
})(document.currentScript.dataset.built);
