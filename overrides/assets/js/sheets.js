/* Tables that compute. The empty cells of a lesson's own table become fields;
   the rest is worked out here, on the reader's device. Rows are counted from
   nought; a table of another shape is left alone. Words: partials/sheet.html. */

(() => {
  const extras = document.getElementById("sheet").content;
  const say = (key, ...given) => extras.querySelector(`[data-say=${key}]`).textContent.replace(/\{(.)\}/g, (_, at) => given["abcde".indexOf(at)])
    .replace(/(^|[^\d.,])(1 (month|week|point))s/, "$1$2");

  /* A number as the lessons write it. */
  const write = (value, places = Math.abs(value) < 100 ? 1 : 0) =>
    (+value.toFixed(places) + 0).toLocaleString("en", { maximumFractionDigits: places }).replace("-", "−");

  /* What somebody typed: a number, undefined where nothing stands, or a sentence that says what is wrong. */
  function read(typed, most, name) {
    const text = typed.normalize("NFKC").replace(/[’‘]/g, "'").replace(/[−–]/, "-").replace(/\p{Sc}/u, "").trim();
    if (!text) return;
    if (most === 3) return /^[0-3]$/.test(text) ? +text : say("score", name);
    const [, minus, digits = "", unit = ""] = /^(-?)([\d ',.]*\d) *([km%]?|thousand|million|per cent)$/i.exec(text) || [];
    if (/^[%p]/i.test(unit) && most !== 100) return say("share", name);
    // One point before three digits: a thousand to some, a fraction to others. A comma there is how these pages write thousands.
    if (/^[1-9]\d?\d?\.\d{3}$/.test(digits)) return say("double", name, digits, digits.replace(".", ""), digits.slice(0, -1));
    const groups = /^[1-9]\d?\d?([ ',.])(\d\d\d?\1)*\d{3}(?!\d|\1)/.exec(digits);
    const plain = (groups ? digits.split(groups[1]).join("") : digits).replace(",", ".");
    if (!/^\d*\.?\d+$/.test(plain)) return say("unread", name, typed.slice(0, 20));
    const value = plain * (/^[kt]/i.test(unit) ? 1e3 : /^m/i.test(unit) ? 1e6 : 1);
    return minus ? say("minus", name) : value > most ? say("most", name, write(most)) : value;
  }

  /* The sentence on money that lasts so many days. */
  const ends = (days, day, a, b, d) => days > 36525 ? say("never", a)
    : say("ends", a, b, new Date(Date.now() + days * 864e5).toLocaleDateString("en-GB", { day, month: "long", year: "numeric" }), d);

  // For each sheet the column to type in, the most that each row takes (0: worked
  // out), and the formula: from the numbers by row to the other cells, as
  // [row, column, value], and what they mean.
  const sheets = {
    "bad-year": [1, [1e12, 1e12, 0, 1e12, 0, 1e12, 0], ([permanent, contract, , costs, , reserves]) => {
      const gross = permanent + contract, half = permanent * 0.5, less = contract * 0.7, bad = half + less;
      const months = (result) => (result < 0 ? reserves / -result * 12 : result >= 0 ? "–" : NaN);
      const result = bad - costs, left = months(result);
      return [
        [[0, 2, half], [1, 2, less], [2, 1, gross], [2, 2, bad], [3, 2, costs], [4, 1, gross - costs], [4, 2, result], [5, 2, reserves], [6, 1, months(gross - costs)], [6, 2, left]],
        () => (result < 0 ? ends(left * 30.44, undefined, write(-result), write(-result / 12), write(left)) : say("whole", write(result))) + (gross ? " " + say("even", write(costs / gross * 100)) : ""),
      ];
    }],
    "cash-weeks": [1, [1e12, 1e12, 0, 0], ([cash, paid]) => {
      const week = paid / 13, weeks = paid === 0 ? "–" : cash / week;
      return [[[2, 1, week], [3, 1, weeks]], () => (paid ? ends(weeks * 7, "numeric", "", "", write(weeks)) : say("nothing"))];
    }],
    discount: [1, [1e12, 100, 100, 1e4, 0, 0, 0, 0], ([salary, fee, asked, times]) => {
      const now = salary * fee / 100, after = salary * asked / 100, share = (fee - asked) / fee, lost = (now - after) * times;
      const cut = write(share * 100);
      return [
        [[4, 1, now], [5, 1, after], [6, 1, isFinite(share) ? cut + " %" : ""], [7, 1, lost]],
        () => (asked < fee ? say("costs", write(fee - asked, 2), cut, write(now - after), write(lost), write(times * share)) : say(asked > fee ? "rise" : "same")),
      ];
    }],
    "brief-score": [2, [3, 3, 3, 3, 3, 3, 3, 3, 0], (scores, names) => {
      const all = names.slice(0, 8).map((_, row) => scores[row] || 0), total = all.reduce((a, b) => a + b), least = Math.min(...all);
      const empty = 8 - scores.filter((score) => score >= 0).length;
      return [
        [[8, 2, empty < 8 ? total : NaN]],
        () => say("total", total) + (empty ? " " + say("empty", empty) : "") + " " +
          (all[0] < 2 ? say("sign") : least < 3 ? say("ask", names.filter((_, row) => all[row] === least).join(", ")) : say("best")),
      ];
    }],
  };

  function start(box) {
    const key = kit.PREFIX + "sheet." + box.dataset.sheet, rows = [...box.querySelectorAll("tbody tr")];
    const [column, ask, work] = sheets[box.dataset.sheet] || [0, []];
    if (rows.length !== ask.length) return;
    const cell = (row, at) => rows[row].cells[at];
    const names = rows.map((_, row) => cell(row, 0).textContent);
    const says = extras.querySelector(".says"), tools = extras.querySelector(".sheet-tools");
    const [label, print, empty] = tools.children, tick = label.firstChild;
    const fields = [];
    let store, pause;

    function draw() {
      const values = [], wrong = [], missing = [];
      for (const { row, most, input } of fields) {
        const value = read(input.value, most, names[row]), bad = typeof value === "string";
        if (bad) wrong.push(value);
        else if (value === undefined) missing.push(names[row]);
        else values[row] = value;
        input.ariaInvalid = bad;
        input.setAttribute("aria-describedby", bad ? says.id : "");
      }
      const [cells, means] = work(values, names);
      for (const [row, at, value] of cells) cell(row, at).textContent = typeof value === "string" ? value : isFinite(value) ? write(value) : "";
      says.classList.toggle("wrong", wrong.length);
      says.classList.toggle("not-printed", !wrong.length && missing.length === fields.length);
      says.textContent = wrong.join(" ") || (missing.length === fields.length ? say("start")
        : missing.length && column < 2 ? say("missing", missing.join(", ")) : means());
    }

    function keep() {
      try {
        if (tick.checked) store.setItem(key, JSON.stringify(fields.map(({ input }) => input.value)));
        else store.removeItem(key);
      } catch { tick.checked = false; }
    }

    function load() {
      let kept;
      try { kept = JSON.parse(store.getItem(key)); } catch { /* nothing, or not ours */ }
      tick.checked = Array.isArray(kept);
      fields.forEach(({ input }, at) => { if (tick.checked) input.value = kept[at] ?? ""; });
      draw();
    }

    ask.forEach((most, row) => {
      if (!most) return;
      const input = document.createElement("input");
      input.inputMode = "decimal";
      input.autocomplete = "off";
      input.ariaLabel = names[row] + ", " + box.querySelectorAll("thead tr > *")[column].textContent;
      input.oninput = () => { clearTimeout(pause); pause = setTimeout(draw, 700); };
      input.onchange = () => {
        clearTimeout(pause);
        // Written back as it was understood, so that a slip shows.
        const value = read(input.value, most), tidy = value >= 0 && write(value, 6);
        if (tidy && read(tidy, most) === value) input.value = tidy;
        draw();
        keep();
      };
      cell(row, column).append(input);
      fields.push({ row, most, input });
    });
    tick.onchange = keep;
    print.onclick = () => { document.documentElement.dataset.print = "sheet"; window.print(); };
    addEventListener("afterprint", () => { delete document.documentElement.dataset.print; });
    empty.onclick = () => {
      for (const { input } of fields) input.value = "";
      tick.checked = false;
      keep();
      draw();
      fields[0].input.focus();
    };
    try {
      store = localStorage;
      store.setItem("sheet", "");
      store.removeItem("sheet");
      addEventListener("storage", (event) => { if (event.key === key) load(); });
    } catch { label.hidden = true; }
    box.append(says, tools);
    box.classList.add("computes");
    load();
  }

  kit.sheet = start;
})();
