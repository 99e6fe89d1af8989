/* What every page can do beyond reading. Each part works alone: where one
   fails, or the browser refuses storage, the text and the links stay. */

(() => {
  const root = document.documentElement;
  const body = document.body;
  const base = body.dataset.base;

  /* The reader's own colours: system, light or dark. */
  function schemes() {
    const radios = document.querySelectorAll("input[name=scheme]");
    const show = (scheme) => {
      if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
      else delete root.dataset.scheme;
      for (const radio of radios) radio.checked = radio.value === (root.dataset.scheme || "system");
    };
    show(root.dataset.scheme);
    for (const radio of radios) {
      radio.addEventListener("change", () => {
        show(radio.value);
        try {
          if (radio.value === "system") localStorage.removeItem("pushback.scheme");
          else localStorage.setItem("pushback.scheme", radio.value);
        } catch { /* kept for this page only */ }
      });
    }
    addEventListener("storage", (event) => { if (event.key === "pushback.scheme") show(event.newValue); });
  }

  /* Search: its field stands in the page, so that no letter is lost; what fills it is fetched when somebody comes near. */
  function search() {
    const button = document.getElementById("open-search");
    const dialog = document.getElementById("search");
    if (location.protocol === "file:") {
      button.hidden = true; // browsers refuse a page on disk the index
      return;
    }
    const field = dialog.querySelector("input");
    let script;
    const load = () => {
      if (script) return;
      script = document.createElement("script");
      script.src = trusted.createScriptURL(body.dataset.search);
      script.onerror = () => {
        script.remove();
        script = undefined;
        dialog.querySelector("[role=status]").textContent = "Search could not be loaded. The foot of the page lists everything.";
      };
      document.head.append(script);
    };
    const open = () => {
      load();
      if (!dialog.open) dialog.showModal();
      field.focus();
      field.select();
    };
    for (const near of ["pointerenter", "focus"]) button.addEventListener(near, load);
    button.addEventListener("click", open);
    dialog.querySelector("button").addEventListener("click", () => dialog.close());
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // which would only empty the field
      dialog.close();
    });
    addEventListener("keydown", (event) => {
      const { key, altKey, target } = event;
      const held = event.ctrlKey || event.metaKey;
      const typing = target.closest?.("input, textarea, select, [contenteditable], dialog");
      if (key === "/" ? typing || held || altKey : key !== "k" || !held || altKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
  }

  /* A footnote or a word of the glossary, shown where it is met: with the
     pointer, by keyboard, and by a first touch. The link itself stays. */
  function tips() {
    let tip, owner, glossary;
    const close = () => {
      tip?.remove();
      owner?.removeAttribute("aria-describedby");
      tip = owner = undefined;
    };
    const words = async (link) => {
      if (link.matches(".footnote-ref")) {
        const note = document.getElementById(decodeURIComponent(link.hash.slice(1))).cloneNode(true);
        note.querySelector(".footnote-backref")?.remove();
        return [...note.childNodes];
      }
      glossary ??= new Promise((resolve, reject) => {
        const asking = new XMLHttpRequest(); // which gives a page, where fetch gives a text that nothing may parse
        asking.responseType = "document";
        asking.onload = () => resolve(asking.response);
        asking.onerror = reject;
        asking.open("GET", link.href.split("#")[0]);
        asking.send();
      });
      const entry = (await glossary).getElementById(link.hash.slice(1));
      const term = document.createElement("p");
      term.append(Object.assign(document.createElement("b"), { textContent: entry.textContent }));
      const meaning = document.createElement("p");
      meaning.textContent = entry.nextElementSibling.textContent;
      return [term, meaning];
    };
    const show = async (link) => {
      if (owner === link) return;
      close();
      owner = link;
      let found;
      try { found = await words(link); } catch { close(); return; }
      if (owner !== link) return;
      tip = document.createElement("div");
      tip.className = "tip";
      tip.id = "tip";
      tip.setAttribute("role", "tooltip");
      tip.append(...found);
      body.append(tip);
      const box = link.getBoundingClientRect();
      const left = Math.min(box.left, innerWidth - tip.offsetWidth - 16);
      const below = box.bottom + tip.offsetHeight + 8 < innerHeight;
      tip.style.left = Math.max(16, left) + scrollX + "px";
      tip.style.top = scrollY + (below ? box.bottom + 6 : Math.max(0, box.top - tip.offsetHeight - 6)) + "px";
      link.setAttribute("aria-describedby", "tip");
    };
    const links = document.querySelectorAll(".footnote-ref, .prose a[href*='glossary/#']");
    for (const link of links) {
      let leaving;
      const stay = () => clearTimeout(leaving);
      const leave = () => { leaving = setTimeout(() => { if (owner === link) close(); }, 250); };
      link.addEventListener("pointerenter", (event) => {
        if (event.pointerType !== "mouse") return;
        stay();
        show(link).then(() => {
          tip?.addEventListener("pointerenter", stay);
          tip?.addEventListener("pointerleave", leave);
        });
      });
      link.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") leave(); });
      link.addEventListener("focus", () => { if (link.matches(":focus-visible")) show(link); });
      // At once where the focus went on, which the tip must not cover; a press inside the tip needs it a little longer.
      link.addEventListener("blur", ({ relatedTarget: next }) => {
        if (owner === link && next && !tip?.contains(next)) close();
        else leave();
      });
      let touched = false;
      link.addEventListener("pointerdown", (event) => { touched = event.pointerType !== "mouse"; });
      link.addEventListener("click", (event) => {
        if (touched && owner !== link) {
          event.preventDefault();
          show(link);
        }
      });
    }
    addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    addEventListener("click", (event) => {
      if (tip && !event.target.closest(".tip") && !owner.contains(event.target)) close();
    });
  }

  /* Wide tables scroll by themselves, also by keyboard. */
  function tables() {
    const boxes = [];
    for (const table of document.querySelectorAll(".prose table")) {
      if (table.parentElement.matches(".table")) continue;
      const box = document.createElement("div");
      box.className = "table";
      table.replaceWith(box);
      box.append(table);
      boxes.push(box);
    }
    const watch = new ResizeObserver(() => boxes.forEach((box, at) => {
      if (box.scrollWidth <= box.clientWidth) return;
      const title = box.closest(".admonition")?.querySelector(".admonition-title")?.textContent || "";
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", `Table ${at + 1}${title && ": "}${title}`);
    }));
    for (const box of boxes) {
      watch.observe(box);
      watch.observe(box.firstChild); // a face that comes late widens the table alone
    }
  }

  /* Which section of a lesson is being read, said in its strip. */
  function strip() {
    const links = [...document.querySelectorAll("[data-strip] a")];
    if (!links.length) return;
    const parts = links.map((link) => document.getElementById(link.hash.slice(1)));
    const mark = () => {
      const at = parts.findLastIndex((part) => part && part.getBoundingClientRect().top < innerHeight / 3);
      links.forEach((link, number) => {
        if (number === at) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    };
    let waiting = 0;
    addEventListener("scroll", () => { waiting ||= requestAnimationFrame(() => { waiting = 0; mark(); }); }, { passive: true });
    mark();
  }

  /* The number of a lesson grows out of the list it was chosen from. */
  function grow() {
    if (document.querySelector(".folio .numeral")) return;
    addEventListener("pageswap", ({ viewTransition, activation }) => {
      const chosen = viewTransition && [...document.querySelectorAll(".toc a")].find((link) => link.href === activation?.entry?.url);
      chosen?.closest("li").querySelector(".number").style.setProperty("view-transition-name", "folio");
    });
  }

  /* A copy on a disk has no server that turns a folder into its index. */
  function onDisk() {
    if (location.protocol !== "file:") return;
    for (const link of document.querySelectorAll("a[href]")) {
      if (link.protocol !== "file:" || !link.pathname.endsWith("/")) continue;
      link.pathname += "index.html";
    }
  }

  for (const part of [schemes, search, tips, tables, strip, grow, onDisk]) {
    try { part(); } catch (error) { console.warn(part.name, error); }
  }
})();
