// Every command by its name, its keys, and the keys somebody gives it instead.
import { barriers, expect, open, test } from "./page.mjs";

const palette = (page) => page.getByRole("dialog", { name: "Command palette" });
const sheet = (page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });
const canvas = (page) => page.getByRole("region", { name: "Flow canvas" });
const card = (page, name) => canvas(page).getByRole("group", { name });

async function openFlow(page) {
  await open(page);
  await page.getByRole("button", { name: /New dialog flow/ }).click();
  await expect(card(page, "Say hello, action")).toBeVisible();
}

async function run(page, query) {
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").fill(query);
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeHidden();
}

test("the palette finds a command by a few letters and runs it", async ({ page }) => {
  await openFlow(page);
  await page.keyboard.press("Control+k");
  const options = palette(page).getByRole("option");
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await expect(options.filter({ hasText: "Fit everything" })).toContainText("1");

  // What cannot be done now says why, comes last, and does nothing.
  const undo = options.filter({ hasText: /Undo/ });
  await expect(undo).toHaveAttribute("aria-disabled", "true");
  await expect(undo).toContainText("there is nothing to undo");
  await undo.click({ force: true });
  await expect(palette(page)).toBeVisible();
  expect(await barriers(page)).toEqual([]);

  await palette(page).getByRole("combobox").fill("sela");
  await expect(options.first()).toHaveText(/Select all/);
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeHidden();
  await expect(page.getByRole("region", { name: "Inspector" })).toContainText("5 selected");

  await page.keyboard.press("Control+k");
  await expect(options.first()).toHaveText(/Select all/);
  await palette(page).getByRole("combobox").fill("no such thing");
  await expect(palette(page).getByRole("status")).toHaveText("No command is called that.");
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
});

test("the palette works with arrows, from any screen, and from the header", async ({ page }) => {
  await openFlow(page);
  await page.getByRole("button", { name: "Commands" }).click();
  await palette(page).getByRole("combobox").fill("go to");
  const options = palette(page).getByRole("option");
  const second = await options.nth(1).innerText();
  await page.keyboard.press("ArrowDown");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  expect(second).toMatch(/Go to/);
  await page.keyboard.press("Escape");

  await run(page, "review");
  await expect(page.getByRole("navigation", { name: "Activities" }).getByRole("button", { name: "Review" })).toHaveAttribute("aria-current", "page");
  await run(page, "design");
  await expect(canvas(page)).toBeVisible();
});

test("keys do nothing while something is typed", async ({ page }) => {
  await openFlow(page);
  await card(page, "Say hello, action").click();
  await page.keyboard.press("F2");
  const label = page.getByRole("region", { name: "Inspector" }).getByLabel("Label");
  await expect(label).toBeFocused();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("?");
  await expect(palette(page)).toBeHidden();
  await expect(sheet(page)).toBeHidden();
  await expect(label).toHaveValue(/\?/);
});

test("every shortcut is listed once, can be changed, clashes, and is reset", async ({ page }) => {
  await openFlow(page);
  await page.keyboard.press("?");
  await expect(sheet(page)).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  const keys = await sheet(page).locator("kbd").allInnerTexts();
  expect(keys.length).toBeGreaterThan(25);
  expect(new Set(keys).size).toBe(keys.length);
  const names = await sheet(page).locator(".shortcut-name").allInnerTexts();
  expect(new Set(names).size).toBe(names.length);

  const line = (name) => sheet(page).getByRole("button", { name: new RegExp(`^${name}`) });
  await line("Light theme").click();
  await expect(line("Light theme")).toContainText("Press keys");
  await page.keyboard.press("Escape");
  await expect(line("Light theme")).toContainText("no keys");
  await expect(sheet(page)).toBeVisible();

  // Keys that another command has are not taken without a word.
  await line("Light theme").click();
  await page.keyboard.press("Control+z");
  const clash = sheet(page).getByRole("alert");
  await expect(clash).toContainText("Ctrl+Z stands for “Undo” already. Nothing was changed.");
  await expect(line("Light theme")).toContainText("no keys");

  await line("Dark theme").click();
  await page.keyboard.press("Control+Alt+d");
  await expect(line("Dark theme")).toContainText("Ctrl+Alt+D");
  await expect(clash).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Alt+d");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  // Kept in this browser.
  await open(page);
  await page.keyboard.press("?");
  await expect(line("Dark theme")).toContainText("Ctrl+Alt+D");
  await sheet(page).getByRole("searchbox").fill("theme");
  await expect(line("Undo")).toHaveCount(0);
  expect(await barriers(page)).toEqual([]);
  await sheet(page).getByRole("button", { name: "Reset Dark theme" }).click();
  await expect(line("Dark theme")).toContainText("no keys");
  await expect(line("Dark theme")).toBeFocused();

  await line("Light theme").click();
  await page.keyboard.press("?");
  await sheet(page).getByRole("button", { name: "Use it here instead" }).click();
  await expect(line("Light theme")).toContainText("?");
  await sheet(page).getByRole("button", { name: "Reset all" }).click();
  await expect(line("Light theme")).toContainText("no keys");
  await sheet(page).getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("?");
  await expect(sheet(page)).toBeVisible();
});

test("copy, cut and paste are commands too, with their keys, where the browser lets them", async ({ page, context }) => {
  await openFlow(page);
  await page.keyboard.press("Control+k");
  const options = palette(page).getByRole("option");
  await palette(page).getByRole("combobox").fill("copy");
  const line = (name) => options.filter({ has: page.getByText(name, { exact: true }) });
  await expect(line("Copy")).toContainText("no card and no note is selected");
  await page.keyboard.press("Escape");
  await card(page, "Say hello, action").click();
  await page.keyboard.press("Control+k");
  for (const [name, keys] of [["Copy", "Ctrl+C"], ["Cut", "Ctrl+X"], ["Paste", "Ctrl+V"], ["Duplicate", "Ctrl+D"], ["Select all", "Ctrl+A"]]) {
    await palette(page).getByRole("combobox").fill(name);
    await expect(line(name).locator("kbd")).toHaveText(keys);
    await expect(line(name)).not.toHaveAttribute("aria-disabled", "true");
  }
  await page.keyboard.press("Escape");

  // Refused, it says what happened and what to do.
  await context.clearPermissions();
  await run(page, "paste");
  const messages = page.getByRole("region", { name: "Messages" });
  await expect(messages).toContainText("Nothing was pasted: the browser does not let this page read the clipboard");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await run(page, "cut");
  await expect(page.locator(".card")).toHaveCount(2);
  await run(page, "paste");
  await expect(page.locator(".card")).toHaveCount(3);
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toHaveAttribute("title", /Paste node/);
  await page.evaluate(() => navigator.clipboard.writeText("just words"));
  await run(page, "paste");
  await expect(messages).toContainText("the clipboard holds no flow and no piece of one");
});
