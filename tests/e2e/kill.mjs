// Kills the browser in the middle of editing, again and again, and counts what was lost: nothing
// that the app said was saved, and at most the last second of the rest.
//
//   node tests/e2e/kill.mjs [KILLS] [URL]
//
// The app has to be served: `cargo xtask start --no-open`. The profile is kept from kill to kill,
// as a user's is. Not a test of the suite because it takes some seconds a kill.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const kills = Number(process.argv[2] ?? 200);
const url = process.argv[3] ?? "http://127.0.0.1:4180/";
const executable = process.env.FLOWDECK_CHROMIUM ?? "/usr/bin/chromium";
const profile = mkdtempSync(join(tmpdir(), "flowdeck-kill-"));
/** How long is edited before a kill at most, in milliseconds. */
const EDITING = 2500;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Starts a browser as a group of processes that can be killed as one. */
async function launch() {
  rmSync(join(profile, "DevToolsActivePort"), { force: true });
  const flags = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-quic",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank",
  ];
  const child = spawn(executable, flags, { detached: true, stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  for (let tries = 0; tries < 200; tries += 1) {
    await pause(100);
    try {
      const [port] = readFileSync(join(profile, "DevToolsActivePort"), "utf8").split("\n");
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
      return { browser, kill: () => (process.kill(-child.pid, "SIGKILL"), ended) };
    } catch {
      // Not yet.
    }
  }
  process.kill(-child.pid, "SIGKILL");
  throw new Error("The browser did not start.");
}

/** Edits without end: a number in the name that grows. What happens is told through `report`. */
function editForever(first) {
  const input = document.querySelector('.inspector input, .inspector textarea');
  const status = document.querySelector('[aria-label="Save state"]');
  let number = first;
  let written = 0;
  const saved = () => {
    // The state is about everything done so far, so the newest number counts.
    if (status.textContent.startsWith("Saved")) globalThis.report("saved", number, 0);
  };
  new MutationObserver(saved).observe(status, { childList: true, characterData: true, subtree: true });
  const step = () => {
    number += 1;
    written = Date.now();
    input.value = `Edit ${number}`;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    globalThis.report("edited", number, written);
    setTimeout(step, 20 + Math.random() * 400);
  };
  step();
}

/** The number that the app shows after it has opened, or why there is none. */
async function shownNumber(page) {
  await page.goto(url);
  await page.waitForSelector('html[data-ready="true"]', { timeout: 60000 });
  const name = page.locator(".inspector input, .inspector textarea").first();
  await name.waitFor({ timeout: 20000 });
  const text = await name.inputValue();
  const found = /^Edit (\d+)$/.exec(text);
  if (!found) throw new Error(`The document reads "${text.slice(0, 80)}".`);
  const restored = await page.getByText("has restored it from its second copy").count();
  return { number: Number(found[1]), restored };
}

async function prepare() {
  const { browser, kill } = await launch();
  const page = await browser.contexts()[0].newPage();
  await page.goto(url);
  await page.getByRole("button", { name: "New dialog flow" }).click();
  const name = page.locator(".inspector input, .inspector textarea").first();
  await name.fill("Edit 0");
  await name.press("Tab");
  await page.waitForFunction(() =>
    document.querySelector('[aria-label="Save state"]').textContent.startsWith("Saved"),
  );
  await browser.close().catch(() => {});
  await kill();
}

const counts = { kills: 0, acknowledgedLost: 0, corrupt: 0, restored: 0, overSecond: 0 };
const lost = [];
await prepare();
let last = { saved: 0, edits: new Map([[0, 0]]), killed: 0 };
for (let round = 0; round <= kills; round += 1) {
  const { browser, kill } = await launch();
  const page = await browser.contexts()[0].newPage();
  let number;
  try {
    const shown = await shownNumber(page);
    number = shown.number;
    counts.restored += shown.restored > 0 ? 1 : 0;
  } catch (error) {
    counts.corrupt += 1;
    console.log(`round ${round}: ${error.message}`);
    await kill();
    break;
  }
  if (round > 0) {
    counts.kills += 1;
    if (number < last.saved) {
      counts.acknowledgedLost += 1;
      console.log(`round ${round}: ${last.saved} was said to be saved, ${number} came back`);
    }
    // How long before the kill the first edit was made that did not come back.
    const made = [...last.edits].filter(([edit]) => edit > number).map(([, at]) => last.killed - at);
    const milliseconds = made.length ? Math.max(...made) : 0;
    lost.push(milliseconds);
    if (milliseconds > 1000) counts.overSecond += 1;
  }
  if (round === kills) {
    await kill();
    break;
  }
  last = { saved: number, edits: new Map(), killed: 0 };
  await page.exposeFunction("report", (what, edit, at) => {
    if (what === "saved") last.saved = Math.max(last.saved, edit);
    else last.edits.set(edit, at);
  });
  await page.evaluate(editForever, number);
  await pause(300 + Math.random() * EDITING);
  last.killed = Date.now();
  await kill();
  await browser.close().catch(() => {});
}
rmSync(profile, { recursive: true, force: true });
lost.sort((a, b) => a - b);
const at = (part) => lost[Math.min(lost.length - 1, Math.floor(lost.length * part))];
console.log(JSON.stringify({ ...counts, lostMilliseconds: { median: at(0.5), p95: at(0.95), most: at(1) } }));
process.exitCode = counts.acknowledgedLost || counts.corrupt ? 1 : 0;
