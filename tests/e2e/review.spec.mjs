// The review desk and the panel of problems.
import { readFile } from "node:fs/promises";
import { barriers, expect, open, test } from "./page.mjs";

const sample = (name) => new URL(`../../samples/${name}`, import.meta.url).pathname;
const input = (page) => page.getByLabel("Open files").and(page.locator("input"));

test("many files get verdicts and a report that can be attached", async ({ page }) => {
  await open(page);
  await page.getByRole("navigation", { name: "Activities" }).getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Review");
  expect(await barriers(page)).toEqual([]);
  await input(page).setInputFiles([sample("order-status.json"), sample("broken-flow.json")]);
  await input(page).setInputFiles({
    name: "cut.json",
    mimeType: "application/json",
    buffer: Buffer.from('{"nodes": ['),
  });
  const rows = page.getByRole("table").getByRole("rowheader");
  await expect(rows).toHaveText([/cut\.json/, /broken-flow\.json/, /order-status\.json/]);
  await page.getByRole("button", { name: "broken-flow.json" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "FD203" })).toBeVisible();
  expect(await barriers(page)).toEqual([]);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download report" }).click();
  const report = await readFile(await (await download).path(), "utf8");
  expect(report).toContain("broken-flow.json");
  expect(report).toContain("FD203");
  expect(report).toContain("cut.json");

  const json = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download JSON" }).click();
  const parsed = JSON.parse(await readFile(await (await json).path(), "utf8"));
  expect(parsed.schema).toBe(1);
  expect(parsed.summary.files).toBe(3);

  await page.getByRole("row", { name: /broken-flow/ }).getByRole("button", { name: "Open in Design" }).click();
  await expect(page.getByRole("region", { name: "Flow canvas" })).toBeVisible();
});

test("problems are grouped, filtered, fixed together, acknowledged and explained", async ({ page }) => {
  await open(page);
  await input(page).setInputFiles(sample("broken-flow.json"));
  const panel = page.getByRole("region", { name: "Problems" });
  const items = panel.getByRole("listitem");
  await expect(items.first()).toBeVisible();
  await expect(items.first()).toHaveText(/^FD\d{3}/);
  const all = await items.count();

  await panel.getByLabel("Filter the problems").fill("FD402");
  await expect(items.first()).toHaveText(/^FD402/);
  expect(await items.count()).toBeLessThan(all);
  await panel.getByLabel("Filter the problems").fill("");

  await panel.getByRole("button", { name: "Group by rule" }).click();
  await expect(panel.getByRole("heading", { name: "FD203 version-not-semantic" })).toBeVisible();
  await panel.getByRole("button", { name: "Group by rule" }).click();

  const version = items.filter({ hasText: "FD203" });
  await version.getByRole("button", { name: "Acknowledge FD203" }).click();
  await panel.getByLabel("Why it is acceptable").fill("Set by the release script");
  await panel.getByRole("button", { name: "Acknowledge", exact: true }).click();
  await expect(version).toContainText("Acknowledged: Set by the release script");
  await version.getByRole("button", { name: "Take back" }).click();
  await expect(version.getByRole("button", { name: "Acknowledge FD203" })).toBeVisible();

  await version.getByRole("button", { name: "Explain FD203" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("heading", { name: "FD203 version-not-semantic" })).toBeVisible();
  await expect(dialog).toContainText("Why it is bad");
  expect(await barriers(page)).toEqual([]);
  await dialog.getByLabel("Severity in this workspace").selectOption("off");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(version).toHaveCount(0);
});
