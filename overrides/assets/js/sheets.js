/* Tables that compute. The empty cells of a lesson's own table become fields; the rest is worked out here, on the
   reader's device. Each row is known by its first words, in any order; a table with a row that is not known, or without
   one that is needed, is left alone. What one sheet works out, the next can take. Words: partials/sheet.html. */

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

  const MOST = 1e12;

  // For each sheet: the column to type in; its rows by name, each with the words it begins with and the most that it
  // takes (0: worked out), "?" marking those that a table may leave out; what it takes from other sheets; and the
  // formula: from the named numbers to cells, as { name: value or [value, value in the next column] }, to what it
  // passes on, and to what all of it means. A row that is left out counts as `or` says.
  const SHEETS = {
    "bad-year": {
      column: 1,
      rows: {
        permanent: [/^permanent/i, MOST], contract: [/^contract/i, MOST], "commission?": [/^commission/i, 100],
        gross: [/^(both|gross profit in all)/i, 0], costs: [/^(fixed )?costs/i, MOST], result: [/^result/i, 0],
        "bank?": [/^(money|cash) in the bank/i, MOST], "tax?": [/^tax/i, MOST], "notice?": [/^(notice|a decent ending)/i, MOST],
        reserves: [/^reserves/i, MOST], months: [/^months/i, 0],
      },
      work({ permanent, contract, commission = 0, costs, bank, tax = 0, notice = 0, reserves = bank - tax - notice }) {
        const kept = 1 - commission / 100, half = permanent * 0.5, less = contract * 0.7;
        const good = (permanent + contract) * kept, bad = (half + less) * kept, result = bad - costs;
        const months = (left) => (left < 0 ? reserves / -left * 12 : left >= 0 ? "–" : NaN);
        const left = months(result);
        return {
          cells: {
            permanent: [, half], contract: [, less], commission: [, commission], gross: [good, bad], costs: [, costs],
            result: [good - costs, result], bank: [, bank], tax: [, tax], notice: [, notice],
            reserves: bank === undefined ? [, reserves] : [reserves, reserves], months: [months(good - costs), left],
          },
          passes: { cash: bank ?? reserves, tax },
          means: () => (result < 0 ? ends(left * 30.44, undefined, write(-result), write(-result / 12), write(left)) : say("whole", write(result)))
            + (good ? " " + say("even", write(costs / good * 100)) : ""),
        };
      },
    },
    "cash-weeks": {
      column: 1,
      takes: { cash: ["bad-year", "cash"], tax: ["bad-year", "tax"] },
      rows: {
        cash: [/^cash (you|in)/i, MOST], "tax?": [/^tax/i, MOST], paid: [/^paid out in/i, MOST], "came?": [/^came in/i, MOST],
        "delay?": [/^days/i, 1000], week: [/^paid out (per|each) week/i, 0], "late?": [/^cash weeks if/i, 0], weeks: [/^cash weeks/i, 0],
      },
      work({ cash, tax = 0, paid, came = 0, delay = 0 }) {
        const week = paid / 13, usable = cash - tax, weeks = paid === 0 ? "–" : usable / week;
        const late = paid === 0 ? "–" : came && delay ? (usable - came / 91 * delay) / week : NaN;
        return {
          cells: { week, weeks, late },
          passes: { cash: usable, week },
          means: () => (paid ? ends(weeks * 7, "numeric", "", "", write(weeks)) + (delay && came ? " " + say("late", write(delay), write(late)) : "") : say("nothing")),
        };
      },
    },
    discount: {
      column: 1,
      takes: { week: ["cash-weeks", "week"] },
      rows: {
        salary: [/^salary/i, MOST], fee: [/^your fee/i, 100], asked: [/^fee asked/i, 100], times: [/^placements/i, 1e4],
        now: [/^fee now/i, 0], after: [/^fee after/i, 0], share: [/^the discount/i, 0], lost: [/^lost/i, 0],
      },
      work({ salary, fee, asked, times, week }) {
        const now = salary * fee / 100, after = salary * asked / 100, share = (fee - asked) / fee, lost = (now - after) * times;
        const cut = write(share * 100);
        return {
          cells: { now, after, share: isFinite(share) ? cut + " %" : "", lost },
          means: () => (asked < fee ? say("costs", write(fee - asked, 2), cut, write(now - after), write(lost), write(times * share))
            + (week ? " " + say("weeks", write(lost / week)) : "") : say(asked > fee ? "rise" : "same")),
        };
      },
    },
    hire: {
      column: 1,
      takes: { cash: ["cash-weeks", "cash"], week: ["cash-weeks", "week"] },
      rows: {
        month: [/^pay a month/i, MOST], months: [/^months until/i, 120], setup: [/^setting/i, MOST], cash: [/^cash (you|in)/i, MOST],
        week: [/^paid out (per|each) week/i, MOST], floor: [/^cash weeks you/i, 520], cost: [/^the hire costs/i, 0],
        weeks: [/^cash weeks now/i, 0], after: [/^cash weeks with/i, 0], missing: [/^missing/i, 0],
      },
      work({ month, months, setup, cash, week, floor }) {
        // The new pay counts once: out of the cash, until the first fee.
        const cost = month * months + setup;
        const after = week === 0 ? "–" : (cash - cost) / week, missing = Math.max(0, floor * week + cost - cash);
        return {
          cells: { cost, weeks: week === 0 ? "–" : cash / week, after, missing },
          means: () => (missing > 0 ? say("short", write(after), write(missing), write(floor)) : say("enough", write(after), write(floor))),
        };
      },
    },
  };

  // A brief has as many rows as its lesson gives it, and their total.
  const scored = (names) => ({
    column: 2,
    rows: Object.fromEntries(names.map((name, at) => [`row${at}`, [{ test: (text) => text === name }, at + 1 < names.length ? 3 : 0]])),
    work(scores) {
      const last = names.length - 1, all = names.slice(0, last).map((_, row) => scores[`row${row}`] || 0);
      const total = all.reduce((a, b) => a + b, 0), least = Math.min(...all), empty = last - Object.keys(scores).length;
      return {
        cells: { [`row${last}`]: empty < last ? total : NaN },
        means: () => say("total", total) + (empty ? " " + say("empty", empty) : "") + " " + (all[0] < 2 ? say("sign")
          : least < 3 ? say("ask", names.slice(0, last).filter((_, row) => all[row] === least).join(", ")) : say("best")),
      };
    },
  });

  // Which row is which: by name, its place in the table; nothing where a row is strange or one is missing.
  function known(rows, names) {
    const found = {};
    for (const [at, text] of names.entries()) {
      const name = Object.keys(rows).find((one) => !(one.replace("?", "") in found) && rows[one][0].test(text));
      if (!name) return undefined;
      found[name.replace("?", "")] = at;
    }
    return Object.keys(rows).every((name) => name.endsWith("?") || name in found) ? found : undefined;
  }

  function start(box) {
    const key = "sheet." + box.dataset.sheet, lines = [...box.querySelectorAll("tbody tr")];
    const names = lines.map((line) => line.cells[0].textContent.trim());
    const sheet = box.dataset.sheet === "brief-score" ? scored(names) : SHEETS[box.dataset.sheet];
    const places = sheet && known(sheet.rows, names);
    if (!places || new Set(names).size < names.length) return;
    const { column } = sheet;
    const says = extras.querySelector(".says"), tools = extras.querySelector(".sheet-tools");
    const [label, take, print, empty] = tools.children, tick = label.firstChild;
    // Where money in the bank is a row, the reserves are worked out from it.
    const most = (name) => (name === "reserves" && "bank" in places ? 0 : (sheet.rows[name] ?? sheet.rows[name + "?"])[1]);
    const fields = Object.keys(places).filter(most).map((name) => ({ name, row: places[name], most: most(name), input: document.createElement("input") }));
    const needed = (name) => !(name + "?" in sheet.rows) || name === "bank";
    let pause;

    // What other sheets pass on, where their figures are kept on this device; undefined where there is none.
    function passed(name) {
      const [from, what] = sheet.takes?.[name] ?? [];
      const value = from && kit.stores ? Number(kit.read("sheet." + from)["=" + what] ?? NaN) : NaN;
      return value >= 0 && value <= MOST ? value : undefined;
    }
    const offered = () => fields.filter(({ name, input }) => !input.value.trim() && passed(name) !== undefined);

    let latest = {};
    function draw() {
      const values = {}, wrong = [], missing = [];
      for (const { name, row, most, input } of fields) {
        const value = read(input.value, most, names[row]), bad = typeof value === "string";
        if (bad) wrong.push(value);
        else if (value === undefined && needed(name)) missing.push(names[row]);
        else if (value === undefined) continue;
        else values[name] = value;
        input.ariaInvalid = bad;
        input.setAttribute("aria-describedby", bad ? says.id : "");
      }
      for (const name of Object.keys(sheet.takes ?? {})) if (!(name in places)) values[name] = passed(name);
      const { cells, passes = {}, means } = sheet.work(values);
      latest = passes;
      for (const [name, value] of Object.entries(cells)) {
        if (!(name in places)) continue;
        [].concat(value).forEach((one, at) => {
          const cell = lines[places[name]].cells[column + at];
          if (one === undefined && Array.isArray(value) && at === 0 || !cell || cell.querySelector("input")) return;
          cell.textContent = typeof one === "string" ? one : isFinite(one) ? write(one) : "";
        });
      }
      take.hidden = !offered().length;
      const none = missing.length === fields.filter(({ name }) => needed(name)).length;
      says.classList.toggle("wrong", wrong.length);
      says.classList.toggle("not-printed", !wrong.length && none);
      says.textContent = wrong.join(" ") || (none ? say("start")
        : missing.length && column < 2 ? say("missing", missing.join(", ")) : means());
    }

    // As typed, and behind "=" what other sheets may take.
    function keep() {
      try {
        if (!tick.checked) { kit.erase(key); return; }
        const typed = fields.map(({ name, input }) => [name, input.value]);
        const passes = Object.entries(latest).filter(([, value]) => isFinite(value)).map(([name, value]) => ["=" + name, String(value)]);
        kit.write(key, Object.fromEntries([...typed, ...passes]));
      } catch { tick.checked = false; }
    }

    function load() {
      const kept = kit.read(key), old = Array.isArray(kept);
      tick.checked = old || fields.some(({ name }) => Object.hasOwn(kept, name));
      fields.forEach(({ name, input }, at) => {
        const value = old ? kept[at] : Object.hasOwn(kept, name) ? kept[name] : "";
        if (tick.checked) input.value = typeof value === "string" ? value : "";
      });
      draw();
    }

    for (const { name, row, most, input } of fields) {
      input.inputMode = "decimal";
      input.autocomplete = "off";
      input.ariaLabel = names[row] + ", " + box.querySelectorAll("th")[column].textContent;
      input.oninput = () => { clearTimeout(pause); pause = setTimeout(draw, 700); };
      input.onchange = () => {
        clearTimeout(pause);
        // Written back as it was understood, so that a slip shows.
        const value = read(input.value, most), tidy = value >= 0 && write(value, 6);
        if (tidy && read(tidy, most) === value) input.value = tidy;
        draw();
        keep();
      };
      lines[places[name]].cells[column].append(input);
    }
    fields.sort((a, b) => a.row - b.row);
    tick.onchange = keep;
    take.onclick = () => {
      for (const { name, input } of offered()) input.value = write(passed(name), 2);
      draw();
      keep();
      fields[0].input.focus();
    };
    print.onclick = () => { document.documentElement.dataset.print = "sheet"; window.print(); };
    addEventListener("afterprint", () => { delete document.documentElement.dataset.print; });
    empty.onclick = () => {
      for (const { input } of fields) input.value = "";
      tick.checked = false;
      keep();
      draw();
      fields[0].input.focus();
    };
    if (kit.stores) kit.watch([key, ...Object.values(sheet.takes ?? {}).map(([from]) => "sheet." + from)], load);
    else label.hidden = true;
    box.append(says, tools);
    box.classList.add("computes");
    if (kit.stores) load(); else draw();
  }

  kit.sheet = start;
})();
