// @ts-check
/**
 * The operator's device lists: sends a file as soon as it is chosen or dropped, and shows the progress
 * of a list from the server's events.
 */
import { refresh } from "./live.js";

/** The largest file that is accepted, in bytes. */
const LARGEST = 32 * 1024 * 1024;
/** Milliseconds between two updates of rows and charts while a list is quoted. */
const PAUSE = 4000;

const upload = document.querySelector("form.upload");
if (upload instanceof HTMLFormElement) takeFiles(upload);

const main = document.querySelector("main[data-events]");
if (main instanceof HTMLElement) follow(main.dataset.events ?? "");

/** @param {HTMLFormElement} form */
function takeFiles(form) {
  const field = form.querySelector("input[type=file]");
  const status = form.querySelector("#reading");
  if (!(field instanceof HTMLInputElement) || !status) return;
  /** @param {string} text */
  const say = (text) => (status.textContent = text);
  field.addEventListener("change", () => {
    const file = field.files?.[0];
    if (!file) return;
    if (file.size > LARGEST) {
      field.value = "";
      return say(form.dataset.tooLarge ?? "");
    }
    form.requestSubmit();
  });
  form.addEventListener("submit", () => say(form.dataset.reading ?? ""));
  // After the browser's Back, nothing is being read.
  addEventListener("pageshow", () => say(""));
  // A file may be dropped anywhere on the form. On the field itself, browsers handle it.
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    field.files = files;
    field.dispatchEvent(new Event("change"));
  });
}

/** @param {string} address */
function follow(address) {
  const events = new EventSource(address);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let looking;
  events.addEventListener("progress", ({ data }) => {
    show(data);
    looking ??= setTimeout(() => {
      looking = undefined;
      if (!document.hidden) void refresh("sums", "charts", "results");
    }, PAUSE);
  });
  const renew = async () => {
    clearTimeout(looking);
    looking = undefined;
    const state = document.getElementById("state");
    if (state?.contains(document.activeElement)) state.focus();
    const page = await refresh("state", "sums", "downloads", "charts", "results");
    tell();
    const goesOn = !page || page.querySelector("main[data-events]");
    if (!goesOn) events.close();
    // The browser has stopped reconnecting: from now on the page is polled.
    else if (events.readyState === EventSource.CLOSED) looking = setTimeout(() => void renew(), PAUSE);
  };
  // The list has stopped, and has other buttons now.
  events.addEventListener("end", () => {
    events.close();
    void renew();
  });
  // The server restarts, or a proxy holds events back.
  events.addEventListener("error", () => void renew());
}

/** @param {string} drawn */
function show(drawn) {
  const fresh = new DOMParser().parseFromString(drawn, "text/html").getElementById("progress");
  if (fresh) document.getElementById("progress")?.replaceWith(fresh);
  tell();
}

let news = document.getElementById("progress")?.dataset.news;

/** Announces the list's progress to screen readers when it has changed. */
function tell() {
  const progress = document.getElementById("progress");
  const said = document.getElementById("said");
  if (!progress || !said || progress.dataset.news === news) return;
  news = progress.dataset.news;
  said.textContent = progress.dataset.say ?? "";
}
