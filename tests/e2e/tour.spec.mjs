// The tour: every step points at something that is there, and ends by doing it or by going on.
import { barriers, expect, open, test } from "./page.mjs";

const step = (page, name) => page.getByRole("dialog", { name });
const next = (page) => page.getByRole("button", { name: "Next", exact: true });
const canvas = (page) => page.getByRole("region", { name: "Flow canvas" });

test("the tour is taken by doing what it says", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /Take the tour/ }).click();
  await expect(step(page, "This is a flow")).toBeVisible();
  await expect(next(page)).toBeFocused();
  expect(await barriers(page)).toEqual([]);
  await canvas(page).hover();
  await page.mouse.wheel(0, 60);
  await expect(step(page, "Go to a card")).toBeVisible();

  await page.getByRole("listbox", { name: "Outline" }).getByRole("option", { name: "Welcome action" }).click();
  await expect(step(page, "Change it")).toBeVisible();
  const label = page.getByRole("region", { name: "Inspector" }).getByLabel("Label");
  await label.fill("Hello there");
  await label.press("Enter");
  await expect(step(page, "Take it back")).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(step(page, "See what is wrong")).toBeVisible();
  await next(page).click();
  await expect(step(page, "Find anything")).toBeVisible();
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await expect(step(page, "Every command")).toBeVisible();
  await canvas(page).focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await expect(step(page, "That is all")).toBeVisible();
  await page.getByRole("button", { name: "Finish" }).click();
  await expect(page.locator(".tour-card")).toHaveCount(0);
  await expect(canvas(page).getByRole("application")).toBeFocused();
});

test("the tour goes on with the keyboard alone, and is left at any time", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /Take the tour/ }).click();
  for (const name of ["This is a flow", "Go to a card", "Change it", "Take it back"]) {
    await expect(step(page, name)).toBeVisible();
    await expect(next(page)).toBeFocused();
    await page.keyboard.press("Enter");
  }
  await expect(step(page, "See what is wrong")).toBeVisible();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(step(page, "Take it back")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator(".tour-card")).toHaveCount(0);
  await expect(canvas(page).getByRole("application")).toBeFocused();

  // From the palette it starts again, on the same sample.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("tour");
  await page.keyboard.press("Enter");
  await expect(step(page, "This is a flow")).toBeVisible();
  await expect(page.getByRole("list", { name: "Open documents" }).getByRole("listitem")).toHaveCount(1);
});
