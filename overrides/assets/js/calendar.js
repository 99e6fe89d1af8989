/* The running order from another week on: the calendar file with its days moved. */
(() => {
  const first = document.querySelector("[data-calendar]");
  const link = first.closest("p").querySelector("a");
  const [file, name] = [link.href, link.pathname.split("/").pop()];
  const days = (date) => Date.parse(`${date}T00:00Z`) / 864e5;
  const monday = (day) => day - ((day + 3) % 7); // day 0, 1 January 1970, was a Thursday
  const from = days(first.defaultValue);
  first.addEventListener("change", async () => {
    if (!first.value) return;
    const shift = monday(days(first.value)) - from;
    const moved = (await (await fetch(file)).text()).replace(/^(DT(?:START|END):)(\d{4})(\d\d)(\d\d)/gm, (_, key, year, month, day) =>
      key + new Date((days(`${year}-${month}-${day}`) + shift) * 864e5).toISOString().slice(0, 10).replaceAll("-", ""));
    URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([moved], { type: "text/calendar" }));
    link.download = name;
  });
})();
