// Simulating: on the practice tenant in the tab, and over real HTTP against one on another port.
import { readFileSync } from "node:fs";
import { barriers, expect } from "./page.mjs";
import { button, connect, fault, network, openFiles, outcome, panel, show, test } from "./operate-page.mjs";

const sample = "./?open=./samples/order-status-simulation.json";
const script = JSON.parse(readFileSync(new URL("../../samples/order-status-simulation.json", import.meta.url)));

async function run(page) {
  await button(page, "Run simulation").click();
  await expect(page.getByRole("dialog")).toContainText("Run this simulation?");
  await button(page, "Run on this tenant").click();
}

test("a script runs, and every assertion is explained", async ({ page }) => {
  await show(page, sample, "Simulate");
  const where = page.getByRole("group", { name: "Bot and environment" });
  await expect(where).toContainText("ACTIVE");
  await expect(where).toContainText("STRICT, allows this bot");
  await button(page, "Run simulation").click();
  await expect(page.getByRole("dialog")).toContainText("Practice tenant (in this tab)");
  await button(page, "Run on this tenant").click();
  await expect(outcome(page)).toContainText("Passed: every assertion holds");
  const turns = panel(page, "Turns");
  const second = turns.locator("tbody").nth(1);
  await expect(second).toContainText("NL-77120");
  await expect(second.getByRole("row", { name: /Intent order\.number order\.number holds/ })).toBeVisible();
  await expect(second.getByRole("row", { name: /Entity type order_number extracted holds/ })).toBeVisible();
  await expect(second.getByRole("row", { name: /Entity value/ })).toContainText("NL-77120");
  await expect(page.getByRole("img", { name: /Confidence of each asserted turn/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /How the last run went/ })).toBeVisible();
  await expect(outcome(page)).toContainText("MLOps webhook");
  for (const [form, text] of [["JSON", '"passes": true'], ["Markdown", "# Simulations passed"], ["JUnit XML", "<testsuites>"]]) {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: `Download report as ${form}` }).click();
    expect(readFileSync(await (await download).path(), "utf8")).toContain(text);
  }
  // A script that was changed since shows no result of another.
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
});

test("steps appear as they come, and following can be stopped", async ({ page }) => {
  const slow = structuredClone(script);
  slow.inputs[1].delay_ms = 9000;
  await show(page, sample, "Simulate");
  await openFiles(page, ["slow.json", slow]);
  await run(page);
  const turns = panel(page, "Turns");
  await expect(
    turns.getByRole("row", { name: /^Intent order\.number\.unknown order\.number\.unknown$/ }),
  ).toBeVisible();
  await expect(outcome(page)).toHaveCount(0);
  await button(page, "Cancel").click();
  await expect(outcome(page)).toContainText("Not followed to its end");
  await expect(outcome(page)).toContainText("It may go on there");
});

test("what does not hold is told apart: intent, confidence, entity types, values", async ({ page }) => {
  const wrong = structuredClone(script);
  wrong.assertions[0].expected_confidence_min = 1;
  wrong.assertions[1].expected_entities = { order_number: "NL-1", city: "Kiel" };
  wrong.assertions[2].expected_intent = "confirm.yes";
  await show(page, sample, "Simulate");
  await openFiles(page, ["wrong.json", wrong]);
  await run(page);
  await expect(outcome(page)).toContainText(/Failed: \d of 3 assertions hold/);
  const turns = panel(page, "Turns");
  await expect(turns.getByRole("row", { name: /Entity type city not extracted does not hold/ })).toBeVisible();
  await expect(turns.getByRole("row", { name: /Entity value NL-1 NL-77120 does not hold/ })).toBeVisible();
  await expect(turns.getByRole("row", { name: /Intent confirm\.yes .* does not hold/ })).toBeVisible();
});

test("a version that is not active and a closed environment are refused before anything is sent", async ({ page }) => {
  const old = { ...structuredClone(script), versionId: "order-status-1.2.0", environmentId: "production" };
  await show(page, sample, "Simulate");
  await openFiles(page, ["old.json", old]);
  const where = page.getByRole("group", { name: "Bot and environment" });
  await expect(where).toContainText("ARCHIVED");
  await expect(where).toContainText("does not allow this bot");
  await run(page);
  await expect(outcome(page)).toContainText("ARCHIVED, not ACTIVE");
  await expect(outcome(page)).toContainText("Nothing was changed.");
  await page.getByRole("group", { name: "Versions that are active" }).getByRole("button").first().click();
  await expect(where).toContainText("ACTIVE");
  await run(page);
  await expect(outcome(page)).toContainText("strictly isolated");
});

test("a simulation that the platform gives up ends as failed", async ({ page }) => {
  await show(page, sample, "Simulate");
  await fault(page, "Simulation fails half way", "simulate", "Simulate");
  await run(page);
  await expect(outcome(page)).toContainText("the platform gave the simulation up");
  await expect(outcome(page)).toContainText("Run it again");
});

test("several scripts run as a suite with one verdict", async ({ page }) => {
  const wrong = structuredClone(script);
  wrong.assertions[2].expected_intent = "confirm.yes";
  await show(page, sample, "Simulate");
  await openFiles(page, ["wrong.json", wrong]);
  await button(page, "Run 2 scripts as a suite").click();
  await expect(page.getByRole("dialog")).toContainText("Run 2 simulations?");
  await button(page, "Run on this tenant").click();
  await expect(outcome(page)).toContainText("Failed: 1 of 2 scripts hold", { timeout: 60_000 });
  const suite = panel(page, "Regression suite");
  await expect(suite.getByRole("listitem").first()).toContainText("passed");
  await expect(suite.getByRole("listitem").nth(1)).toContainText("1 of 3 fail");
});

test("what is not confirmed is not sent", async ({ page }) => {
  await show(page, sample, "Simulate");
  await button(page, "Run simulation").click();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Not confirmed. Nothing was sent.")).toBeVisible();
});

test.describe("over real HTTP", () => {
  test.use({ expected: [network, { scope: "test" }] });

  test("a script runs although the token expires on the way", async ({ page, tenant }) => {
    await show(page, sample, "Simulate");
    await connect(page, tenant, "Simulate");
    await tenant.fault({ kind: "expireToken", call: "read-simulation" });
    await run(page);
    await expect(outcome(page)).toContainText("Passed: every assertion holds", { timeout: 60_000 });
  });
});

for (const theme of ["light", "dark"]) {
  test(`nothing of Simulate keeps anybody out (${theme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await show(page, sample, "Simulate");
    expect(await barriers(page)).toEqual([]);
    await run(page);
    await expect(outcome(page)).toContainText("Passed");
    expect(await barriers(page)).toEqual([]);
  });
}
