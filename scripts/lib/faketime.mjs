// Lets a process see another time of day, by Debian's libfaketime.
import { existsSync } from "node:fs";

const LIBRARY = ["x86_64", "aarch64"]
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find(existsSync);

/** Whether the library is installed. */
export const canFakeTime = LIBRARY !== undefined;

/**
 * The variables of a process whose clock is `seconds` ahead, or behind if negative. Its monotonic clock stays.
 * @param {number} seconds
 */
export function clockAhead(seconds) {
  if (!LIBRARY || seconds === 0) return {};
  const offset = `${seconds > 0 ? "+" : ""}${seconds}s`;
  return { LD_PRELOAD: LIBRARY, FAKETIME: offset, FAKETIME_DONT_FAKE_MONOTONIC: "1" };
}
