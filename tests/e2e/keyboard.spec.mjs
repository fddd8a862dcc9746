// The designer's whole job without a mouse: a flow is begun, built, connected, worded, mended, taken
// back, and saved.
import { readFileSync } from "node:fs";
import { expect, open, test } from "./page.mjs";

const canvas = (page) => page.getByRole("region", { name: "Flow canvas" });
const graph = (page) => canvas(page).getByRole("application");
const card = (page, name) => canvas(page).getByRole("group", { name });
const inspector = (page) => page.getByRole("region", { name: "Inspector" });
const problems = (page) => page.getByRole("region", { name: "Problems" });

/** Presses Tab until the focus is on `target`. */
async function tabTo(page, target, key = "Tab") {
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 80; presses += 1) {
    if (await isThere()) return;
    await page.keyboard.press(key);
  }
  throw new Error("The focus never got there.");
}

/** Runs a command of the palette by its name. */
async function command(page, name) {
  await page.keyboard.press("Control+k");
  const field = page.getByRole("dialog", { name: "Command palette" }).getByRole("combobox");
  await expect(field).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
}

test("a flow is made, mended and saved with the keyboard alone", async ({ page }) => {
  await open(page);
  await command(page, "New dialog flow");
  await expect(card(page, "Start, start")).toBeVisible();

  // A card after "Say hello", named at once.
  await tabTo(page, graph(page));
  await page.keyboard.press("Home");
  await page.keyboard.press("PageDown");
  await page.keyboard.press("n");
  const menu = page.getByRole("menu", { name: "Add" });
  await expect(menu).toBeVisible();
  await tabTo(page, menu.getByRole("menuitem", { name: "condition" }), "ArrowDown");
  await page.keyboard.press("Enter");
  const label = inspector(page).getByLabel("Label");
  await expect(label).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Is it urgent?");
  await page.keyboard.press("Enter");
  await expect(card(page, /^Is it urgent\?, condition/)).toBeVisible();

  // Connected to the end from the list of cards.
  await tabTo(page, graph(page), "Shift+Tab");
  await page.keyboard.press("c");
  const targets = page.getByRole("combobox", { name: /^Connect Is it urgent\? to/ });
  await expect(targets).toBeFocused();
  await page.keyboard.type("goodbye");
  await page.keyboard.press("Enter");
  await expect(graph(page)).toBeFocused();

  // The branch that went straight to the end goes, so that the new card is on the way.
  await page.keyboard.press("Home");
  await page.keyboard.press("PageDown");
  await expect(inspector(page).getByLabel("Label")).toHaveValue("Say hello");
  const branch = inspector(page).getByTitle("Show this branch").first();
  await tabTo(page, branch);
  await page.keyboard.press("Enter");
  await expect(inspector(page).getByRole("heading", { level: 2 })).toHaveText(/Edge|Branch/);
  await tabTo(page, graph(page), "Shift+Tab");
  await page.keyboard.press("Delete");
  await expect(problems(page)).toContainText("0 errors");

  // Moved, tidied, and both taken back.
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+Alt+T");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");

  const downloaded = page.waitForEvent("download");
  await page.keyboard.press("Control+s");
  const saved = JSON.parse(readFileSync(await (await downloaded).path(), "utf8"));
  const ids = Object.fromEntries(saved.nodes.map(({ id, label }) => [id, label]));
  expect(saved.edges.map(({ source, target }) => `${ids[source]} > ${ids[target]}`)).toEqual([
    "Start > Say hello",
    "Say hello > Is it urgent?",
    "Is it urgent? > Goodbye",
  ]);
});
