/** A generator of pseudo-random numbers from 0 to 1 (mulberry32): the same seed gives the same numbers. */
export function randomFrom(seed) {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low, high) => low + random() * (high - low);
  const oneOf = (all) => all[Math.floor(random() * all.length)];
  return { random, between, oneOf };
}
