// @ts-check
/**
 * Keeps the form's answers in the page's address, where the server reads them, so that reload, Back
 * and Forward lose nothing; and in local storage, if the browser has it, for a frame that is closed
 * and opened again. Stored answers belong to one product and one element of the host page, which the
 * frame's name identifies.
 */

export {};

/** The form's fields. The host's options in the address are not changed. */
const ANSWERS = [
  "device_type", "brand", "model", "storage", "ram", "condition", "function_status", "faults[]",
  "repair_history", "purchase_channel", "keyword",
];
/** Parameters of the current page only, removed at the first answer. */
const PASSING = ["pick", "change", "find", "mend", "failure", "fresh"];
/** Milliseconds without input before the address is written: browsers limit how often it may change. */
const CALM = 250;
/** Milliseconds that answers are kept: seven days. */
const KEPT = 7 * 24 * 3600 * 1000;
/** The key of all stored answers for this merchant. */
const PLACE = `tradein${location.pathname}`;

const form = document.querySelector("html:not([data-still]) #tradein-form");
if (form instanceof HTMLFormElement) {
  const query = new URLSearchParams(location.search);
  if (query.has("fresh")) forget();
  const before = PASSING.some((name) => query.has(name)) ? null : more(query);
  if (before) location.replace(`${location.pathname}?${before}`);
  else watch(form);
}

/**
 * The query with the stored answers, if they agree with those in the query and have more: a host may
 * have filled in a part of the form. Other answers in the query win.
 * @param {URLSearchParams} query
 */
function more(query) {
  const answers = new URLSearchParams(kept());
  const said = ANSWERS.filter((name) => query.has(name));
  const agrees = said.every((name) => `${query.getAll(name)}` === `${answers.getAll(name)}`);
  if (!agrees || ANSWERS.every((name) => said.includes(name) === answers.has(name))) return null;
  for (const name of ANSWERS) query.delete(name);
  return joined(query, answers);
}

/** @param {HTMLFormElement} form */
function watch(form) {
  /** The timer of a planned write, else 0. @type {ReturnType<typeof setTimeout> | 0} */
  let timer = 0;
  const write = () => {
    timer = 0;
    const query = withAnswers(form);
    if (`${query}` !== location.search.slice(1)) history.replaceState(history.state, "", `?${query}`);
    keep(query);
  };
  const flush = () => {
    if (!timer) return;
    clearTimeout(timer);
    write();
  };
  const plan = () => {
    clearTimeout(timer);
    timer = setTimeout(write, CALM);
  };
  form.addEventListener("input", plan);
  form.addEventListener("change", plan);
  // Choosing a model and changing the step change the form without an event of a field.
  new MutationObserver(plan).observe(form, { childList: true, subtree: true, attributeFilter: ["data-step"] });
  // An earlier entry of the history has earlier answers in its address.
  addEventListener("popstate", plan);
  form.addEventListener("submit", flush, { capture: true });
  addEventListener("pagehide", flush);
}

/** @param {HTMLFormElement} form */
function withAnswers(form) {
  const query = new URLSearchParams(location.search);
  for (const name of [...ANSWERS, ...PASSING]) query.delete(name);
  const data = new FormData(form);
  for (const name of ANSWERS) {
    for (const answer of data.getAll(name)) if (typeof answer === "string" && answer) query.append(name, answer);
  }
  return query;
}

/** @param {URLSearchParams} query @param {URLSearchParams} answers */
function joined(query, answers) {
  for (const [name, answer] of answers) if (ANSWERS.includes(name)) query.append(name, answer);
  return query;
}

/** The key of this frame's and product's answers among those for the merchant. */
function owner() {
  const query = new URLSearchParams(location.search);
  return JSON.stringify([window.name, query.get("product_name"), query.get("product_price")]);
}

/** @param {URLSearchParams} query */
function keep(query) {
  const answers = joined(new URLSearchParams(), query);
  store({ at: Date.now(), answers: `${answers}` });
}

function kept() {
  return all()[owner()]?.answers ?? "";
}

function forget() {
  store(undefined);
}

/** All stored answers that are not too old, by owner. @returns {Record<string, { at: number, answers: string } | undefined>} */
function all() {
  try {
    const entries = Object.entries(JSON.parse(localStorage.getItem(PLACE) ?? "{}"));
    return Object.fromEntries(entries.filter(([, entry]) => Date.now() - entry?.at < KEPT && typeof entry.answers === "string"));
  } catch {
    return {};
  }
}

/** @param {{ at: number, answers: string } | undefined} entry */
function store(entry) {
  try {
    localStorage.setItem(PLACE, JSON.stringify({ ...all(), [owner()]: entry }));
  } catch {
    // Without storage, the address still has all answers.
  }
}
