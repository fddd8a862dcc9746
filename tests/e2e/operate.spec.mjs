// Deploying: on the practice tenant in the tab, and over real HTTP against one on another port.
import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { barriers, expect, open, test as base } from "./page.mjs";
import { startTenant } from "./tenant.mjs";

const test = base.extend({
  /** A practice tenant on a port of its own, without the headers a page may not read. */
  tenant: async ({}, use) => {
    const tenant = await startTenant("--hide-headers");
    await use(tenant);
    await tenant.stop();
  },
});

/** Requests that fail on purpose are in the console of any page. */
const network = [/Failed to load resource/, /blocked by CORS policy/];

const activity = (page, name) =>
  page.getByRole("navigation", { name: "Activities" }).getByRole("button", { name });
const button = (page, name) => page.getByRole("button", { name, exact: true });
const connection = (page) => page.getByRole("combobox", { name: "Connection", exact: true });
const outcome = (page) => page.getByRole("region", { name: "How it ended" });
const versions = (page) => page.getByRole("list", { name: "Versions" });
const screen = (page, name) => page.getByRole("tab", { name });

/** Opens the sample that the tenant holds too, changes it, and shows Operate. */
async function changedFlow(page, version = "1.5.0") {
  await page.goto("./?open=./samples/order-status.json");
  await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
  await page.getByRole("textbox", { name: "Version" }).fill(version);
  await page.getByRole("textbox", { name: "Version" }).press("Enter");
  await activity(page, "Operate").click();
  await expect(versions(page)).toContainText("1.4.0");
}

async function deploy(page) {
  await button(page, "Deploy").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Publish version");
  return dialog;
}

const confirm = (page) => button(page, "Publish and make active").click();

/** Switches a fault of the practice tenant in the tab on. */
async function fault(page, kind, call, often = "once") {
  await screen(page, "Connection").click();
  await page.getByRole("combobox", { name: "Fault" }).selectOption({ label: kind });
  await page.getByRole("combobox", { name: "On the call" }).selectOption(call);
  await page.getByRole("combobox", { name: "How often" }).selectOption({ label: often });
  await button(page, "Switch on").click();
  await expect(page.getByRole("list", { name: "Faults that are on" })).toContainText(kind);
  await screen(page, "Deploy").click();
}

test("a flow is deployed to the tenant in the tab and proved to be active", async ({ page }) => {
  await changedFlow(page);
  await expect(connection(page)).toHaveValue("Practice tenant");
  const dialog = await deploy(page);
  await expect(dialog).toContainText("Practice tenant (in this tab)");
  await expect(dialog).toContainText("order-status");
  await expect(dialog.getByRole("region", { name: "What changes" })).toContainText("1.4.0");
  await expect(dialog.getByRole("region", { name: "What changes" })).toContainText("1.5.0");
  await confirm(page);
  await expect(outcome(page)).toContainText("New version active (proved)");
  await expect(versions(page).getByRole("listitem").filter({ hasText: "Active" })).toContainText("1.5.0");
  await expect(page.getByRole("img", { name: /the last 1 deployments/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "How deployments went" })).toContainText("1 made active");
  // Back to the one before.
  await button(page, "Roll back to 1.4.0").click();
  await expect(page.getByRole("dialog")).toContainText("Practice tenant (in this tab)");
  await button(page, "Roll back").click();
  // What the older version contains was never here, so no more is claimed than was read.
  await expect(outcome(page)).toContainText("Version 1.4.0 is active (read back)");
  await expect(outcome(page)).toContainText("was not compared");
  await expect(versions(page).getByRole("listitem").filter({ hasText: "Active" })).toContainText("1.4.0");
});

