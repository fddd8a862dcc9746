// Snippets: pieces that come up again and again, put in as one step.
import { barriers, expect, open, test } from "./page.mjs";

const canvas = (page) => page.getByRole("region", { name: "Flow canvas" });
const card = (page, name) => canvas(page).getByRole("group", { name });
const menu = (page) => page.getByRole("group", { name: "Snippets" });
const problems = (page) => page.getByRole("region", { name: "Problems" });
const undo = (page) => page.getByRole("button", { name: "Undo", exact: true });
const lines = (page) => page.getByRole("listbox", { name: "Outline" }).getByRole("option");

async function openFlow(page) {
  await open(page);
  await page.getByRole("button", { name: /New dialog flow/ }).click();
  await expect(card(page, "Say hello, action")).toBeVisible();
}

async function openMenu(page) {
  await page.getByRole("button", { name: "Snippets" }).click();
  await expect(menu(page)).toBeVisible();
}

test("a snippet goes after the selected card, and is taken back as one step", async ({ page }) => {
  await openFlow(page);
  await card(page, "Say hello, action").click();
  await openMenu(page);
  expect(await barriers(page)).toEqual([]);
  await menu(page).getByRole("button", { name: /^Ask, validate, retry/ }).click();
  await expect(lines(page)).toHaveCount(10);
  await expect(problems(page)).toContainText("0 errors");
  await expect(problems(page)).toContainText("0 warnings");
  await expect(page.getByRole("region", { name: "Inspector" })).toContainText("7 selected");
  await undo(page).click();
  await expect(lines(page)).toHaveCount(3);

  // Without a card it stands for itself; also from the palette.
  await canvas(page).focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("handover");
  await page.keyboard.press("Enter");
  await expect(lines(page)).toHaveCount(7);
  await expect(card(page, /^Hand over/)).toBeVisible();
});

test("one's own selection is kept by name, put in elsewhere, and forgotten", async ({ page }) => {
  await openFlow(page);
  await openMenu(page);
  const name = menu(page).getByRole("textbox", { name: "Name of the snippet" });
  await expect(name).toBeDisabled();
  await page.keyboard.press("Escape");
  await card(page, "Say hello, action").click();
  await openMenu(page);
  await name.fill("Greeting");
  await menu(page).getByRole("button", { name: "Keep" }).click();
  await expect(menu(page).getByRole("button", { name: /^Greeting/ })).toBeVisible();
  await page.keyboard.press("Escape");

  await open(page);
  await expect(card(page, "Say hello, action")).toBeVisible();
  await openMenu(page);
  await menu(page).getByRole("button", { name: /^Greeting/ }).click();
  await expect(lines(page).filter({ hasText: "Say hello" })).toHaveCount(2);

  await openMenu(page);
  await menu(page).getByRole("button", { name: "Forget Greeting" }).click();
  await expect(menu(page).getByRole("button", { name: /^Greeting/ })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await open(page);
  await openMenu(page);
  await expect(menu(page).getByRole("button", { name: /^Greeting/ })).toHaveCount(0);
});

test("state flows have snippets of their own", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /New state flow/ }).click();
  await expect(card(page, /^Greeting/)).toBeVisible();
  await card(page, /^Greeting/).click();
  await openMenu(page);
  await expect(menu(page).getByRole("button", { name: /^Handover/ })).toHaveCount(0);
  await menu(page).getByRole("button", { name: /^Confirm/ }).click();
  await expect(lines(page)).toHaveCount(5);
  await expect(problems(page)).toContainText("0 errors");
});
