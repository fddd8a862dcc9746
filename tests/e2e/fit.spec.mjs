// Fitting keeps clear of what lies over the canvas.
import { readFile } from "node:fs/promises";
import { canvas, card, drag, middle, openFiles, openNew, sample } from "./canvas-page.mjs";
import { expect, open, test } from "./page.mjs";

/** The cards that lie under something, or are not wholly on the canvas, by their names. */
const hidden = (page) =>
  page.evaluate(() => {
    const area = document.querySelector(".canvas").getBoundingClientRect();
    const over = [...document.querySelectorAll(".minimap, .palette, .view-tools, .arrange-tools, .find-panel")]
      .map((element) => element.getBoundingClientRect())
      .filter((rect) => rect.width > 0);
    const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const isInside = (a) =>
      a.left >= area.left && a.right <= area.right && a.top >= area.top && a.bottom <= area.bottom;
    return [...document.querySelectorAll(".card")]
      .filter((element) => {
        const rect = element.getBoundingClientRect();
        return !isInside(rect) || over.some((other) => meets(rect, other));
      })
      .map((element) => element.getAttribute("aria-label"));
  });

for (const [width, height] of [
  [1280, 760],
  [1024, 700],
]) {
  test(`after fitting no card lies under the minimap or the tools, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    for (const name of ["customer-support.json", "order-status.json", "checkout-states.json"]) {
      await openFiles(page, sample(name).pathname);
      await expect(page.locator(".card").first()).toBeVisible();
      await canvas(page).focus();
      await page.keyboard.press("1");
      await expect.poll(() => hidden(page), name).toEqual([]);
      const { nodes, states } = JSON.parse(await readFile(sample(name), "utf8"));
      await expect(page.locator(".card")).toHaveCount((nodes ?? states).length);
      // With a bar more at the bottom, and with the panel that finds.
      await page.keyboard.press("Control+a");
      await expect(page.getByRole("toolbar", { name: "Arrange" })).toBeVisible();
      await page.keyboard.press("2");
      await expect.poll(() => hidden(page), `${name}, selected`).toEqual([]);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+f");
      await expect(page.locator("#find-text")).toBeFocused();
      await page.getByRole("button", { name: "Fit view" }).click();
      await expect.poll(() => hidden(page), `${name}, finding`).toEqual([]);
      await page.locator("#find-text").press("Escape");
      await page.getByRole("button", { name: "Tidy", exact: true }).click();
      await expect.poll(() => hidden(page), `${name}, tidied`).toEqual([]);
    }
  });
}

test("the first look at a flow, and a jump to a card, show it clear of everything", async ({ page }) => {
  await openNew(page);
  // What does not fit at a size that can be read is beyond the edge.
  await expect.poll(() => hidden(page)).toEqual(["Goodbye, end"]);
  await page.keyboard.press("1");
  await expect.poll(() => hidden(page)).toEqual([]);
  // A card that is dragged under the map is brought out when it is jumped to.
  const hello = card(page, "Say hello, action");
  await drag(page, middle(await hello.boundingBox()), middle(await page.getByRole("img", { name: "Minimap" }).boundingBox()));
  await page.mouse.up();
  expect(await hidden(page)).toEqual(["Say hello, action"]);
  await page.getByRole("listbox", { name: "Outline" }).getByRole("option", { name: /Say hello/ }).click();
  await expect.poll(() => hidden(page)).not.toContain("Say hello, action");
  // The same when another document was shown before, on no canvas.
  await openFiles(page, sample("order-status-simulation.json").pathname);
  await openFiles(page, sample("hello.json").pathname);
  await expect(card(page, "Start, start")).toBeVisible();
  await expect.poll(() => hidden(page)).not.toContain("Start, start");
});
