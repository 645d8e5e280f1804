// Finds circles between the files of a crate: a file uses something from a file that uses it
// back, directly or through others.
//
// An arrow goes from the file that mentions a path to the file that *defines* what the path names. So
// - `mod child;` is no arrow, nor is `pub use child::Thing;`: a parent that only lists its children and
//   passes their items on has none. A path that goes through a re-export is an arrow to the definition.
// - A child that uses an item defined in its parent, whose parent uses an item of the child, is a circle.
// - `use super::words;` names a module and is no arrow; `words::title()` below it is one.
// - `Type::function` and `self.function` are arrows to the file of the `impl` block that has the function. So is
//   `value.function()` where no other type of the crate has a function of that name, and the file names the type.
// - Code under `#[cfg(test)]` is ignored: a test may use anything.
// Not seen: other calls of methods, methods of traits, and names inside texts, as in `format!("{NAME}")`. A name
// that a module does not have counts as made by a macro in that module's file.
import { readFileSync } from "node:fs";
import { readCrate } from "./rust-files.mjs";

/** The arrows of the crate with this root: file → file → the place (`file:line` and its text). */
export function arrows(root) {
  const crate = readCrate(root), found = new Map(), sources = new Map();
  const place = (file, line) => {
    if (!sources.has(file)) sources.set(file, readFileSync(file, "utf8").split("\n"));
    return `${file}:${line}: ${sources.get(file)[line - 1].trim()}`;
  };
  const add = (from, to, line) => {
    if (!to || from === to) return;
    if (!found.has(from)) found.set(from, new Map());
    if (!found.get(from).has(to)) found.get(from).set(to, place(from, line));
  };
  const methods = methodsOf(crate);
  for (const module of crate.modules) {
    const imported = module.imports.filter((it) => !it.open), mentioned = new Set();
    for (const { path, line, method } of [...imported, ...module.uses]) {
      const target = resolve(module, path);
      if (!target?.item) continue;
      mentioned.add(key(target));
      if (!method) add(module.file, target.home.file, line);
      const called = methods.find(({ type, name }) => name === target.rest[0] && type === key(target));
      add(module.file, called?.file, line);
    }
    for (const { name, line } of module.calls) {
      const named = methods.filter((it) => it.name === name);
      if (named.length === 1 && mentioned.has(named[0].type)) add(module.file, named[0].file, line);
    }
  }
  return found;
}

/** The functions of inherent `impl` blocks: their types, names and files. */
function methodsOf(crate) {
  return crate.methods.flatMap(({ module, type, name }) => {
    const target = resolve(module, type);
    return target?.item ? [{ type: key(target), name, file: module.file }] : [];
  });
}

const key = ({ home, item }) => (home.parent ? `${key({ home: home.parent, item: home.name })}::${item}` : item);

/**
 * What a path names, seen from a module: `{ module }`; or `{ home, item, rest }`, the module with the definition,
 * the item's name and what of the path follows it; or nothing if that is not in this crate.
 */
function resolve(module, path, seen = new Set()) {
  const start = { crate: root, self: (it) => it, super: (it) => it.parent ?? it };
  let at = module, rest = path, ours = false;
  for (; start[rest[0]]; rest = rest.slice(1)) [at, ours] = [start[rest[0]](at), true];
  for (; rest.length; rest = rest.slice(1)) {
    let found = lookUp(at, rest[0], rest.length > 1, seen);
    if (found === undefined && ours && !at.globs.length) found = { home: at, item: rest[0], rest: [] };
    if (!found?.module) return found && { ...found, rest: [...found.rest, ...rest.slice(1)] };
    [at, ours] = [found.module, true];
  }
  return { module: at };
}

const root = (module) => (module.parent ? root(module.parent) : module);

/**
 * What a name stands for in a module; `null` if it is imported from another crate, `undefined` if it is not known.
 * Where more of the path follows, it is a module or a type.
 */
function lookUp(module, name, follows, seen) {
  const child = module.children.has(name) ? { module: module.children.get(name) } : undefined;
  const item = module.items.has(name) ? { home: module, item: name, rest: [] } : undefined;
  const fits = (it) => it && (it.module || !follows || /^\p{Lu}/u.test(it.item));
  const own = (follows ? [child, item] : [item, child]).find(fits);
  if (own && (follows || own.item)) return own;
  // Re-exports may name each other.
  const asked = `${key({ home: module, item: name })} ${follows}`;
  if (seen.has(asked)) return own;
  const deeper = new Set(seen).add(asked);
  const imported = module.imports.filter((it) => it.name === name).map(({ path }) => resolve(module, path, deeper));
  const named = imported.find(fits) ?? own;
  if (named || imported.length) return named ?? null;
  for (const { path } of module.globs) {
    const from = resolve(module, path, deeper);
    const through = from?.module && lookUp(from.module, name, follows, deeper);
    if (through) return through;
  }
  return undefined;
}

/** The shortest way from one file to another along the arrows, both included. */
function way(found, from, to) {
  const reached = new Map([[from, null]]), queue = [from];
  for (const file of queue) {
    for (const next of found.get(file)?.keys() ?? []) {
      if (next === to) {
        const files = [to];
        for (let at = file; at; at = reached.get(at)) files.unshift(at);
        return files;
      }
      if (!reached.has(next)) reached.set(next, file), queue.push(next);
    }
  }
  return undefined;
}

/** The shortest circle along the arrows: its files, the first one not repeated. */
function shortest(found) {
  let best;
  for (const [from, targets] of found) {
    for (const to of targets.keys()) {
      const files = way(found, to, from);
      if (files && !(best?.length <= files.length)) best = files;
    }
  }
  return best;
}

/** The arrows without those of a list of `[from, to]`. */
function without(found, pairs) {
  const gone = new Set(pairs.map((pair) => pair.join(" ")));
  return new Map([...found].map(([from, targets]) => [from, new Map([...targets].filter(([to]) => !gone.has(`${from} ${to}`)))]));
}

/** Circles of which no two have an arrow in common, shortest first: without them there is none. */
export function circles(found) {
  const all = [];
  for (let files = shortest(found); files; files = shortest(found)) {
    all.push(files);
    found = without(found, files.map((file, index) => [file, files[(index + 1) % files.length]]));
  }
  return all;
}

/** A circle as text: its files, then the line of each arrow. */
export function describe(found, files) {
  const next = (index) => files[(index + 1) % files.length];
  const places = files.map((file, index) => `\n    ${found.get(file).get(next(index))}`);
  return `${files.join(" → ")} → ${files[0]}${places.join("")}`;
}
