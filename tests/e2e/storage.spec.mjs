// Nothing that was done is lost: reloads, second tabs, wiped and full stores.
//
// These tests keep real profiles on the disk: the contexts that Playwright makes by default are
// private windows, which store in another way.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { expect, open, test as base } from "./page.mjs";

const test = base.extend({
  /** A browser with a profile of its own on the disk. */
  profile: async ({ baseURL, launchOptions }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "flowdeck-profile-"));
    const context = await chromium.launchPersistentContext(folder, { ...launchOptions, baseURL });
    await use(context);
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  },
});

const state = (page) => page.getByRole("status", { name: "Save state" });
const saved = (page) => expect(state(page)).toContainText("Saved in this browser");
const label = (page) => page.getByRole("textbox", { name: "Name", exact: true });

/** Opens a new flow and names it. */
async function startFlow(page, name) {
  await open(page);
  await page.getByRole("button", { name: "New dialog flow" }).click();
  await rename(page, name);
}

async function rename(page, name) {
  await label(page).fill(name);
  await label(page).press("Enter");
}

test("an edit is there again after a reload, with what the file lacks", async ({ profile }) => {
  const page = await profile.newPage();
  await startFlow(page, "Kept flow");
  await saved(page);
  await expect(state(page)).toContainText("not in the file yet");
  await page.reload();
  await expect(label(page)).toHaveValue("Kept flow");
  await expect(state(page)).toHaveText("Saved in this browser · not in the file yet");
  await page.getByRole("button", { name: "Close Kept flow" }).click();
  await expect(page.getByRole("button", { name: "New dialog flow" })).toBeVisible();
});

test("a closed document stays closed", async ({ profile }) => {
  const page = await profile.newPage();
  await startFlow(page, "First");
  // The new name, too, before the page is left.
  await expect(state(page)).toHaveText("Saved in this browser · not in the file yet");
  await page.goto("./?open=./samples/customer-support.json");
  await expect(page.getByRole("list", { name: "Open documents" }).getByRole("listitem")).toHaveCount(2);
  await saved(page);
  await page.getByRole("button", { name: "Close First" }).click();
  await saved(page);
  await page.goto("./");
  await expect(page.getByRole("list", { name: "Open documents" }).getByRole("listitem")).toHaveCount(1);
});

test("severities and what was acknowledged are there again after a reload", async ({ profile }) => {
  const page = await profile.newPage();
  await page.goto("./?open=./samples/broken-flow.json");
  const items = page.getByRole("region", { name: "Problems" }).getByRole("listitem");
  const version = items.filter({ hasText: "FD203" });
  await version.getByRole("button", { name: "Acknowledge FD203" }).click();
  await page.getByLabel("Why it is acceptable").fill("Set by the release script");
  await page.getByRole("button", { name: "Acknowledge", exact: true }).click();
  await expect(version).toContainText("Acknowledged: Set by the release script");
  const loop = items.filter({ hasText: "FD402" });
  await loop.first().getByRole("button", { name: "Explain FD402" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Severity in this workspace").selectOption("off");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(loop).toHaveCount(0);
  await saved(page);
  await page.goto("./");
  await expect(version).toContainText("Acknowledged: Set by the release script");
  await expect(loop).toHaveCount(0);
});

test("a second tab follows read-only and takes over", async ({ profile }) => {
  const first = await profile.newPage();
  await startFlow(first, "Shared");
  await saved(first);
  const second = await profile.newPage();
  await open(second);
  await expect(second.getByText("This workspace is open in another tab")).toBeVisible();
  await expect(label(second)).toHaveValue("Shared");
  await rename(second, "Refused");
  await expect(second.getByText("This tab only shows the workspace.")).toBeVisible();
  await rename(first, "Followed");
  await expect(label(second)).toHaveValue("Followed");
  await first.close();
  await expect(second.getByText("This workspace is open in another tab")).toBeHidden();
  await rename(second, "Taken over");
  await saved(second);
  await second.reload();
  await expect(label(second)).toHaveValue("Taken over");
});

test("a wiped database is restored from the second copy, and the user told", async ({ profile }) => {
  const page = await profile.newPage();
  await startFlow(page, "Survivor");
  await saved(page);
  await page.goto("about:blank");
  // The icon is of the same site and runs no app that would hold the database.
  await page.goto("./icon.svg");
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase("flowdeck");
        request.onsuccess = resolve;
        request.onerror = request.onblocked = () => reject(new Error("not deleted"));
      }),
  );
  await open(page);
  await expect(label(page)).toHaveValue("Survivor");
  await expect(page.getByText("Flowdeck has restored it from its second copy")).toBeVisible();
});

