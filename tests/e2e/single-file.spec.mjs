// The whole app in one file, opened from disk: nothing is asked of any server, what a browser refuses
// to such a page is said, and work goes on.
import { readFile, truncate, copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { barriers, expect, open, test as base } from "./page.mjs";

const file = process.env.FLOWDECK_ONE_FILE;
const test = base.extend({
  /** A page without a network, and what it asked for all the same. */
  page: async ({ page, context }, use) => {
    await context.setOffline(true);
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await use(page);
    expect(asked.filter((url) => !/^(file|blob|data):/.test(url)), "requests").toEqual([]);
    // The page itself is the only file that is read, each time it is opened.
    const own = asked.filter((url) => url.startsWith("file:"));
    expect(own.filter((url) => !url.split(/[?#]/)[0].endsWith(".html"))).toEqual([]);
  },
});
if (!file) throw new Error("FLOWDECK_ONE_FILE names no file: `cargo xtask test` makes one and says where it is.");

const whole = (rest = "") => `${pathToFileURL(file ?? "")}${rest}`;
const label = (page) => page.getByRole("textbox", { name: "Name", exact: true });
const problems = (page) => page.getByRole("region", { name: "Problems" }).getByRole("listitem");
const state = (page) => page.getByRole("status", { name: "Save state" });
const activity = (page, name) =>
  page.getByRole("navigation", { name: "Activities" }).getByRole("button", { name });

async function downloaded(page, press) {
  const download = page.waitForEvent("download");
  await press();
  return readFile(await (await download).path(), "utf8");
}

test("a sample is opened, edited and undone, and a rule explained", async ({ page }) => {
  await open(page, whole());
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: /Open a broken sample/ }).click();
  await expect(page.getByRole("region", { name: "Flow canvas" })).toBeVisible();
  await expect(problems(page).first()).toHaveText(/^FD\d{3}/);

  await label(page).fill("From disk");
  await label(page).press("Enter");
  await expect(page).toHaveTitle(/From disk/);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(label(page)).not.toHaveValue("From disk");

  await problems(page).filter({ hasText: "FD203" }).getByRole("button", { name: "Explain FD203" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("heading", { level: 3 }).first()).toBeVisible();
  await expect(dialog).not.toContainText("could not be fetched");
});

test("a package is reviewed and its report downloaded", async ({ page }) => {
  await open(page, whole());
  await activity(page, "Review").click();
  await page.getByRole("button", { name: "Try a sample package" }).click();
  await expect(page.getByRole("row", { name: /nordlicht-bot\.zip Cognigy package/ })).toBeVisible();
  await expect(page.getByRole("table").getByRole("rowheader")).toHaveCount(9);
  const report = await downloaded(page, () =>
    page.getByRole("button", { name: "Download report" }).click(),
  );
  expect(report).toContain("nordlicht-bot.zip");
  expect(report).toContain("CH505");
});

test("the practice tenant is there, and takes a flow", async ({ page }) => {
  await open(page, whole("?open=./samples/order-status.json"));
  await expect(page.getByRole("region", { name: "Flow canvas" })).toBeVisible();
  await activity(page, "Operate").click();
  await expect(page.getByRole("main", { name: "Operate" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Deploy", exact: true }).first()).toBeVisible();
  await expect(page.getByText("could not be downloaded")).toHaveCount(0);
});

test("only what it carries is opened by its address", async ({ page }) => {
  await open(page, whole("?open=../secret.json"));
  const refused = page.getByRole("alert").filter({ hasText: "secret.json could not be fetched" });
  await expect(refused).toContainText("Nothing was opened. This page was opened from disk");
});

test("work is kept where the browser allows it, and the page says how", async ({ page, context }) => {
  await open(page, whole());
  await page.getByRole("button", { name: "New dialog flow" }).click();
  await label(page).fill("Kept from disk");
  await label(page).press("Enter");
  await expect(state(page)).toHaveText("Saved in this browser · not in the file yet");
  const said = page.getByText("This page was opened from disk: the browser keeps your work in one place");
  await expect(said).toHaveCount(1);
  await page.getByRole("button", { name: "Close message" }).click();
  await expect(said).toHaveCount(0);
  await page.reload();
  await expect(label(page)).toHaveValue("Kept from disk");

  // The tabs know of each other here too.
  const second = await context.newPage();
  await open(second, whole());
  await expect(second.getByText("This workspace is open in another tab")).toBeVisible();
  await second.close();
});

test("a browser that runs no worker from disk is said so, and work goes on", async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.Worker = class {
      constructor() {
        throw new DOMException("Workers are not allowed here.", "SecurityError");
      }
    };
  });
  await open(page, whole());
  const banner = page.getByRole("alert").filter({ hasText: "This page was opened from disk" });
  await expect(banner).toContainText("your work is not kept when it is closed. Workers are not allowed here.");
  await page.getByRole("button", { name: "New dialog flow" }).click();
  await label(page).fill("Not kept");
  await label(page).press("Enter");
  await expect(page).toHaveTitle(/Not kept/);
  const text = await downloaded(page, () =>
    banner.getByRole("button", { name: "Download workspace" }).click(),
  );
  expect(JSON.parse(text).documents).toHaveLength(1);
  expect(await barriers(page)).toEqual([]);
});

test("a link made from disk says where it opens", async ({ page }) => {
  await open(page, whole());
  await page.getByRole("button", { name: "New dialog flow" }).click();
  await page.getByRole("button", { name: "Share as link" }).click();
  const dialog = page.getByRole("dialog", { name: "Share as link" });
  await expect(dialog).toContainText("opens only here");
  const link = await dialog.getByLabel("Link").inputValue();
  await page.goto("about:blank");
  await open(page, link);
  await expect(page.getByRole("list", { name: "Open documents" }).getByRole("listitem").last()).toContainText("New flow");
});

test("a file that was cut short says so", async ({ page, expected }) => {
  expected.push(/could not be unpacked/);
  const folder = await mkdtemp(join(tmpdir(), "flowdeck-cut-"));
  const cut = join(folder, "flowdeck.html");
  await copyFile(file, cut);
  // After the script, in the middle of what the page starts with.
  await truncate(cut, 400_000);
  await page.goto(pathToFileURL(cut).href);
  await expect(page.getByRole("heading", { name: "Flowdeck could not start" })).toBeVisible();
  await expect(page.getByRole("paragraph").filter({ hasText: "this file is damaged" })).toBeVisible();
  await rm(folder, { recursive: true });
});

test("its policy lets nothing else run", async ({ page, expected }) => {
  expected.push(/policy breach/, /Content Security Policy/, /Trusted(HTML|ScriptURL|Script)/, /Refused to build HTML/);
  await open(page, whole());
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("unsafe-inline");
  const outcome = await page.evaluate(() => {
    const attempt = (work) => {
      try {
        work();
        return "allowed";
      } catch (error) {
        return error.name;
      }
    };
    const foreign = URL.createObjectURL(new Blob(["postMessage(1)"]));
    return {
      worker: attempt(() => new Worker(foreign)),
      markup: attempt(() => (document.createElement("div").innerHTML = "<img src=x onerror=alert(1)>")),
      policy: attempt(() => trustedTypes.createPolicy("default", {})),
    };
  });
  expect(outcome).toEqual({ worker: "TypeError", markup: "TypeError", policy: "TypeError" });
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.append("document.documentElement.dataset.inline = 'ran'");
    document.head.append(script);
  });
  await expect(page.locator("html")).not.toHaveAttribute("data-inline", "ran");
});
