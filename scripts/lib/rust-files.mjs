// Reads a Rust crate from its root file: its modules, the items that each defines, what it imports, and
// the paths that it mentions. It works on tokens and not on a syntax tree, because the body of a macro is
// only tokens for any parser, and most of a page is inside `view!`.
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Comments (block comments are taken not to nest), texts, words, numbers, signs. */
const TOKEN = new RegExp(
  [
    String.raw`(?<skip>\s+|//[^\n]*|/\*[^]*?\*/)`,
    String.raw`(?<text>[bc]?r(?<hashes>#*)"[^]*?"\k<hashes>|[bc]?"(?:\\[^]|[^"\\])*"|b?'(?:\\(?:u\{\w+\}|x..|.)|[^\\'])')`,
    String.raw`(?<word>(?:r#)?[\p{XID_Start}_]\p{XID_Continue}*)`,
    String.raw`\d\w*(?:\.\d\w*)?|::|->|=>|'\p{XID_Continue}+|[^]`,
  ].join("|"),
  "gu",
);
/** Words that may stand before an item's keyword. */
const BEFORE = new Set(["pub", "async", "unsafe", "extern", "default"]);
const DEFINES = new Set(["fn", "struct", "enum", "trait", "type", "const", "static", "union", "macro_rules"]);

/** The tokens of a source with their lines; an opening bracket has the index of its closing one as `end`. */
function tokens(source) {
  const found = [], open = [];
  let line = 1;
  for (const { 0: text, groups } of source.matchAll(TOKEN)) {
    if (!groups.skip) {
      if ("([{".includes(text)) open.push(found.length);
      if (")]}".includes(text) && open.length) found[open.pop()].end = found.length;
      found.push({ text, line, word: Boolean(groups.word) });
    }
    line += text.split("\n").length - 1;
  }
  return found;
}

/**
 * A crate: `modules`, the root first, and `methods`, the inherent `impl` blocks.
 * @param {string} root path of `lib.rs` or `main.rs`
 */
export function readCrate(root) {
  const crate = { modules: [], methods: [] };
  readFile(crate, root, null, "crate", dirname(root));
  return crate;
}

function newModule(crate, file, parent, name, folder) {
  const module = { file, parent, name, folder, children: new Map(), items: new Set(), imports: [], globs: [], uses: [], calls: [] };
  crate.modules.push(module);
  parent?.children.set(name, module);
  return module;
}

function readFile(crate, file, parent, name, folder) {
  const all = tokens(readFileSync(file, "utf8"));
  readItems(crate, newModule(crate, file, parent, name, folder), all, 0, all.length);
}

