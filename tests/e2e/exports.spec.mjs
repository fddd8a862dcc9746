// Reviewing what Cognigy.AI exports: packages, folders of its command line, single charts.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { barriers, expect, open, test } from "./page.mjs";

const sample = (name) => new URL(`../../samples/${name}`, import.meta.url).pathname;
const PACKAGE = sample("nordlicht-bot.zip");
const input = (page) => page.getByLabel("Open files").and(page.locator("input"));
const table = (page) => page.getByRole("table");
const files = (page) => table(page).getByRole("rowheader");
const detail = (page) => page.getByRole("region", { name: "Problem", exact: true });
const activity = (page, name) =>
  page.getByRole("navigation", { name: "Activities" }).getByRole("button", { name });

async function review(page, ...paths) {
  await open(page);
  await activity(page, "Review").click();
  await input(page).setInputFiles(paths);
  await expect(files(page).first()).toBeVisible();
}

const row = (page, name) => page.getByRole("row", { name });
const LOST = /Lost luggage \(with mistakes\)\/en-US/;

async function chooseProblem(page, code) {
  await row(page, LOST).getByRole("rowheader").getByRole("button").click();
  const item = page.getByRole("listitem").filter({ hasText: code }).first();
  await item.getByRole("button").click();
  await expect(detail(page).getByRole("heading", { name: new RegExp(`^${code}`) })).toBeVisible();
}

test("a package is reviewed flow by flow, and nothing leaves the tab", async ({ page }) => {
  const sent = [];
  await open(page);
  page.on("request", (request) => {
    if (!request.url().startsWith("blob:")) sent.push(`${request.method()} ${request.url()}`);
  });
  await input(page).setInputFiles(PACKAGE);
  // An archive goes under review, whatever the user is at.
  await expect(row(page, /nordlicht-bot\.zip Cognigy package/)).toBeVisible();
  await expect(files(page)).toHaveCount(9);
  await expect(row(page, /Main\/en-US\/chart\.json/)).toContainText("Cognigy chart");
  await expect(row(page, LOST)).toContainText("error");
  await expect(row(page, /Handover\/de-DE/)).not.toContainText("error");
  const foreign = sent.filter((line) => !line.startsWith("GET ") || !line.includes(new URL(page.url()).origin));
  expect(foreign).toEqual([]);
  expect(sent.filter((line) => line.includes("nordlicht"))).toEqual([]);
  expect(await barriers(page)).toEqual([]);
});

test("the table sorts and filters, problems are grouped and stepped through", async ({ page }) => {
  await review(page, PACKAGE);
  await table(page).getByRole("button", { name: "File" }).click();
  await expect(files(page).first()).toContainText("nordlicht-bot.zip");
  const nodes = table(page).getByRole("columnheader", { name: "Nodes" });
  await nodes.getByRole("button").click();
  await expect(nodes).toHaveAttribute("aria-sort", "descending");
  await expect(files(page).first()).toContainText("Main/");

  await page.getByRole("button", { name: /\d errors?$/ }).click();
  await expect(files(page)).toHaveCount(2);
  await page.getByRole("button", { name: /\d errors?$/ }).click();
  await page.getByLabel("Kind").selectOption("Cognigy package");
  await expect(files(page)).toHaveCount(1);
  await page.getByLabel("Kind").selectOption("Every kind");
  await page.getByLabel("Filter the files and problems").fill("CH505");
  await expect(files(page)).toHaveCount(2);
  await page.getByLabel("Filter the files and problems").fill("");

  await page.getByRole("button", { name: "By rule" }).click();
  const group = page.getByRole("region", { name: "Problems under review" });
  await expect(group.getByRole("heading", { name: "CH505 code-error" })).toBeVisible();
  await page.getByRole("button", { name: "By severity" }).click();
  await expect(group.getByRole("heading").first()).toHaveText("Errors");
  await page.keyboard.press("F8");
  const first = await detail(page).getByRole("heading").first().textContent();
  await page.keyboard.press("F8");
  await expect(detail(page)).toBeVisible();
  await page.keyboard.press("Shift+F8");
  await expect(detail(page).getByRole("heading").first()).toHaveText(first);
  expect(await barriers(page)).toEqual([]);
});