test("what is not confirmed is not sent", async ({ page }) => {
  await changedFlow(page);
  const dialog = await deploy(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(outcome(page)).toContainText("Nothing was changed.");
  await expect(versions(page)).not.toContainText("1.5.0");
  await deploy(page);
  await page.keyboard.press("Escape");
  await expect(outcome(page)).toContainText("You did not confirm it");
});

test("a number that exists is bumped at a press, and undone", async ({ page }) => {
  await changedFlow(page, "1.3.0");
  const form = page.getByRole("region", { name: "What goes where" });
  await expect(form).toContainText("exists already");
  await button(page, "Deploy").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Version 1.3.0 exists already");
  await dialog.getByRole("button", { name: "Bump to 1.3.1" }).click();
  await expect(dialog).toContainText("Publish version 1.3.1");
  await confirm(page);
  await expect(outcome(page)).toContainText("New version active (proved)");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(form).toContainText("1.3.0");
});

test("problems stop a deployment and lead to the canvas", async ({ page }) => {
  await page.goto("./?open=./samples/broken-flow.json");
  await activity(page, "Operate").click();
  await expect(button(page, "Deploy")).toBeDisabled();
  const stops = page.getByRole("group", { name: "Problems that stop it" });
  await stops.getByRole("button").first().click();
  await expect(page.getByRole("region", { name: "Flow canvas" })).toBeVisible();
});

test("a promotion that fails ends with the version before", async ({ page }) => {
  await changedFlow(page);
  await fault(page, "Promotion fails", "promote", "always");
  await deploy(page);
  await confirm(page);
  await expect(outcome(page)).toContainText("Previous version active (proved)", { timeout: 60_000 });
  await expect(versions(page).getByRole("listitem").filter({ hasText: "Active" })).toContainText("1.4.0");
});

test("a publication whose answer is lost makes one version", async ({ page }) => {
  await changedFlow(page);
  await fault(page, "Connection lost after the effect", "publish");
  await deploy(page);
  await confirm(page);
  await expect(outcome(page)).toContainText("New version active (proved)", { timeout: 60_000 });
  await expect(versions(page).getByRole("listitem").filter({ hasText: "1.5.0" })).toHaveCount(1);
});

/** The banner of a tab that looks on. */
const follows = (page) => page.getByText("It takes over when the other one closes");

/** Opens the workspace in one more tab, which follows the first. */
async function follower(context) {
  const page = await context.newPage();
  await page.goto("./");
  await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
  await expect(follows(page)).toBeVisible();
  await activity(page, "Operate").click();
  await expect(versions(page)).toContainText("1.4.0");
  return page;
}

const takenOver = (page) => expect(follows(page)).toBeHidden();

test("what another tab is at counts as interrupted only once that tab is gone", async ({ baseURL, launchOptions }) => {
  const folder = mkdtempSync(join(tmpdir(), "flowdeck-profile-"));
  const context = await chromium.launchPersistentContext(folder, { ...launchOptions, baseURL });
  const first = await context.newPage();
  await changedFlow(first);
  // Their delays add up, so that the deployment is under way long enough to look at it from elsewhere.
  for (let count = 0; count < 8; count += 1) {
    await fault(first, "Slow answer", "promote", "always");
  }
  await deploy(first);
  await confirm(first);
  const progress = first.getByRole("region", { name: "Progress" });
  await expect(progress).toContainText("Make it active: under way");
  const second = await follower(context);
  const banner = second.getByRole("status", { name: "Interrupted operations" });
  await expect(banner).toHaveCount(0);
  await expect(progress).toContainText("Make it active: under way");
  await first.close();
  await takenOver(second);
  await banner.getByRole("button", { name: "Find out what became of it" }).click();
  await expect(banner).toContainText(/It got through: .* is there|What was there before is there/);
  await context.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a tab that takes over knows what the other one has deployed", async ({ baseURL, launchOptions }) => {
  const folder = mkdtempSync(join(tmpdir(), "flowdeck-profile-"));
  const context = await chromium.launchPersistentContext(folder, { ...launchOptions, baseURL });
  const first = await context.newPage();
  await changedFlow(first);
  await expect(first.getByRole("status", { name: "Save state" })).toContainText("Saved in this browser");
  const second = await follower(context);
  const went = second.getByRole("region", { name: "How deployments went" });
  await expect(went).toContainText("No deployment of this dialog yet");
  await deploy(first);
  await confirm(first);
  await expect(outcome(first)).toContainText("New version active (proved)");
  await expect(first.getByRole("region", { name: "How deployments went" })).toContainText("1 made active");
  await first.close();
  await takenOver(second);
  await expect(went).toContainText("1 made active");
  await expect(second.getByRole("status", { name: "Interrupted operations" })).toHaveCount(0);
  await context.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a deployment that a reload interrupts is looked up at the next start", async ({ baseURL, launchOptions }) => {
  // A profile on the disk: private windows store in another way.
  const folder = mkdtempSync(join(tmpdir(), "flowdeck-profile-"));
  const context = await chromium.launchPersistentContext(folder, { ...launchOptions, baseURL });
  const page = await context.newPage();
  await changedFlow(page);
  await fault(page, "Slow answer", "promote");
  await deploy(page);
  await confirm(page);
  await expect(page.getByRole("region", { name: "Progress" })).toContainText("Make it active: under way");
  await page.goto("./");
  await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
  // What was about to be done is kept in both places.
  const kept = await page.evaluate(async () => {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open("flowdeck-operations");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const keys = await new Promise((resolve) => {
      const request = database.transaction("records").objectStore("records").getAllKeys();
      request.onsuccess = () => resolve(request.result);
    });
    database.close();
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("flowdeck-operations");
    return { keys, files: await Array.fromAsync(folder.keys()) };
  });
  expect(kept.keys.filter((key) => key.startsWith("journal-"))).toHaveLength(1);
  expect(kept.files.filter((name) => name.startsWith("journal-")).length).toBeGreaterThan(0);
  const banner = page.getByRole("status", { name: "Interrupted operations" });
  await banner.getByRole("button", { name: "Find out what became of it" }).click();
  await expect(banner).toContainText(/It got through: .* is there|What was there before is there/);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
  await activity(page, "Audit").click();
  await expect(page.getByRole("table")).toContainText("RESOLVED_AFTER_INTERRUPTION");
  await expect(banner).toHaveCount(0);
  await context.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Makes a connection to a tenant on this machine and enters its secret. */
async function connect(page, tenant) {
  await connection(page).selectOption({ label: "New connection…" });
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("On a port");
  await page.getByRole("textbox", { name: "Base URL" }).fill(`${tenant.url}/api/v1/`);
  await expect(page.getByText(`Requests go to ${tenant.url}/`)).toBeVisible();
  await page.getByRole("textbox", { name: "Client id" }).fill("practice-client");
  await button(page, "Keep connection").click();
  await expect(connection(page)).toHaveValue("On a port");
  await enterSecret(page);
}

async function enterSecret(page, secret = "practice-secret") {
  await page.getByLabel("Client secret", { exact: true }).and(page.locator("[type=password]")).fill(secret);
  await button(page, "Use it").click();
  await expect(page.getByRole("region", { name: "Credential" })).toContainText("In memory");
}

test.describe("over real HTTP", () => {
  test.use({ expected: [network, { scope: "test" }] });

  test("a connection is tested, area by area", async ({ page, tenant }) => {
    await open(page);
    await activity(page, "Operate").click();
    await connect(page, tenant);
    await button(page, "Test connection").click();
    const tested = page.getByRole("region", { name: "Test of the connection" });
    await expect(tested).toContainText("Everything works.");
    await expect(tested).toContainText('The area "simulation" has its token.');
  });

  test("a header that the tenant refuses is found and can be switched off", async ({ page }) => {
    const tenant = await startTenant("--refuse-idempotency-key");
    await open(page);
    await activity(page, "Operate").click();
    await connect(page, tenant);
    await button(page, "Test connection").click();
    const tested = page.getByRole("region", { name: "Test of the connection" });
    await expect(tested).toContainText("does not let a page send an Idempotency-Key");
    await button(page, "Switch idempotency keys off").click();
    await button(page, "Test connection").click();
    await expect(tested).toContainText("Everything works.");
    await tenant.stop();
  });

  test("a flow is deployed although the token expires and an answer is lost", async ({ page, tenant }) => {
    await changedFlow(page);
    await connect(page, tenant);
    await screen(page, "Deploy").click();
    await expect(versions(page)).toContainText("1.4.0");
    await tenant.fault({ kind: "expireToken", call: "promote" });
    await tenant.fault({ kind: "dropAfter", call: "publish" });
    const dialog = await deploy(page);
    await expect(dialog).toContainText(tenant.url);
    await confirm(page);
    await expect(outcome(page)).toContainText("New version active (proved)", { timeout: 60_000 });
    const listed = await tenant.versions("order-status");
    expect(listed.filter(({ version }) => version === "1.5.0")).toHaveLength(1);
    expect(listed.filter(({ status }) => status === "active").map(({ version }) => version)).toEqual(["1.5.0"]);
    await expect(versions(page).getByRole("listitem").filter({ hasText: "1.5.0" })).toHaveCount(1);
  });

  test("a tenant that goes away in the middle ends unknown, and is checked again", async ({ page }) => {
    const tenant = await startTenant();
    await page.clock.install();
    await changedFlow(page);
    await connect(page, tenant);
    await screen(page, "Deploy").click();
    await expect(versions(page)).toContainText("1.4.0");
    await tenant.fault({ kind: "delay", ms: 3000, call: "publish" });
    await deploy(page);
    await confirm(page);
    await expect(page.getByRole("region", { name: "Progress" })).toContainText("Publish the version: under way");
    await tenant.stop();
    // It is asked again and again for some minutes, which pass quickly here.
    await expect(async () => {
      await page.clock.fastForward(5_000);
      await expect(outcome(page)).toContainText("Unknown which version is active", { timeout: 100 });
    }).toPass({ timeout: 60_000, intervals: [50] });
    await expect(outcome(page)).toContainText("curl -X PATCH");
    // It comes back as it was at the start, which is the version before.
    const again = await startTenant("--port", tenant.port);
    await button(page, "Check again").click();
    await expect(outcome(page)).toContainText("Previous version active (proved)", { timeout: 60_000 });
    await again.stop();
  });

  test("a secret is in memory alone", async ({ page, tenant }) => {
    const base64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    // The tenant takes a token at its word; this one would be found wherever it went.
    const token = `${base64({ alg: "none" })}.${base64({ exp: Date.now() / 1000 + 3600 })}.canary-token-7f3a`;
    const canary = /canary-secret-91bc|canary-token-7f3a/;
    const said = [];
    page.on("console", (message) => said.push(message.text()));
    const elsewhere = [];
    page.on("request", (request) => {
      const url = request.url();
      const text = `${url} ${request.postData() ?? ""} ${JSON.stringify(request.headers())}`;
      if (canary.test(url) || (!url.startsWith(tenant.url) && canary.test(text))) elsewhere.push(url);
    });
    await changedFlow(page);
    await connect(page, tenant);
    await enterSecret(page, "canary-secret-91bc");
    await button(page, "Test connection").click();
    await expect(page.getByRole("region", { name: "Test of the connection" })).toContainText("did not accept");
    await page.getByRole("radio", { name: "A token, pasted" }).check();
    await page.getByLabel("Token", { exact: true }).fill(token);
    await button(page, "Use it").click();
    await expect(page.getByText("The token ends at")).toBeVisible();
    await screen(page, "Deploy").click();
    await expect(versions(page)).toContainText("1.4.0");
    await deploy(page);
    await confirm(page);
    await expect(outcome(page)).toContainText("New version active (proved)");
    await button(page, "Export and sync").click();
    await expect(outcome(page)).toContainText("Exported");
    const payload = page.waitForEvent("download");
    await button(page, "Download payload").click();
    const downloads = [readFileSync(await (await payload).path(), "utf8")];
    expect(downloads[0]).toContain('"checksum"');
    await activity(page, "Audit").click();
    const log = page.waitForEvent("download");
    await button(page, "Export JSONL").click();
    downloads.push(readFileSync(await (await log).path(), "utf8"));
    expect(downloads[1]).toContain("FLOW_DEPLOY");
    await expect(page.getByRole("status", { name: "Save state" })).toContainText("Saved in this browser");
    const stored = await page.evaluate(async () => {
      const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), location.href];
      for (const { name } of await indexedDB.databases()) {
        const database = await new Promise((resolve, reject) => {
          const request = indexedDB.open(name);
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        for (const store of database.objectStoreNames) {
          const values = await new Promise((resolve, reject) => {
            const request = database.transaction(store).objectStore(store).getAll();
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          });
          for (const value of values) {
            texts.push(value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : JSON.stringify(value));
          }
        }
        database.close();
      }
      const walk = async (folder) => {
        for await (const handle of folder.values()) {
          if (handle.kind === "directory") await walk(handle);
          else texts.push(new TextDecoder("latin1").decode(await (await handle.getFile()).arrayBuffer()));
        }
      };
      await walk(await navigator.storage.getDirectory());
      return texts;
    });
    // The connection and the log are there, so this looked at the right place.
    expect(stored.some((text) => text.includes("On a port"))).toBe(true);
    expect(stored.some((text) => text.includes("FLOW_DEPLOY"))).toBe(true);
    for (const text of [...stored, ...downloads, ...said]) {
      expect(text).not.toMatch(canary);
    }
    expect(await page.locator("body").evaluate((body) => body.innerHTML)).not.toMatch(canary);
    expect(elsewhere).toEqual([]);
    // Sent elsewhere, the connection has no credential any more.
    await activity(page, "Operate").click();
    await screen(page, "Connection").click();
    await page.getByRole("textbox", { name: "Base URL" }).fill("https://elsewhere.example.com");
    await button(page, "Keep connection").click();
    await expect(page.getByText("Kept with the workspace.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Credential needed" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Credential" })).not.toContainText("In memory");
    await button(page, "Test connection").click();
    await expect(page.getByRole("region", { name: "Test of the connection" })).toContainText("There is no credential");
    expect(elsewhere).toEqual([]);
    // After a reload it is asked for again.
    await expect(page.getByRole("status", { name: "Save state" })).toContainText("Saved in this browser");
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
    await activity(page, "Operate").click();
    await connection(page).selectOption("On a port");
    await expect(page.getByRole("button", { name: "Credential needed" })).toBeVisible();
  });
});

test("the log is verified, filtered, and shown entry by entry", async ({ page }) => {
  await changedFlow(page);
  await deploy(page);
  await confirm(page);
  await expect(outcome(page)).toContainText("New version active (proved)");
  await activity(page, "Audit").click();
  const rows = page.getByRole("table").locator("tbody tr");
  await expect(rows).toHaveCount(2);
  await button(page, "Verify log").click();
  await expect(page.getByText("2 entries in an unbroken chain")).toBeVisible();
  await page.getByRole("button", { name: "Entry 2" }).click();
  const entry = page.getByRole("region", { name: "Entry 2 in full" });
  await expect(entry).toContainText("new_version_active");
  await entry.getByRole("button", { name: "Show entry 1" }).click();
  await expect(page.getByRole("region", { name: "Entry 1 in full" })).toContainText("intended");
  await page.getByRole("combobox", { name: "Result" }).selectOption("intended");
  await expect(rows).toHaveCount(1);
  await page.getByRole("searchbox", { name: "Any word" }).fill("nothing-like-it");
  await expect(page.getByText("No entry is like that")).toBeVisible();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 1024]) {
    test(`Operate and Audit keep nobody out: ${colorScheme}, ${width} wide`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 760 });
      await changedFlow(page);
      expect(await barriers(page)).toEqual([]);
      const dialog = await deploy(page);
      expect(await barriers(page)).toEqual([]);
      await confirm(page);
      await expect(dialog).toBeHidden();
      await expect(outcome(page)).toContainText("New version active (proved)");
      expect(await barriers(page)).toEqual([]);
      await screen(page, "Connection").click();
      await expect(page.getByRole("region", { name: "What shall go wrong" })).toBeVisible();
      expect(await barriers(page)).toEqual([]);
      await connection(page).selectOption({ label: "New connection…" });
      expect(await barriers(page)).toEqual([]);
      await button(page, "Keep connection").click();
      await expect(page.getByText("Not kept: put right what is marked.")).toBeVisible();
      expect(await barriers(page)).toEqual([]);
      await page.getByRole("textbox", { name: "Name", exact: true }).fill("Somewhere");
      await page.getByRole("textbox", { name: "Base URL" }).fill("https://tenant.example.com");
      await button(page, "Keep connection").click();
      await expect(page.getByRole("region", { name: "Credential" })).toBeVisible();
      expect(await barriers(page)).toEqual([]);
      await activity(page, "Audit").click();
      await page.getByRole("button", { name: "Entry 2" }).click();
      expect(await barriers(page)).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wide).toBe(false);
    });
  }
}

