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
  await page.getByRole("button", { name: "Other reports and baselines" }).click();
  await page.getByRole("button", { name: "Report as JSON" }).click();
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

const flow = (name, more = {}) =>
  JSON.stringify({
    id: "f", name, version: "1.0.0", entryPoint: "a",
    nodes: [{ id: "a", type: "start", label: "A" }, { id: "b", type: "end", label: "B" }],
    edges: [{ id: "e", source: "a", target: "b" }],
    ...more,
  });
const file = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });
const rows = (page) => page.getByRole("table").getByRole("rowheader");

async function openReview(page) {
  await open(page);
  await page.getByRole("navigation", { name: "Activities" }).getByRole("button", { name: "Review" }).click();
}

test("files of one name each get a verdict, and the same file only one", async ({ page }) => {
  await openReview(page);
  const whole = file("same.json", flow("Whole"));
  await input(page).setInputFiles([whole, file("same.json", '{"nodes": [')]);
  await expect(rows(page)).toHaveText([/same \(2\)\.json$/, /same\.json$/]);
  await input(page).setInputFiles([whole, file("other.json", flow("Other"))]);
  await expect(rows(page)).toHaveText([/same \(2\)\.json$/, /same\.json$/, /other\.json$/]);
});

test("what is dropped and pasted in Review goes under review", async ({ page }) => {
  await openReview(page);
  await page.evaluate((texts) => {
    const data = new DataTransfer();
    texts.forEach((text, index) => data.items.add(new File([text], `dropped-${index}.json`)));
    document.body.dispatchEvent(
      new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  }, [flow("One"), flow("Two")]);
  await expect(rows(page)).toHaveText(["dropped-0.json", "dropped-1.json"]);
  await paste(page, flow("Three"));
  await expect(rows(page)).toHaveText(["dropped-0.json", "dropped-1.json", "pasted.json"]);
});

test("what is dropped and pasted in Design is opened", async ({ page }) => {
  await open(page);
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.json"));
    document.body.dispatchEvent(
      new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  }, flow("Dropped"));
  const tabs = page.getByRole("list", { name: "Open documents" }).getByRole("listitem");
  await expect(tabs).toHaveText([/Dropped/]);
  await paste(page, flow("Pasted"));
  await expect(tabs).toHaveText([/Dropped/, /Pasted/]);
});

const paste = (page, text) =>
  page.evaluate((text) => {
    document.activeElement?.blur();
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.body.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);

test("severities hold for every document and for what is under review", async ({ page }) => {
  await open(page);
  await input(page).setInputFiles([
    file("first.json", flow("First", { version: "1" })),
    file("second.json", flow("Second", { version: "2" })),
  ]);
  const panel = page.getByRole("region", { name: "Problems" });
  const version = panel.getByRole("listitem").filter({ hasText: "FD203" });
  await version.getByRole("button", { name: "Explain FD203" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Severity in this workspace").selectOption("off");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(version).toHaveCount(0);
  await page.getByRole("button", { name: "First", exact: true }).click();
  await expect(panel).toContainText("No problems");
  await page.getByRole("navigation", { name: "Activities" }).getByRole("button", { name: "Review" }).click();
  await page.getByRole("button", { name: "Review the open documents" }).click();
  await expect(rows(page)).toHaveText(["first.json", "second.json"]);
  await expect(page.getByRole("table")).not.toContainText("warning");
  await expect(page.getByRole("table")).not.toContainText("error");
});

test("what was acknowledged does not count in a verdict", async ({ page }) => {
  await openReview(page);
  const allow = [{ code: "FD505", pointer: "/nodes/0", reason: "wanted", by: "me", at: "2026-01-01" }];
  const edges = [{ id: "e", source: "a", target: "b", condition: "context.x == 1" }];
  const variables = [{ name: "x", type: "number" }];
  await input(page).setInputFiles([
    file("bare.json", flow("Bare", { edges, variables })),
    file("wanted.json", flow("Wanted", { edges, variables, flowdeck: { allow } })),
  ]);
  await expect(page.getByRole("row", { name: /bare/ })).toContainText("1 info");
  await expect(page.getByRole("row", { name: /wanted/ })).toContainText("1 acknowledged");
  await expect(page.getByRole("row", { name: /wanted/ })).not.toContainText("1 info");
});