test("torn files are repaired from the database", async ({ profile }) => {
  const page = await profile.newPage();
  await startFlow(page, "Untorn");
  await saved(page);
  await page.goto("./icon.svg");
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("flowdeck");
    for await (const file of folder.values()) {
      const content = await (await file.getFile()).arrayBuffer();
      const writable = await file.createWritable();
      await writable.write(content.slice(0, content.byteLength / 2));
      await writable.close();
    }
  });
  await open(page);
  await expect(label(page)).toHaveValue("Untorn");
});

test("a full store is told at once, and work goes on", async ({ profile, baseURL }) => {
  const page = await profile.newPage();
  // Before the app first stores something: the browser remembers for a while how much room there is.
  const session = await profile.newCDPSession(page);
  const origin = new URL(baseURL).origin;
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 400_000 });
  await startFlow(page, "Small");
  await saved(page);
  // What does not compress: the database would make it small otherwise.
  const noise = randomBytes(1_000_000).toString("base64");
  const large = {
    id: "large", name: "Large", version: "1.0.0", entryPoint: "a", edges: [],
    nodes: [{ id: "a", type: "start", label: "A", properties: { noise } }],
  };
  const file = { name: "large.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(large)) };
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(label(page)).toHaveValue("Large");
  const banner = page.getByRole("alert").filter({ hasText: "Your work is not saved in this browser." });
  await expect(banner).toBeVisible({ timeout: 3000 });
  await expect(state(page)).toContainText("Not saved: The storage of this browser is full.");
  await rename(page, "Goes on");
  await expect(label(page)).toHaveValue("Goes on");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download workspace" }).click();
  const stream = await (await download).createReadStream();
  const text = (await stream.toArray()).join("");
  const names = JSON.parse(text).documents.map((document) => JSON.parse(document.text).name);
  expect(names).toEqual(["Small", "Goes on"]);
  await page.getByRole("button", { name: "Close Goes on" }).click();
  await rename(page, "Small again");
  await expect(banner).toBeHidden();
  await saved(page);
});

test("after a crash the app restarts where it was", async ({ profile }) => {
  const page = await profile.newPage();
  await startFlow(page, "Crashed");
  await saved(page);
  await page.evaluate(() => dispatchEvent(new CustomEvent("flowdeck:panic", { detail: "x" })));
  await page.getByRole("button", { name: "Restart" }).click();
  await expect(label(page)).toHaveValue("Crashed");
});

test("an edit just before the tab is left is saved or warned about", async ({ profile }) => {
  const page = await profile.newPage();
  await startFlow(page, "Early");
  await saved(page);
  await rename(page, "Late");
  let warned = false;
  page.on("dialog", (dialog) => {
    warned = true;
    void dialog.accept();
  });
  await page.reload();
  await expect(label(page)).toHaveValue(warned ? /Late|Early/ : "Late");
});

test("a worker that does not start is told at once, and work goes on", async ({ profile }) => {
  const page = await profile.newPage();
  await page.route("**/worker-*.js", (route) => route.abort());
  await startFlow(page, "Unsaved");
  const banner = page.getByRole("alert").filter({ hasText: "Your work is not saved in this browser." });
  await expect(banner).toBeVisible();
  await expect(page.getByRole("button", { name: "Download workspace" })).toBeVisible();
  await expect(label(page)).toHaveValue("Unsaved");
  await page.unroute("**/worker-*.js");
});

test("a workspace file opens as its documents beside those that are open", async ({ profile }) => {
  const page = await profile.newPage();
  await open(page);
  await page.getByRole("button", { name: /Open a broken sample/ }).click();
  await expect(label(page)).toBeVisible();
  await saved(page);
  const workspace = {
    flowdeck: 1,
    name: "From a file",
    documents: ["One", "Two"].map((name, index) => ({
      id: String(index), kind: "dialog-flow", fileName: `${name}.json`, layout: { a: [600, 600] },
      text: JSON.stringify({ id: "f", name, version: "1.0.0", entryPoint: "a", edges: [], nodes: [{ id: "a", type: "start", label: "A" }] }),
    })),
  };
  const file = { name: "workspace.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(workspace)) };
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page.getByRole("list", { name: "Open documents" }).getByRole("listitem")).toHaveCount(3);
  await expect(label(page)).toHaveValue("Two");
  await saved(page);
  await page.reload();
  await expect(page.getByRole("list", { name: "Open documents" }).getByRole("listitem")).toHaveCount(3);
  await expect(label(page)).toHaveValue("Two");
});