test("a flow is deployed with the keyboard alone", async ({ page }) => {
  await changedFlow(page);
  await button(page, "Deploy").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("Publish version");
  // "Cancel" has the focus, so that Enter alone does nothing to a tenant.
  await expect(page.getByRole("dialog").getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(outcome(page)).toContainText("New version active (proved)");
  await screen(page, "Deploy").focus();
  await page.keyboard.press("End");
  await expect(screen(page, "Connection")).toBeFocused();
  await expect(page.getByRole("region", { name: "Connection settings" })).toBeVisible();
});

test.describe("with a stop at a file of the site", () => {
  // Which has no icon.
  test.use({ expected: [network, { scope: "test" }] });

  test("what is missing at the end of the log shows after a reload too", async ({ page }) => {
    await changedFlow(page);
    await deploy(page);
    await confirm(page);
    await expect(outcome(page)).toContainText("New version active (proved)");
    await activity(page, "Audit").click();
    const head = page.getByTitle("How many entries the log has, and the hash of the last one");
    await expect(head).toHaveText(/^2:[0-9a-f]{64}$/);
    await button(page, "Verify log").click();
    await expect(page.getByText("It reaches the furthest end that was seen in this browser")).toBeVisible();

    // Somebody takes the entries out of both stores while no page is open.
    await page.goto("./icon.svg");
    const taken = await page.evaluate(async () => {
      let count = 0;
      const database = await new Promise((resolve, reject) => {
        const request = indexedDB.open("flowdeck-operations");
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const done = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      for (const name of database.objectStoreNames) {
        const store = database.transaction(name, "readwrite").objectStore(name);
        for (const key of await done(store.getAllKeys())) {
          if (!String(key).startsWith("audit-")) continue;
          await done(store.delete(key));
          count += 1;
        }
      }
      database.close();
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle("flowdeck-operations");
      const names = [];
      for await (const name of folder.keys()) names.push(name);
      for (const name of names.filter((name) => name.startsWith("audit-"))) {
        await folder.removeEntry(name);
        count += 1;
      }
      return count;
    });
    expect(taken).toBeGreaterThanOrEqual(2);

    await open(page);
    await activity(page, "Audit").click();
    await expect(page.getByText("Nothing was done yet")).toBeVisible();
    await button(page, "Verify log").click();
    await expect(page.getByText("The log was cut short: entry 1 and what came after it are missing at the end.")).toBeVisible();
    // What is done from here on does not hide it.
    await page.getByRole("navigation", { name: "Activities" }).getByRole("button", { name: "Operate" }).click();
    await button(page, "Export and sync").click();
    await expect(outcome(page)).toContainText("Exported");
    await activity(page, "Audit").click();
    await expect(page.getByRole("heading", { name: /^\d+ entr/ })).not.toHaveText("0 entries");
    await button(page, "Verify log").click();
    await expect(page.getByText(/is not the one that the recorded head names|was cut short/)).toBeVisible();
  });
});
