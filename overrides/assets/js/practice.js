/* Practice: reads the phrasebook's page, lets one choose what to drill, and says what is due. An address such as
   practice/?situation=fee begins with that choice made. */

(async () => {
  const form = document.querySelector("form.sitting");
  const which = form.querySelector("select");
  const line = form.querySelector("[role=status]");
  const start = form.querySelector("button");

  // The page as a document, which nothing in it can turn into code.
  const fetchPage = (address) => new Promise((resolve, reject) => {
    const asking = new XMLHttpRequest();
    asking.responseType = "document";
    asking.onload = () => (asking.response?.querySelector(".phrase") ? resolve(asking.response) : reject(new Error(address)));
    asking.onerror = reject;
    asking.open("GET", address);
    asking.send();
  });

  let book, mine = [];
  try {
    start.disabled = true;
    book = await fetchPage(form.dataset.phrasebook);
  } catch {
    const link = kit.make("a", { href: form.dataset.phrasebook }, "phrasebook");
    form.replaceChildren(kit.make("p", {}, "The phrases could not be fetched. Open the ", link, " and press “Practise” there."));
    return;
  }
  const phrases = [...book.querySelectorAll(".phrase")];
  if (kit.stores && localStorage.getItem(kit.PREFIX + "own")) {
    await kit.load(form.dataset.own).then(() => { mine = kit.own.phrases(document); }, () => {});
  }

  const group = (label, ...options) => {
    const made = document.createElement("optgroup");
    made.label = label;
    made.append(...options);
    return made;
  };
  const option = (value, words) => kit.make("option", { value }, words);
  const options = (name) => [...book.querySelectorAll(`.filter [name=${name}] option`)].filter(({ value }) => phrases.some(({ dataset }) => dataset[name] === value));
  which.append(
    ...(mine.length ? [option("part=own", "Your own")] : []),
    group("Before a call about …", ...[...book.querySelectorAll(".situation h2")].map((head) => option(`situation=${head.id}`, head.textContent))),
    group("What one person says", ...options("speaker").map(({ value, textContent }) => option(`speaker=${value}`, textContent))),
    group("One lesson", ...options("lesson").map(({ value, textContent, parentElement: { label } }) => option(`lesson=${value}`, `${label}, ${textContent}`))));

  // What the address asks for, where there is such a choice; a single phrase gets one.
  const [asked] = new URLSearchParams(location.search);
  if (asked) {
    const value = asked.join("=");
    if (asked[0] === "phrase" && phrases.some(({ id }) => id === asked[1])) which.append(option(value, "One phrase"));
    if ([...which.options].some((one) => one.value === value)) which.value = value;
  }

  let drill;
  function announce() {
    const [name, value] = which.value.split("=");
    const chosen = [...mine, ...phrases].filter((phrase) => !name || (name === "phrase" ? phrase.id : phrase.dataset[name]) === value);
    drill = kit.drill(chosen, start);
    drill.left = announce;
    const { words, press, count } = drill.standing();
    if (line.textContent !== words) line.textContent = words;
    start.textContent = press;
    start.disabled = !count;
  }

  form.addEventListener("change", announce);
  form.addEventListener("submit", (event) => { event.preventDefault(); drill.begin(); });
  if (kit.stores) kit.watch(["practice"], () => { if (!("sitting" in document.documentElement.dataset)) announce(); });
  announce();
})();
