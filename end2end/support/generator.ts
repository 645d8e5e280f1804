/** Unusual values: of each type, at its limits, and values that JavaScript converts to another type. */
const ODD: unknown[] = [
  null, true, false, 0, -0, -1, 0.5, 1, 2, 20_000, 20_001, 2 ** 53, 1e308, NaN, Infinity, -Infinity, 10n,
  "", " ", "1", "700", "auto", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "\u0000", "\ud800", "x".repeat(5000),
  [], [[]], ["accept"], [700], {}, { id: 1 }, { id: "" }, { id: "x" }, { length: 1 }, { toString: "x" }, { constructor: null },
];

const NAMES = ["constructor", "__proto__", "toString", "hasOwnProperty", "then", "", "READY", "tradein", "reset", "click"];

/** Makes pseudo-random messages from a seed; the same seed gives the same messages (mulberry32). */
export function generator(seed: number) {
  let state = seed | 0;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const chance = (of: number) => random() < of;
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const integer = (below: number) => Math.floor(random() * below);

  /** A value of any type, rarely a nested one. */
  const value = (depth = 0): unknown => {
    if (depth < 3 && chance(0.1)) return Array.from({ length: integer(4) }, () => value(depth + 1));
    if (depth < 3 && chance(0.1)) {
      return Object.fromEntries([pick(NAMES.slice(2)), "id", "price"].map((name) => [name, value(depth + 1)]));
    }
    return chance(0.2) ? integer(30_000) - 5000 : pick(ODD);
  };

  return {
    /**
     * A message of one of `types` with `fields`, valid or not: with missing fields, fields of
     * another type or extra fields, with another version or type, or not a message at all.
     */
    message(types: readonly string[], fields: Record<string, unknown>): unknown {
      if (chance(0.08)) return value();
      const message: Record<string, unknown> = { tradein: 1, type: pick(types) };
      for (const [name, sound] of Object.entries(fields)) {
        if (chance(0.85)) message[name] = chance(0.15) ? value() : sound;
      }
      if (typeof message.height === "number" && chance(0.5)) message.height = integer(2000);
      if (chance(0.1)) message.tradein = value();
      if (chance(0.1)) message.type = chance(0.5) ? pick(NAMES) : value();
      if (chance(0.1)) message[pick(NAMES.slice(2))] = value();
      return message;
    },
  };
}
