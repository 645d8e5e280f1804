// @ts-check
/** Updates the operator's page every five seconds while it is visible. */
import { refresh } from "./live.js";

/** Milliseconds between two updates. */
const PAUSE = 5000;

const look = () => {
  if (!document.hidden) void refresh("live");
};
setInterval(look, PAUSE);
document.addEventListener("visibilitychange", look);
