/* In the preview alone: what is wrong with this page, and whether it is the newest. The built site never has it. */
((rendering) => {
  const store = (value) => { try { return value === undefined ? sessionStorage.getItem("preview") : sessionStorage.setItem("preview", value); } catch { return null; } };
  const panel = document.createElement("aside");
  panel.setAttribute("aria-label", "Preview");
  panel.setAttribute("role", "status");
  panel.className = "preview-panel";
  panel.style.cssText = "all:initial;position:fixed;z-index:9999;right:12px;bottom:12px;max-width:min(34em,calc(100vw - 24px));max-height:45vh;overflow:auto;box-sizing:border-box;padding:10px 14px;border:2px solid #8F1D1D;background:#FBFCF8;color:#15201C;font:15px/1.45 system-ui,sans-serif";
  const line = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const show = ({ old, problems, elsewhere }) => {
    const parts = [];
    if (old.length) parts.push(line("strong", "This page is old: the site cannot be rendered until this is mended."), list(old));
    if (problems.length) parts.push(line("strong", problems.length === 1 ? "One problem on this page" : `${problems.length} problems on this page`), list(problems));
    if (elsewhere) parts.push(line("p", elsewhere));
    const state = old.length ? "old" : problems.length ? "problems" : "";
    const before = store();
    const mended = !state && (before === "old" || before === "problems");
    if (mended) parts.unshift(line("strong", "Mended. This page is the newest."));
    store(mended ? "" : state);
    panel.replaceChildren(...parts);
    panel.style.borderColor = state ? "#8F1D1D" : "#145A35";
    if (parts.length) document.body.append(panel);
    else panel.remove();
    if (mended && !elsewhere) setTimeout(() => panel.remove(), 6000);
  };
  const list = (lines) => {
    const all = document.createElement("ul");
    all.style.cssText = "margin:4px 0;padding-left:1.2em";
    all.append(...lines.map(([where, sentence]) => {
      const item = document.createElement("li");
      item.append(line("code", where), " ", sentence);
      return item;
    }));
    return all;
  };
  const news = new EventSource(`/.news?${encodeURIComponent(location.pathname)}`);
  news.onmessage = ({ data }) => {
    const said = JSON.parse(data);
    if (said.rendering === rendering) show(said);
    else location.reload();
  };
})(RENDERING);
