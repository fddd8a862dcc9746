// What tests of the canvas share: a flow to work on, its cards, and a mouse that drags.
import { readFile } from "node:fs/promises";
import { expect, open } from "./page.mjs";

export const sample = (name) => new URL(`../../samples/${name}`, import.meta.url);

export const canvas = (page) => page.getByRole("region", { name: "Flow canvas" });
export const card = (page, name) => canvas(page).getByRole("group", { name });
export const undo = (page) => page.getByRole("button", { name: "Undo", exact: true });

/** Opens files through the input that takes what the button takes. */
export async function openFiles(page, ...files) {
  await page.getByLabel("Open files").and(page.locator("input")).setInputFiles(files);
}

/** A new dialog flow: Start, Say hello, End. */
export async function openNew(page) {
  await open(page);
  await page.getByRole("button", { name: /New dialog flow/ }).click();
  await expect(card(page, "Say hello, action")).toBeVisible();
}

/** The text a save hands over. */
export async function saved(page) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  return readFile(await (await download).path(), "utf8");
}

/** Moves the mouse from one point to another with the button down, and leaves it down. */
export async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
}

export const middle = (box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