/** Reads the items of a module from `at` to `end`. */
function readItems(crate, module, all, at, end) {
  while (at < end) {
    const start = at;
    let attributes = "";
    while (all[at]?.text === "#") {
      const bracket = all[at + 1].text === "!" ? at + 2 : at + 1;
      attributes += all.slice(bracket, all[bracket].end + 1).map((it) => it.text).join("");
      at = all[bracket].end + 1;
    }
    let open = false;
    while (BEFORE.has(all[at]?.text) || (all[at]?.text === "const" && ["fn", "async", "unsafe"].includes(all[at + 1].text))) {
      open ||= all[at].text === "pub";
      at = all[++at]?.text === "(" ? all[at].end + 1 : at;
      if (all[at]?.text.startsWith('"')) at++; // `extern "C"`
    }
    if (at >= end) break;
    const keyword = all[at].text, name = all[at + (keyword === "macro_rules" ? 2 : 1)]?.text;
    const last = endOfItem(all, at, end, ["use", "const", "static", "type"].includes(keyword));
    // Code that is built only for tests may use anything.
    if (!/\[cfg\((?!not).*\btest\b/.test(attributes)) {
      if (keyword === "mod") {
        const path = attributes.match(/\[path="(.*?)"\]/)?.[1];
        if (all[at + 2].text === ";") readChild(crate, module, name, path);
        else readItems(crate, newModule(crate, module.file, module, name, join(module.folder, name)), all, at + 3, last - 1);
      } else if (keyword === "use") {
        readImport(module, all, at + 1, [], open);
      } else {
        if (DEFINES.has(keyword)) module.items.add(name);
        readPaths(module, all, start, last, keyword === "impl" ? readImpl(crate, module, all, at, last) : null);
      }
    }
    at = last;
  }
}

/** The index after an item: after its `;`, or after its braces where these end it. */
function endOfItem(all, at, end, semicolon) {
  for (; at < end; at = all[at].end ?? at, at++) {
    if (all[at].text === ";") return at + 1;
    if (all[at].text === "{" && !semicolon) return all[at].end + 1;
  }
  return end;
}

function readChild(crate, parent, name, path) {
  const places = path
    ? [join(dirname(parent.file), path)]
    : [join(parent.folder, `${name}.rs`), join(parent.folder, name, "mod.rs")];
  const file = places.find(existsSync);
  if (!file) throw new Error(`${parent.file}: no file for mod ${name}`);
  const folder = basename(file) === "mod.rs" || path ? dirname(file) : join(parent.folder, name);
  readFile(crate, file, parent, name, folder);
}

/** Reads the tree of a `use`, whose path so far is `path`; the index after it. */
function readImport(module, all, at, path, open) {
  if (all[at].text === "::") return endOfItem(all, at, all.length, true); // another crate's
  for (const line = all[at].line; ; at++) {
    if (all[at].text === "{") {
      for (let part = at + 1; part < all[at].end; part++) part = readImport(module, all, part, path, open);
      return all[at].end + 1;
    }
    if (all[at].text === "*") {
      module.globs.push({ path, line });
      return at + 1;
    }
    path = [...path, all[at].text];
    if (all[at + 1].text !== "::") {
      if (path.at(-1) === "self") path.pop();
      const renamed = all[at + 1].text === "as";
      module.imports.push({ name: renamed ? all[at + 2].text : path.at(-1), path, line, open });
      return at + (renamed ? 3 : 1);
    }
    at++;
  }
}

/** Notes an inherent `impl` block's functions, and returns the path of the type that a block is for. */
function readImpl(crate, module, all, at, end) {
  const body = all.findIndex((it, index) => index > at && it.text === "{");
  const isFor = all.findIndex((it, index) => index > at && index < body && it.text === "for" && all[index + 1].text !== "<");
  let first = (isFor < 0 ? at : isFor) + 1;
  if (isFor < 0 && all[first].text === "<") {
    let depth = 0;
    do depth += { "<": 1, ">": -1 }[all[first++].text] ?? 0;
    while (depth > 0);
  }
  while (!all[first].word || ["dyn", "mut"].includes(all[first].text)) first++;
  const type = pathAt(all, first);
  if (isFor < 0) {
    for (let inside = body + 1; inside < end; inside = (all[inside].end ?? inside) + 1) {
      if (all[inside].text === "fn") crate.methods.push({ module, type, name: all[inside + 1].text });
    }
  }
  return type;
}

function pathAt(all, at) {
  const path = [all[at].text];
  while (all[at + 1]?.text === "::" && all[at + 2]?.word) path.push(all[(at += 2)].text);
  return path;
}

/** Notes the paths between `at` and `end`; `type` is the type of the `impl` block around them. */
function readPaths(module, all, at, end, type) {
  for (; at < end; at++) {
    const { text, word, line } = all[at], before = all[at - 1]?.text;
    if (!word || before === "::") continue;
    if (text === "use" && all[at + 1]?.word) {
      at = readImport(module, all, at + 1, [], false);
    } else if (before === ".") {
      const onSelf = type && all[at - 2].text === "self" && all[at - 3].text !== ".";
      if (onSelf) module.uses.push({ path: [...type, text], line, method: true });
      else if (all[at + 1]?.text === "(") module.calls.push({ name: text, line });
    } else {
      const path = pathAt(all, at);
      at += 2 * (path.length - 1);
      if (path[0] === "Self" && type) path.splice(0, 1, ...type);
      // A lower-case word alone is most often a variable.
      if (path.length > 1 || /^\p{Lu}/u.test(text) || ["(", "!"].includes(all[at + 1]?.text)) module.uses.push({ path, line });
    }
  }
}
