// @ts-check
/** The operator's page, fresh every few seconds, while somebody looks at it. */
import { refresh } from "./live.js";

/** Milliseconds between two. */
const PAUSE = 5000;

const look = () => {
  if (!document.hidden) void refresh("live");
};
setInterval(look, PAUSE);
document.addEventListener("visibilitychange", look);
