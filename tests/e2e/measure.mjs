// Measures the page: cold load, edit → problems in the DOM. Not a test: numbers depend on the
// machine. `cargo xtask build`, then `node tests/e2e/measure.mjs dist`: the folder is served from
// memory, brotli-compressed as a host would.
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "@playwright/test";

const folder = process.argv[2];
if (!folder) throw new Error("Name the folder of a release build: node tests/e2e/measure.mjs dist");

const types = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
const packed = new Map();
const server = createServer((request, response) => {
  const path = normalize(new URL(request.url, "http://host").pathname);
  const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
  if (!packed.has(file)) packed.set(file, brotliCompressSync(readFileSync(file)));
  response.writeHead(200, { "content-encoding": "br", "content-type": types[extname(file)] ?? "text/plain" });
  response.end(packed.get(file));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${server.address().port}/`;
// Compressing is not part of what is measured.
await fetch(url);
const executablePath =
  process.env.FLOWDECK_CHROMIUM ?? execFileSync("which", ["chromium"], { encoding: "utf8" }).trim();
const args =
  "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run --disable-quic";

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const worst = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)];
const shown = (value) => value.toFixed(1);

/** A dialog flow of `count` nodes without a problem but its size. */
function flow(count) {
  const nodes = [];
  const edges = [];
  for (let index = 0; index < count; index++) {
    const type = index === 0 ? "start" : index === count - 1 ? "end" : "action";
    const position = { x: (index % 100) * 344, y: Math.floor(index / 100) * 96 };
    nodes.push({ id: `n${index}`, type, label: `Node ${index}`, properties: { say: "Hello", position } });
    if (index > 0) edges.push({ id: `e${index}`, source: `n${index - 1}`, target: `n${index}`, condition: null });
  }
  return JSON.stringify({ id: "f", name: "F", version: "1.0.0", entryPoint: "n0", nodes, edges }, null, 1);
}

const browser = await chromium.launch({ executablePath, args: args.split(" ") });

async function coldLoad(slow) {
  const times = [];
  for (let round = 0; round < 7; round++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    if (slow) {
      const session = await context.newCDPSession(page);
      await session.send("Network.enable");
      const bytes = (10 * 1024 * 1024) / 8;
      await session.send("Network.emulateNetworkConditions", {
        offline: false,
        latency: 40,
        downloadThroughput: bytes,
        uploadThroughput: bytes,
      });
    }
    await page.goto(url);
    await page.waitForSelector("html[data-ready=true]");
    times.push(await page.evaluate(() => performance.getEntriesByName("flowdeck:ready")[0].startTime));
    await context.close();
  }
  return times;
}

async function editToProblems(count) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForSelector("html[data-ready=true]");
  const started = Date.now();
  await page.setInputFiles("#file-input", {
    name: "flow.json",
    mimeType: "application/json",
    buffer: Buffer.from(flow(count)),
  });
  await page.getByRole("region", { name: "Inspector" }).getByLabel("Name").waitFor();
  const opened = Date.now() - started;
  const times = await page.evaluate(async () => {
    const field = [...document.querySelectorAll(".inspector label")]
      .find((label) => label.textContent.startsWith("Name"))
      .querySelector("input");
    const panel = document.querySelector("section.problems");
    const times = [];
    for (let round = 0; round < 30; round++) {
      const changed = new Promise((resolve) => {
        new MutationObserver((_, observer) => {
          observer.disconnect();
          resolve(performance.now());
        }).observe(panel, { subtree: true, childList: true, characterData: true });
      });
      const from = performance.now();
      // A blank name is a warning; a name takes it away.
      field.value = round % 2 ? "F" : "";
      field.dispatchEvent(new Event("change", { bubbles: true }));
      times.push((await changed) - from);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return times;
  });
  await context.close();
  return { opened, times };
}

console.log("| what | median | p95 |");
console.log("|---|--:|--:|");
for (const [what, slow] of [["cold load to ready, loopback", false], ["the same at 10 Mbit/s and 40 ms", true]]) {
  const times = await coldLoad(slow);
  console.log(`| ${what} | ${shown(middle(times))} ms | ${shown(worst(times))} ms |`);
}
for (const count of [500, 10_000]) {
  const { opened, times } = await editToProblems(count);
  console.log(`| edit → problems, ${count} nodes | ${shown(middle(times))} ms | ${shown(worst(times))} ms |`);
  console.log(`| file handed over → inspector shown, ${count} nodes | ${opened} ms | |`);
}
await browser.close();
server.close();
