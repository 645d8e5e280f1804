// Checks how fast a price list of 50,000 devices with 350,000 prices is read, and how much memory that takes:
// `tradein pricelist check`, with the process that reads the workbook, as a server does it.
//
//   node scripts/price-list-speed.mjs
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";

const tradein = resolve(process.env.TRADEIN ?? "target/release/tradein");
const DEVICES = 50_000;
const BRANDS = ["苹果", "华为", "小米", "三星", "OPPO"];
const STORAGES = ["64GB", "128GB", "256GB", "512GB", "1TB"];
const MEMORIES = ["8GB", "12GB"];
const GRADES = ["全新", "九五新", "九成新", "八成新", "七成新", "六成新", "五成新"];
const folder = mkdtempSync(join(tmpdir(), "tradein-prices-"));

let failed = false;
/** @param {string} name @param {number} value @param {number} most */
function tell(name, value, most) {
  const held = value <= most;
  failed ||= !held;
  console.log(`${value.toFixed(2).padStart(8)}  ${name}, at most ${most}: ${held ? "held" : "BROKEN"}`);
}

/** A zip archive of these files. @param {Record<string, string>} files */
function zip(files) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const packed = deflateRawSync(data);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(crc32(data), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(data.length, 18);
    about.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from("PK\x03\x04"), about, Buffer.from(name), packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), about, rest, Buffer.from(name));
    at += 4 + about.length + name.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  const count = Object.keys(files).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, listed, Buffer.from("PK\x05\x06"), end]);
}

/** The workbook, and its path. */
function workbook() {
  const words = new Map();
  const cell = (value) => {
    if (typeof value === "number") return `<c><v>${value}</v></c>`;
    if (!words.has(value)) words.set(value, words.size);
    return `<c t="s"><v>${words.get(value)}</v></c>`;
  };
  const rows = [["类型", "品牌", "型号", "容量", "内存", ...GRADES]];
  for (let number = 0; number < DEVICES; number++) {
    const model = Math.floor(number / STORAGES.length / MEMORIES.length);
    const prices = GRADES.map((_, grade) => 9_000 - 700 * grade + (number % 90));
    const storage = STORAGES[Math.floor(number / MEMORIES.length) % STORAGES.length];
    const memory = MEMORIES[number % MEMORIES.length];
    rows.push(["手机", BRANDS[model % BRANDS.length], `Series ${10 + model} Pro`, storage, memory, ...prices]);
  }
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const packages = "http://schemas.openxmlformats.org/package/2006";
  const content = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const sheet = rows.map((cells, row) => `<row r="${row + 1}">${cells.map(cell).join("")}</row>`).join("");
  const relation = (id, kind, target) => `<Relationship Id="${id}" Type="${relations}/${kind}" Target="${target}"/>`;
  const path = join(folder, "prices.xlsx");
  const bytes = zip({
    "[Content_Types].xml": `<Types xmlns="${packages}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${content}.sheet.main+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${packages}/relationships">${relation("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="价格" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${packages}/relationships">${relation("rId1", "worksheet", "worksheets/sheet1.xml")}${relation("rId2", "sharedStrings", "sharedStrings.xml")}</Relationships>`,
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
    "xl/sharedStrings.xml": `<sst xmlns="${main}">${[...words.keys()].map((word) => `<si><t>${word}</t></si>`).join("")}</sst>`,
  });
  writeFileSync(path, bytes);
  return path;
}

/** The most memory that a process has had, in MB; 0 when it has ended. @param {number | string} pid */
function peak(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The processes that a process has started. @param {number} pid */
function children(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
  } catch {
    return [];
  }
}

try {
  const path = workbook();
  const start = performance.now();
  const run = spawn(tradein, ["pricelist", "check", path, "--json"], { env: {}, stdio: ["ignore", "pipe", "inherit"] });
  const known = new Set();
  let [own, reader] = [0, 0];
  const looking = setInterval(() => {
    children(run.pid).forEach((child) => known.add(child));
    own = Math.max(own, peak(run.pid));
    reader = Math.max(reader, ...[...known].map(peak));
  }, 5);
  let said = "";
  run.stdout.setEncoding("utf8").on("data", (text) => (said += text));
  const [code] = await once(run, "close");
  clearInterval(looking);
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`tradein ended with ${code}: ${said.slice(0, 400)}`);
  const report = JSON.parse(said);
  if (report.devices !== DEVICES) throw new Error(`the list has ${report.devices} devices`);
  tell(`${report.prices.toLocaleString("en")} prices, read and checked, s`, seconds, 3);
  tell("the process that uses the list, MB", own, 100);
  tell("the process that reads the workbook, MB", reader, 100);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
