// @ts-check
/**
 * Keeps the form's answers in the page's own address, where the server reads them: so a
 * reload, Back and Forward lose nothing, and no storage is needed.
 */

/** The form's fields; the host's wishes stay in the address as they are. */
const ANSWERS = [
  "device_type", "brand", "model", "storage", "ram", "condition", "function_status", "faults[]",
  "repair_history", "purchase_channel", "keyword",
];
/** What led to the page as it was drawn, and is history by the first answer. */
const PASSING = ["pick", "change", "find", "failure"];
/** Milliseconds of calm before the address is written: browsers refuse a flood of changes. */
const CALM = 250;

const form = document.getElementById("tradein-form");
if (form instanceof HTMLFormElement) {
  /** Runs while something is not written yet, else 0. */
  let timer = 0;
  const write = () => {
    timer = 0;
    const query = withAnswers(form);
    if (query !== location.search.slice(1)) history.replaceState(history.state, "", `?${query}`);
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
  // A chosen model changes what stands in the form, by no event of a field.
  new MutationObserver(plan).observe(form, { childList: true, subtree: true });
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
  return `${query}`;
}
