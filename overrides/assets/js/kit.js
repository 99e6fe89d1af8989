/* What the site's tools share: the reader's device, made elements, copying, and scripts that wait until they are
   wanted. Everything kept has one prefix. Where the browser refuses storage, `stores` is false and nothing is kept. */

window.kit = (() => {
  const PREFIX = "pushback.";

  function allowed() {
    try {
      localStorage.setItem(PREFIX + "try", "1");
      localStorage.removeItem(PREFIX + "try");
      return true;
    } catch { return false; }
  }
  const stores = allowed();

  // Once, from the names that things had before they shared a prefix.
  if (stores) {
    for (const old of Object.keys(localStorage).filter((key) => key === "scheme" || key.startsWith("sheet:"))) {
      const name = PREFIX + old.replace(":", ".");
      try {
        if (localStorage.getItem(name) === null) localStorage.setItem(name, localStorage.getItem(old));
        localStorage.removeItem(old);
      } catch { /* full: it is tried again on the next page */ }
    }
  }

  // What is kept under a name, always an object. Broken data counts as nothing kept.
  function read(name) {
    try { return Object(JSON.parse(localStorage.getItem(PREFIX + name))); } catch { return {}; }
  }
  // Throws where the store is full.
  const write = (name, data) => localStorage.setItem(PREFIX + name, JSON.stringify(data));
  const erase = (name) => localStorage.removeItem(PREFIX + name);
  // Calls `then` when another tab has changed one of these, or everything was erased there.
  const watch = (names, then) => addEventListener("storage", ({ key }) => {
    if (key === null || names.some((name) => key === PREFIX + name)) then();
  });

  const make = (name, told, ...inside) => {
    const made = Object.assign(document.createElement(name), told);
    made.append(...inside);
    return made;
  };
  const button = (words, action, told) => {
    const made = make("button", { type: "button", ...told }, ...[].concat(words));
    made.addEventListener("click", action);
    return made;
  };
  const status = (told) => {
    const made = make("p", told);
    made.setAttribute("role", "status");
    return made;
  };

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // A page on disk, or an old browser: by way of a selection.
      const before = document.activeElement;
      const box = make("textarea", { value: text, className: "unseen" });
      (document.querySelector("dialog[open]") || document.body).append(box);
      box.select();
      const copied = document.execCommand("copy");
      box.remove();
      before?.focus();
      if (!copied) throw new Error("copying was refused");
    }
  }

  // Puts text into a file of this name, on the reader's disk.
  function save(text, download) {
    const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    make("a", { href, download }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  }
  const names = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).sort();
  const everything = () => Object.fromEntries(names().map((key) => [key, localStorage.getItem(key)]));
  const saveAll = () => save(JSON.stringify({ site: "pushback", version: 1, kept: everything() }, null, 2), "pushback.json");

  // A script or a stylesheet that comes when it is wanted, once.
  const coming = {};
  const load = (address) => coming[address] ??= new Promise((resolve, reject) => {
    const style = /\.css$/.test(address);
    const element = style ? make("link", { rel: "stylesheet", href: address })
      : make("script", { src: globalThis.trusted ? trusted.createScriptURL(address) : address });
    element.onload = resolve;
    element.onerror = (error) => { delete coming[address]; element.remove(); reject(error); };
    document.head.append(element);
  });

  // The system's own sheet for sending on, on the devices that have one.
  const share = navigator.share ? (data) => navigator.share(data).catch(() => {}) : undefined;

  return { stores, read, write, erase, watch, make, button, status, copy, saveAll, everything, load, share, PREFIX };
})();