test("a problem is accepted with a reason and a name, kept, and taken back", async ({ page }) => {
  await review(page, PACKAGE);
  await chooseProblem(page, "CH503");
  await detail(page).getByLabel("Why it is acceptable").fill("Kept for the training");
  await detail(page).getByLabel("Reviewer").fill("R. Viewer");
  await detail(page).getByRole("button", { name: "Acknowledge" }).click();
  await expect(detail(page)).toContainText("Kept for the training");
  await expect(detail(page)).toContainText("R. Viewer");
  await expect(row(page, LOST)).toContainText("1 acknowledged");

  // The same export, reviewed again another time.
  await review(page, PACKAGE);
  await expect(row(page, LOST)).toContainText("1 acknowledged");
  await chooseProblem(page, "CH503");
  await detail(page).getByRole("button", { name: "Take back" }).click();
  await expect(row(page, LOST)).not.toContainText("acknowledged");
});

test("the report is one page without scripts, with pictures, hashes and the reviewer", async ({ page, browser }) => {
  await review(page, PACKAGE);
  await chooseProblem(page, "CH602");
  await detail(page).getByLabel("Why it is acceptable").fill("Both are the same");
  await detail(page).getByLabel("Reviewer").fill("R. Viewer");
  await detail(page).getByRole("button", { name: "Acknowledge" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download report" }).click();
  const html = await readFile(await (await download).path(), "utf8");
  expect(html).not.toContain("<script");
  expect(html).toContain("R. Viewer");
  expect(html).toContain("Both are the same");
  expect(html).toMatch(/[0-9a-f]{64}/);
  expect(html).toContain("<svg");
  const reader = await browser.newPage({ javaScriptEnabled: false });
  await reader.setContent(html);
  await expect(reader.getByRole("heading", { level: 1 })).toBeVisible();
  await reader.close();

  for (const format of ["Markdown", "JSON", "SARIF", "CSV"]) {
    const other = page.waitForEvent("download");
    await page.getByRole("button", { name: "Other reports and baselines" }).click();
    await page.getByRole("button", { name: `Report as ${format}` }).click();
    const text = await readFile(await (await other).path(), "utf8");
    expect(text, format).toContain("CH505");
  }
});

test("a baseline leaves out what is known", async ({ page }) => {
  await review(page, PACKAGE);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Other reports and baselines" }).click();
  await page.getByRole("button", { name: "Save as baseline" }).click();
  const text = await readFile(await (await download).path());
  await input(page).setInputFiles({ name: "baseline.json", mimeType: "application/json", buffer: text });
  await expect(page.getByText(/known problems? left out by the baseline/)).toBeVisible();
  await expect(row(page, LOST)).toContainText("clean");
  await page.getByRole("button", { name: "Other reports and baselines" }).click();
  await page.getByRole("button", { name: "Forget the baseline" }).click();
  await expect(row(page, LOST)).toContainText("error");
});

test("a problem is shown on the canvas, and a jump is followed into another flow", async ({ page }) => {
  await review(page, PACKAGE);
  await chooseProblem(page, "CH505");
  await detail(page).getByRole("button", { name: "Show in Design" }).click();
  const canvas = page.getByRole("region", { name: "Flow canvas" });
  const inspector = page.getByRole("region", { name: "Inspector" });
  await expect(canvas.getByRole("group", { name: /^Broken code, code/ })).toBeVisible();
  await expect(inspector.getByRole("heading", { name: "Broken code" })).toBeVisible();
  await expect(inspector).toContainText("const a = ;");

  await activity(page, "Review").click();
  await row(page, /Main\/en-US/).getByRole("button", { name: "Open in Design" }).click();
  const outline = page.getByRole("listbox", { name: "Outline" });
  await outline.getByRole("option", { name: /Questions about a bill/ }).click();
  await inspector.getByRole("button", { name: "Billing › Start" }).click();
  await expect(inspector.getByRole("heading", { name: "Start" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Open documents" })).toContainText("Billing (en-US)");
  await outline.getByRole("option", { name: /Ask for the bill/ }).click();
  await expect(inspector).toContainText("Which bill is it about?");

  // An export is looked at and not changed.
  await page.getByRole("button", { name: "Toggle source" }).click();
  await expect(page.getByRole("region", { name: "Source" })).toContainText("Which bill is it about?");
  await expect(page.getByRole("region", { name: "Source" })).toContainText("only read here");
  await outline.getByRole("option", { name: /Ask for the bill/ }).click();
  await page.keyboard.press("Delete");
  await expect(outline.getByRole("option", { name: /Ask for the bill/ })).toBeVisible();
  await page.keyboard.press("Control+f");
  await page.getByRole("textbox", { name: "Find", exact: true }).fill("Which bill");
  await expect(page.getByRole("status", { name: "Hits" })).toHaveText("1");
  expect(await barriers(page)).toEqual([]);
});

test("a link leads back to a problem once its file is handed over", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await review(page, PACKAGE);
  await chooseProblem(page, "CH504");
  await detail(page).getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("The link is on the clipboard.")).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto("about:blank");
  await page.goto(link);
  await expect(page.getByText(/leads to the problem CH504 in nordlicht-bot\.zip/)).toBeVisible();
  await input(page).setInputFiles(PACKAGE);
  await expect(detail(page).getByRole("heading", { name: /^CH504/ })).toBeVisible();
});

test("a folder of the command line is taken whole", async ({ page }, testInfo) => {
  const chart = (reference, flow, target) =>
    JSON.stringify({
      nodes: [
        { _id: `${flow}1`, type: "start", referenceId: reference },
        {
          _id: `${flow}2`, type: "goTo", label: "On", referenceId: `${flow}-2`,
          config: { executionMode: "wait", flowNode: target },
        },
        { _id: `${flow}3`, type: "end" },
      ],
      relations: [
        { node: `${flow}1`, next: `${flow}2`, children: [] },
        { node: `${flow}2`, next: `${flow}3`, children: [] },
        { node: `${flow}3`, next: null, children: [] },
      ],
    });
  const folder = testInfo.outputPath("agent");
  const put = async (path, text) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await put("flows/locales.json", "[]");
  await put("flows/One/config.json", JSON.stringify({ _id: "f1", referenceId: "one", name: "One" }));
  await put("flows/Two/config.json", JSON.stringify({ _id: "f2", referenceId: "two", name: "Two" }));
  await put("flows/One/en-US/chart.json", chart("s1", "a", { flow: "two", node: "s2" }));
  await put("flows/Two/en-US/chart.json", chart("s2", "b", { flow: "one", node: "gone" }));
  await put("flows/Two/en-US/intents.json", "[]");
  await open(page);
  await activity(page, "Review").click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a folder" }).click();
  await (await chooser).setFiles(folder);
  await expect(files(page)).toHaveCount(2);
  await expect(row(page, /One\/en-US/)).not.toContainText("error");
  await expect(row(page, /Two\/en-US/)).toContainText("1 error");
  await row(page, /Two\/en-US/).getByRole("rowheader").getByRole("button").click();
  await expect(page.getByRole("listitem").filter({ hasText: "CH301" })).toContainText('The flow "One" has no node');

  // A later version of the same folder stands beside it, whole, and can be compared with it.
  const again = async () => {
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Add a folder" }).click();
    await (await chooser).setFiles(folder);
  };
  await again();
  await expect(page.getByText("The folder agent is under review already, just as it is.")).toBeVisible();
  await put("flows/Two/en-US/chart.json", chart("s2", "b", { flow: "one", node: "s1" }));
  await again();
  await expect(files(page)).toHaveCount(4);
  await expect(row(page, /agent \(2\)\/flows\/Two\/en-US/)).not.toContainText("error");
  await page.getByRole("button", { name: "Compare" }).click();
  const comparison = page.getByRole("region", { name: "Comparison" });
  await expect(comparison.getByRole("status")).toContainText("1 changed");
  await expect(comparison.getByRole("button", { name: /Two\/en-US/ })).toContainText("1 mended");
});

test("what cannot be read says why, and the rest is reviewed", async ({ page }) => {
  const whole = await readFile(PACKAGE);
  const bomb = { name: "cut.zip", mimeType: "application/zip", buffer: whole.subarray(0, 2000) };
  const snapshot = { name: "bot.csnap", mimeType: "application/octet-stream", buffer: Buffer.from("x".repeat(99)) };
  await open(page);
  await activity(page, "Review").click();
  await input(page).setInputFiles([bomb, snapshot, { name: "whole.zip", mimeType: "application/zip", buffer: whole }]);
  await expect(page.getByText("2 not readable")).toBeVisible();
  await row(page, /bot\.csnap/).getByRole("rowheader").getByRole("button").click();
  await expect(page.getByRole("listitem").filter({ hasText: "package" })).toBeVisible();
  await expect(files(page)).toHaveCount(11);
});

test("hundreds of files are reviewed with the network cut", async ({ page, context }) => {
  await open(page);
  await activity(page, "Review").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Review");
  await context.setOffline(true);
  const flow = (index) =>
    JSON.stringify({
      id: `f${index}`, name: `Flow ${index}`, version: index % 2 ? "1.0.0" : "one", entryPoint: "a",
      nodes: [{ id: "a", type: "start", label: "A" }, { id: "b", type: "end", label: "B" }],
      edges: [{ id: "e", source: "a", target: "b" }],
    });
  const many = Array.from({ length: 300 }, (_, index) => ({
    name: `flow-${index}.json`, mimeType: "application/json", buffer: Buffer.from(flow(index)),
  }));
  await input(page).setInputFiles(many);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("300 files");
  await expect(page.getByRole("button", { name: "150 errors" })).toBeVisible();
  await input(page).setInputFiles(PACKAGE);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("309 files");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download report" }).click();
  expect((await readFile(await (await download).path(), "utf8")).length).toBeGreaterThan(10_000);
  await context.setOffline(false);
});

test("two packages are compared, as a list and as pictures", async ({ page }) => {
  await review(page, PACKAGE);
  await expect(page.getByRole("button", { name: "Compare" })).toBeDisabled();
  await input(page).setInputFiles(sample("nordlicht-bot-next.zip"));
  await page.getByRole("button", { name: "Compare" }).click();
  const comparison = page.getByRole("region", { name: "Comparison" });
  await expect(comparison.getByRole("status")).toContainText("2 removed");
  const changed = comparison.getByRole("button", { name: /Main\/en-US/ });
  await changed.click();
  await expect(comparison.getByRole("listitem").filter({ hasText: "Ask for the topic" }).last()).toContainText("What can I do for you?");
  await comparison.getByRole("button", { name: /Billing\/en-US/ }).click();
  const added = comparison.getByRole("button", { name: /added say “Thank”/ });
  await added.click();
  await expect(added).toHaveAttribute("aria-current", "true");
  // Both pictures move together.
  const images = ["Old", "New"].map((side) => comparison.getByRole("img", { name: `The ${side.toLowerCase()} version` }));
  const places = async () => Promise.all(images.map(async (image) => (await image.boundingBox()).y));
  const before = await places();
  await comparison.getByRole("region", { name: "New picture" }).focus();
  await page.keyboard.press("ArrowDown");
  const after = await places();
  expect(after.map((place, index) => Math.round(place - before[index]))).toEqual([-60, -60]);
  expect(await barriers(page)).toEqual([]);

  await comparison.getByRole("button", { name: "Swap old and new" }).click();
  await expect(comparison.getByRole("status")).toContainText("2 added");
  for (const [format, word] of [["HTML", "<html"], ["Markdown", "Main"], ["JSON", '"schema"']]) {
    const download = page.waitForEvent("download");
    await comparison.getByRole("button", { name: "Download the comparison" }).click();
    await comparison.getByRole("button", { name: new RegExp(`^${format}`) }).click();
    expect(await readFile(await (await download).path(), "utf8")).toContain(word);
  }
  await comparison.getByRole("button", { name: "Back to the files" }).click();
  await expect(files(page).first()).toBeVisible();
});
