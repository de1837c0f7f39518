const form = document.querySelector("form");
const fields = () => [...form.elements].filter(field => field.name);
const namesOf = list => fields().filter(field => field.value && field.name.endsWith(".id")
  && list.dataset.of.split(" ").includes(field.name.split(".")[0])).map(field => field.value);
const say = (id, ...sentences) => {
  document.getElementById(id).textContent = sentences.filter(words => words).join(" ");
};
const wordsOf = id => document.getElementById(id).dataset;

form.addEventListener("focusin", event => {
  const list = event.target.list;
  if (list) list.replaceChildren(...namesOf(list).map(name => new Option(name, name)));
});
form.addEventListener("submit", event => event.preventDefault());
form.addEventListener("input", event => mark(event.target));
form.addEventListener("click", event => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.add) add(button).querySelector("input, select, textarea").focus();
  else if (button.dataset.remove) {
    const list = button.closest("[data-next]");
    button.closest("fieldset").remove();
    numberParts(list);
    list.nextElementSibling.nextElementSibling.focus();
  } else if (button.dataset.save) save(button.dataset.save);
});

function add(button) {
  const list = document.getElementById(button.dataset.add);
  const number = list.dataset.next;
  list.dataset.next = Number(number) + 1;
  const template = button.previousElementSibling;
  const mark = new RegExp(template.dataset.mark, "g");
  list.insertAdjacentHTML("beforeend", template.innerHTML.replace(mark, number));
  numberParts(list);
  return list.lastElementChild;
}

// Number the parts of a list as the checks number them: by their order.
function numberParts(list) {
  [...list.children].forEach((part, at) => {
    const legend = part.querySelector("legend");
    legend.textContent = `${legend.dataset.part}, ${at + 1}`;
  });
}

// Mark an answer that could not be read; return whether it is one.
function mark(field) {
  const list = field.list;
  const isKnown = !list || !field.value || field.value === list.dataset.also
    || namesOf(list).includes(field.value);
  const isLong = field.dataset.most && field.value.length > Number(field.dataset.most);
  field.setCustomValidity(isKnown ? (isLong ? wordsOf("saved").long : "") : wordsOf("saved").unknown);
  const isAmiss = !field.checkValidity();
  if (isAmiss) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  return isAmiss;
}

function save(name) {
  const answers = {};
  for (const field of fields()) {
    const isOff = field.type === "checkbox" && !field.checked;
    if (field.value && !isOff) answers[field.name] = field.value;
  }
  const { madeFrom: made_from, begunFrom: begun_from } = form.dataset;
  const text = JSON.stringify({ made_from, begun_from, answers }, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  const amiss = fields().filter(mark);
  const { words, marked } = wordsOf("saved");
  say("saved", words, amiss.length ? `${marked} ${amiss.length}.` : "");
  if (amiss.length) amiss[0].reportValidity();
}

document.getElementById("load").addEventListener("change", async event => {
  const { words, refused, lost } = wordsOf("loaded");
  let saved;
  try {
    saved = JSON.parse(await event.target.files[0].text());
    if (!isOfThisForm(saved.answers)) throw new Error(refused);
  } catch { return say("loaded", refused); }
  for (const field of fields()) {
    if (field.type === "checkbox") field.checked = false;
    else field.value = "";
  }
  const left = Object.entries(saved.answers).filter(([name, value]) => !put(name, String(value)));
  // This form stays made from the record of its own day; the answers may be of before.
  form.dataset.begunFrom = saved.begun_from || saved.made_from;
  fields().forEach(mark);
  say("loaded", words, left.length ? `${lost} ${left.length}.` : "");
});

// Whether saved answers are words for this ward and edition; what is on the page is kept otherwise.
function isOfThisForm(answers) {
  const isOurs = name => answers[name] === form.elements.namedItem(name).value;
  return ["ward", "edition"].every(isOurs)
    && Object.values(answers).every(value => typeof value === "string");
}

// Write one answer into its field, adding parts until there is one; return whether it went in.
function put(name, value) {
  name.split(".").forEach((part, at, parts) => {
    const list = document.getElementById(parts.slice(0, at).join("."));
    const start = `${parts.slice(0, at + 1).join(".")}.`;
    if (!list || !/^\d+$/.test(part) || fields().some(field => field.name.startsWith(start))) return;
    const next = Number(list.dataset.next);
    list.dataset.next = part;
    add(list.nextElementSibling.nextElementSibling);
    list.dataset.next = Math.max(next, Number(part) + 1);
  });
  const field = form.elements.namedItem(name);
  if (!field) return false;
  if (field.type === "checkbox") field.checked = value === "true";
  else field.value = value;
  return field.type === "checkbox" || field.value === value;
}
