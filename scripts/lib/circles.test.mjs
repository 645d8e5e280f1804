// What counts as a circle, each rule on a crate of a few files: `node --test scripts/lib/circles.test.mjs`.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { arrows, circles, describe } from "./circles.mjs";

/** The circles of a crate whose files are given by name, each as its sorted file names. */
function found(files) {
  const folder = mkdtempSync(join(tmpdir(), "circles-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return circles(arrows(join(folder, "lib.rs"))).map((circle) => circle.map((file) => relative(folder, file)).sort().join(" "));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("two files that use each other are a circle", () => {
  const files = { "lib.rs": "mod a; mod b;", "a.rs": "use crate::b::B; pub struct A(B);", "b.rs": "use super::a::A; pub struct B(Option<Box<A>>);" };
  assert.deepEqual(found(files), ["a.rs b.rs"]);
});

test("a circle by way of a third file is found", () => {
  const a = "use crate::b::B; pub struct A;";
  const files = { "lib.rs": "mod a; mod b; mod c;", "a.rs": a, "b.rs": "use crate::c::C; pub struct B;", "c.rs": "use crate::a::A; pub struct C;" };
  assert.deepEqual(found(files), ["a.rs b.rs c.rs"]);
});

test("a path through a re-export leads to the definition", () => {
  const files = { "lib.rs": "mod a; mod b; pub use a::A; pub use self::b::*;", "a.rs": "use crate::B; pub struct A;", "b.rs": "pub struct B; fn f(_: crate::A) {}" };
  assert.deepEqual(found(files), ["a.rs b.rs"]);
});

test("a parent that lists and re-exports its children is in no circle with them", () => {
  const files = { "lib.rs": "mod a; pub use a::A; pub struct Root;", "a.rs": "use super::Root; pub struct A(Root);" };
  assert.deepEqual(found(files), []);
});

test("a child and a parent that use items of each other are a circle", () => {
  const files = { "lib.rs": "mod a; use a::A; pub struct Root(A);", "a.rs": "pub struct A; fn f(_: &super::Root) {}" };
  assert.deepEqual(found(files), ["a.rs lib.rs"]);
});

test("a module that is imported counts where its items are used", () => {
  const b = (body) => ({ "lib.rs": "mod a; mod b;", "a.rs": "pub fn a() { crate::b::b() }", "b.rs": `use crate::a; pub fn b() { ${body} }` });
  assert.deepEqual(found(b("")), []);
  assert.deepEqual(found(b("a::a()")), ["a.rs b.rs"]);
});

test("paths inside macros and functions are seen, and imports inside functions too", () => {
  const files = (body) => ({ "lib.rs": "mod a; mod b;", "a.rs": "pub struct A; fn f() { crate::b::b() }", "b.rs": `pub fn b() { ${body} }` });
  assert.deepEqual(found(files("view! { <p>{crate::a::A}</p> }")), ["a.rs b.rs"]);
  assert.deepEqual(found(files("use crate::a::{A as Other}; Other")), ["a.rs b.rs"]);
});

test("comments, texts and tests are not looked at", () => {
  const b = '// crate::a::A\npub fn b() -> &\'static str { r#"crate::a::A " "# }\n#[cfg(test)] mod tests { use crate::a::A; }';
  assert.deepEqual(found({ "lib.rs": "mod a; mod b;", "a.rs": "pub struct A; fn f() { crate::b::b(); }", "b.rs": b }), []);
});

test("functions of an impl block in another file are used by self and by the type's name", () => {
  const more = "use crate::a::A; impl A { pub fn more(&self) {} }";
  for (const call of ["self.more()", "Self::more(self)", "A::more(self)"]) {
    const a = `pub struct A; impl A { pub fn f(&self) { ${call} } }`;
    assert.deepEqual(found({ "lib.rs": "mod a; mod b;", "a.rs": a, "b.rs": more }), ["a.rs b.rs"]);
  }
});

test("a method that only one type has is used where that type is named", () => {
  const files = (more) => ({
    "lib.rs": "mod a; mod b; mod c;",
    "a.rs": "pub struct A; fn f(a: &A) { a.more() }",
    "b.rs": "use crate::a::A; impl A { pub fn more(&self) {} }",
    "c.rs": `pub struct C; impl C { pub fn ${more}(&self) {} }`,
  });
  assert.deepEqual(found(files("other")), ["a.rs b.rs"]);
  assert.deepEqual(found(files("more")), [], "it may be the other one's");
});

test("names of other crates are no arrows, though a file has that name", () => {
  const files = { "lib.rs": "mod csv; pub use other::Thing;", "csv.rs": "use crate::Thing; use ::csv::Error; pub struct C;" };
  assert.deepEqual(found({ ...files, "lib.rs": `${files["lib.rs"]} use csv::C;` }), []);
});

test("a circle is told with the line of each arrow, and each circle once", () => {
  const graph = new Map([["a", new Map([["b", "a:1: use b"]])], ["b", new Map([["a", "b:7: use a"], ["c", "b:8: use c"]])]]);
  assert.deepEqual(circles(graph).map((files) => files.toSorted()), [["a", "b"]]);
  assert.equal(describe(graph, ["a", "b"]), "a → b → a\n    a:1: use b\n    b:7: use a");
});
