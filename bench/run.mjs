// Measures Flowdeck beside a page with React Flow and one that only blits a bitmap, in the same
// browser and run: loads, opening, edits, frames, memory. Not a test: numbers depend on the machine,
// ratios hold. `cargo xtask bench --browser` builds the site and starts this.
//
//   node bench/run.mjs --site FOLDER [--quick]
//
// Prints one table and writes every number to target/flowdeck/bench/results.json.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { findChromium, flags } from "../tests/e2e/chromium.mjs";
import { buildReactFlow } from "./build.mjs";
import { measureLoads } from "./load.mjs";
import { PAGES, Stage } from "./pages.mjs";
import { LEGEND, table } from "./report.mjs";
import { serve } from "./server.mjs";
import { measureBox, measureSize } from "./sizes.mjs";

const FULL = { loads: 11, rounds: 3, sizes: [100, 500, 2_000, 5_000, 10_000, 50_000] };
const QUICK = { loads: 5, rounds: 2, sizes: [500, 10_000] };

const { values: options } = parseArgs({
  options: { site: { type: "string" }, quick: { type: "boolean", default: false } },
});
if (!options.site) throw new Error("Name the folder of a built site: node bench/run.mjs --site dist");

const plan = options.quick ? QUICK : FULL;
const folder = fileURLToPath(new URL("../target/flowdeck/bench/", import.meta.url));
const say = (text) => process.stderr.write(`${text}\n`);

say("Bundling the page with React Flow, compressing the sites");
await buildReactFlow(`${folder}react-flow`);
const reactFlow = await serve(`${folder}react-flow`);
const sites = {
  flowdeck: await serve(options.site),
  reactFlow,
  reactFlowVisible: reactFlow,
  blit: await serve(fileURLToPath(new URL("blit/", import.meta.url))),
};

const browser = await chromium.launch({ executablePath: findChromium(), args: flags, timeout: 180_000 });
try {
  const stage = new Stage(browser, sites);
  const begun = loadavg()[0];
  const flowdeck = PAGES.find(({ key }) => key === "flowdeck");
  stage.box = await measureBox(stage, flowdeck);
  say(`Cold loads, ${plan.loads} rounds`);
  const loads = await measureLoads(stage, plan.loads);
  const sizes = [];
  for (const count of plan.sizes) sizes.push(await measureSize(stage, count, plan.rounds, say));

  const results = {
    browser: browser.version(),
    processor: cpus()[0].model,
    cores: cpus().length,
    // Of the last minute: above the number of cores, times are those of a busy machine.
    load: { begun, ended: loadavg()[0] },
    box: stage.box,
    sites: Object.keys(sites),
    weights: { flowdeck: sites.flowdeck.bytes, reactFlow: sites.reactFlow.bytes },
    loads,
    sizes,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}results.json`, JSON.stringify(results));
  console.log(
    `Chromium ${results.browser}, headless, software rendering; ${results.cores} × ${results.processor}; ` +
      `load average ${results.load.begun.toFixed(1)} → ${results.load.ended.toFixed(1)}; window 1280 × 900, ` +
      `canvas ${results.box.slice(2).join(" × ")}\n`,
  );
  console.log(table(results));
  console.log(`\n${LEGEND}`);
  say(`Every number is in ${folder}results.json`);
} finally {
  await browser.close();
  for (const site of new Set(Object.values(sites))) site.close();
}
