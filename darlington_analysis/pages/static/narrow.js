// The page is whole without this script, which shows fields that narrow a table to what is wanted.
"use strict";
const plain = text => text.toLowerCase().replace(/&/g, " and ").replace(/[^a-z0-9]+/g, " ").trim();
for (const box of document.querySelectorAll(".narrow")) {
  const table = document.getElementById(box.dataset.table);
  const fields = [...box.querySelectorAll("input, select")];
  const count = box.querySelector("[role=status]");
  const rows = [...table.tBodies[0].rows];
  const findRows = () => {
    const wanted = plain(fields[0].value), joined = wanted.replace(/ /g, "");
    let shown = 0;
    for (const row of rows) {
      const words = plain(`${row.cells[0].textContent} ${row.dataset.words || ""}`);
      const isNamed = words.includes(wanted) || words.replace(/ /g, "").includes(joined);
      const starts = (row.dataset.postcodes || "").split(" ").filter(start => start);
      const isWithin = start => joined.startsWith(start) || start.startsWith(joined);
      row.hidden = !isNamed && !(/^[a-z]{1,2}\d/.test(joined) && starts.some(isWithin));
      shown += !row.hidden;
    }
    count.textContent = wanted ? count.dataset.words.replace("#", shown) : "";
  };
  const kept = [...table.rows].map(row => [...row.cells]);
  const beside = row => {
    const [one, other] = fields.map(field => row.querySelector(`[data-ward="${field.value}"]`));
    const verdict = one && other && one.dataset.beside[other.dataset.place];
    const words = table.dataset[verdict] || table.dataset.n;
    row.lastElementChild.textContent = words.replace("#", fields[0].selectedOptions[0].text);
  };
  const pickWards = () => {
    const picked = fields.map(field => field.value);
    for (const cell of table.querySelectorAll("[data-ward]"))
      cell.hidden = picked[0] && picked[1] ? !picked.includes(cell.dataset.ward) : false;
    for (const [place, row] of [...table.rows].entries()) {
      const own = picked.map(code => kept[place].find(cell => cell.dataset.ward === code));
      const chosen = own.filter(cell => cell), others = kept[place].slice(0, -1);
      const rest = others.filter(cell => !chosen.includes(cell));
      row.append(...(chosen.length > 1 ? [...rest, ...new Set(chosen)] : others), kept[place].at(-1));
    }
    const isPair = Boolean(picked[0] && picked[1] && picked[0] !== picked[1]);
    for (const cell of table.querySelectorAll("[data-pair]")) cell.hidden = !isPair;
    if (isPair) rows.forEach(beside);
  };
  const update = fields[0].tagName === "SELECT" ? pickWards : findRows;
  const named = decodeURIComponent(location.hash.slice(1)).split("+");
  if (update === pickWards) fields.forEach((field, place) => {
    if ([...field.options].some(option => option.value === named[place])) field.value = named[place];
  });
  for (const field of fields) field.addEventListener("input", update);
  box.hidden = false;
  update();
}
