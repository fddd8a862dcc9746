// Payloads are edited as a form and as JSON: one document, every edit one step, problems and sizes
// beside the fields they are about.
import { readFile } from "node:fs/promises";
import { barriers, expect, open, test } from "./page.mjs";

const sample = (name) => new URL(`../../samples/${name}`, import.meta.url);

async function openFiles(page, ...files) {
  await page.getByLabel("Open files").and(page.locator("input")).setInputFiles(files);
}

/** A file made by the test. */
const made = (name, value) => ({
  name,
  mimeType: "application/json",
  buffer: Buffer.from(typeof value === "string" ? value : JSON.stringify(value, null, 2)),
});

const form = (page) => page.getByRole("region", { name: "Form" });
const json = (page) => page.getByRole("textbox", { name: "Document as JSON" });
const variable = (page, name) => form(page).getByRole("group", { name: `Variable ${name}`, exact: true });
const problems = (page) => page.getByRole("region", { name: "Problems" });
const undo = (page) => page.getByRole("button", { name: "Undo", exact: true });

/** The lines that differ, as [before, after]. */
function changed(before, after) {
  const [old, now] = [before.split("\n"), after.split("\n")];
  expect(now.length).toBe(old.length);
  return old.map((line, index) => [line, now[index]]).filter(([a, b]) => a !== b);
}

test("an edited variable changes its line of the JSON and no other", async ({ page }) => {
  const before = await readFile(sample("gold-customer-context.json"), "utf8");
  await open(page);
  await openFiles(page, sample("gold-customer-context.json").pathname);
  await expect(json(page)).toHaveValue(before);
  await expect(page.getByRole("region", { name: "Flow canvas" })).toHaveCount(0);

  const tier = variable(page, "tier");
  await tier.getByLabel("Value").fill("platinum");
  await tier.getByLabel("Value").press("Enter");
  await expect(json(page)).toHaveValue(/"platinum"/);
  const [[, line], ...others] = changed(before, await json(page).inputValue());
  expect(others).toEqual([]);
  expect(line).toContain('"tier": { "key": "tier", "value": "platinum", "scope": "user" }');

  await tier.getByLabel("Scope").selectOption("session");
  await expect(json(page)).toHaveValue(/"platinum", "scope": "session"/);
  await undo(page).click();
  await undo(page).click();
  await expect(json(page)).toHaveValue(before);
  await expect(tier.getByLabel("Value")).toHaveValue("gold");
});

test("a variable is added, typed, renamed and deleted", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Context set" }).click();
  await form(page).getByRole("button", { name: "Add variable" }).click();
  const added = variable(page, "variable");
  await expect(added.getByLabel("Name")).toBeFocused();
  await added.getByLabel("Type").selectOption("number");
  await added.getByLabel("Value").fill("1,5");
  await added.getByLabel("Value").press("Enter");
  await expect(added).toContainText("That is not a number");
  await expect(json(page)).toHaveValue(/"value": 0,/);
  await added.getByLabel("Value").fill("1.50");
  await added.getByLabel("Value").press("Enter");
  await expect(added).not.toContainText("That is not a number");
  await expect(json(page)).toHaveValue(/"value": 1\.50,/);

  await added.getByLabel("Name").fill("name");
  await added.getByLabel("Name").press("Enter");
  await expect(added).toContainText('There is a variable "name" already.');
  await added.getByLabel("Name").fill("total");
  await added.getByLabel("Name").press("Enter");
  await expect(json(page)).toHaveValue(/"total": \{ "key": "total"|"total": \{\s+"key": "total"/);

  await variable(page, "total").getByRole("button", { name: "Delete total" }).click();
  await expect(variable(page, "total")).toHaveCount(0);
  await expect(json(page)).not.toHaveValue(/total/);
});

test("a value over its limit shows it, on the meter and as a problem beside it", async ({ page }) => {
  await open(page);
  await openFiles(page, sample("gold-customer-context.json").pathname);
  const tier = variable(page, "tier");
  const meter = tier.getByRole("meter");
  await expect(meter).toHaveAttribute("aria-valuetext", "6 bytes of 10 KiB");
  await tier.getByLabel("Value").fill("x".repeat(12_000));
  await tier.getByLabel("Value").press("Enter");
  await expect(meter).toHaveText("11.8 KiB of 10 KiB");
  await expect(tier).toContainText("CX103");
  await expect(tier.getByLabel("Value")).toHaveAttribute("aria-invalid", "true");
  await expect(problems(page)).toContainText("CX103");
  await undo(page).click();
  await expect(meter).toHaveText("6 bytes");
  await expect(tier).not.toContainText("CX103");
});

test("a template shows what it becomes, which scope won, and what nothing defines", async ({ page }) => {
  await open(page);
  await openFiles(page, sample("gold-customer-context.json").pathname);
  await form(page).getByRole("textbox", { name: "Template" }).fill("Hello {{firstName}}, order {{orderNumber}} {{nobody}}.");
  const preview = form(page).getByRole("status", { name: "Preview" });
  await expect(preview).toHaveText("Hello Zoëuser, order NL-204518session {{nobody}}not defined.");
  await expect(problems(page)).toContainText("CX107");
  const name = variable(page, "firstName");
  await name.getByLabel("Value").fill("Mia");
  await name.getByLabel("Value").press("Enter");
  await expect(preview).toContainText("Hello Mia");
});

test("JSON that is no document stays a draft with its mistakes", async ({ page }) => {
  const before = await readFile(sample("gold-customer-context.json"), "utf8");
  await open(page);
  await openFiles(page, sample("gold-customer-context.json").pathname);
  await json(page).fill(before.replace('"gold"', '"gold",,'));
  const pane = page.getByRole("region", { name: "JSON" });
  await expect(pane.getByRole("status")).toContainText("Line 4");
  await expect(variable(page, "tier").getByLabel("Value")).toHaveValue("gold");
  await json(page).fill(before.replace('"gold"', '"silver"'));
  await expect(pane.getByRole("status")).toBeHidden();
  await json(page).press("Control+Enter");
  await expect(variable(page, "tier").getByLabel("Value")).toHaveValue("silver");
  await undo(page).click();
  await expect(json(page)).toHaveValue(before);
});

test("inputs of a simulation change places with the keyboard, and assertions follow", async ({ page }) => {
  await open(page);
  await openFiles(page, sample("order-status-simulation.json").pathname);
  const first = form(page).getByRole("group", { name: "Input 1" });
  const second = form(page).getByRole("group", { name: "Input 2" });
  await expect(first.getByLabel("Text")).toHaveValue("I do not have it");
  await page.getByRole("button", { name: "Move input 1 of 3" }).press("ArrowDown");
  await expect(second.getByLabel("Text")).toHaveValue("I do not have it");
  await expect(page.getByRole("button", { name: "Move input 2 of 3" })).toBeFocused();
  const script = JSON.parse(await json(page).inputValue());
  expect(script.inputs.map(({ text }) => text)).toEqual(["NL-77120", "I do not have it", "no thanks"]);
  expect(script.assertions.map(({ step_index }) => step_index)).toEqual([1, 0, 2]);
  await undo(page).click();
  await expect(first.getByLabel("Text")).toHaveValue("I do not have it");

  const assertion = form(page).getByRole("group", { name: "Assertion 1", exact: true });
  await assertion.getByLabel("Confidence").fill("1.5");
  await assertion.getByLabel("Confidence").press("Enter");
  await expect(assertion).toContainText("SM103");
  await first.getByLabel("Delay").fill("soon");
  await first.getByLabel("Delay").press("Enter");
  await expect(first).toContainText("A delay is a number of milliseconds");
});

test("linking a flow checks the next step against its nodes", async ({ page }) => {
  await open(page);
  await openFiles(page, sample("order-status.json").pathname);
  await expect(page.getByRole("region", { name: "Flow canvas" })).toBeVisible();
  await openFiles(page, sample("resume-checkout-variables.json").pathname);
  const step = form(page).getByRole("region", { name: "Transition" });
  await expect(step).toContainText("SV107");
  await expect(step).toContainText("No flow is linked");

  const linked = form(page).getByRole("combobox", { name: "Linked flow" });
  await linked.fill("order");
  await linked.press("Enter");
  await expect(step).toContainText('has no node "payment"');
  await expect(problems(page)).toContainText("1 error");

  const next = step.getByRole("combobox", { name: "Next step" });
  await next.fill("bye");
  await next.press("Enter");
  await expect(step).not.toContainText("SV107");
  await expect(json(page)).toHaveValue(/"nextStep": "bye"/);

  // What the flow lacks again is found again when the flow changes.
  await undo(page).click();
  await expect(step).toContainText('has no node "payment"');
  await linked.fill("none");
  await linked.press("Enter");
  await expect(step).toContainText("No flow is linked");
});

test("a link is there again after a reload", async ({ page }) => {
  await open(page);
  await openFiles(page, sample("order-status.json").pathname);
  await expect(page.getByRole("region", { name: "Flow canvas" })).toBeVisible();
  await openFiles(page, sample("resume-checkout-variables.json").pathname);
  const linked = form(page).getByRole("combobox", { name: "Linked flow" });
  await linked.fill("order");
  await linked.press("Enter");
  await expect(form(page)).toContainText('has no node "payment"');
  await expect(page.getByRole("status", { name: "Save state" })).toContainText("Saved in this browser");
  await page.reload();
  await expect(linked).toHaveValue("Order status (order-status.json)");
  await expect(form(page)).toContainText('has no node "payment"');
});

test("a linked context set tells the flow what is injected", async ({ page }) => {
  const flow = {
    id: "f",
    name: "Greeter",
    version: "1.0.0",
    entryPoint: "a",
    nodes: [
      { id: "a", type: "start", label: "Start" },
      { id: "b", type: "action", label: "Greet", properties: { say: "Hello {{firstName}}" } },
      { id: "c", type: "end", label: "End" },
    ],
    edges: [
      { id: "x", source: "a", target: "b" },
      { id: "y", source: "b", target: "c" },
    ],
  };
  await open(page);
  await openFiles(page, made("greeter.json", flow));
  await expect(problems(page)).toContainText("FD302");
  await openFiles(page, made("set.json", await readFile(sample("gold-customer-context.json"), "utf8")));
  const linked = form(page).getByRole("combobox", { name: "Linked flow" });
  await linked.fill("greeter");
  await linked.press("Enter");
  await page.getByRole("button", { name: "Greeter", exact: true }).click();
  await expect(page.getByRole("region", { name: "Flow canvas" })).toBeVisible();
  await expect(problems(page)).not.toContainText("FD302");
});

test("a large update is divided into several", async ({ page }) => {
  const session = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`part${index}`, "x".repeat(60_000)]),
  );
  await open(page);
  await openFiles(page, made("big.json", { dialogId: "d", session, transition: { nextStep: "go" } }));
  await expect(form(page).getByRole("meter", { name: "Size of the update" })).toHaveText(/of 512 KiB/);
  await expect(form(page)).toContainText("SV105");
  await form(page).getByRole("button", { name: "Divide into several updates" }).click();
  const updates = form(page).getByRole("list", { name: "Updates" }).getByRole("listitem");
  await expect(updates).toHaveCount(2);
  const download = page.waitForEvent("download");
  await updates.last().getByRole("button", { name: "Download" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  expect(JSON.parse(text).transition).toEqual({ nextStep: "go" });
  await updates.first().getByRole("button", { name: "Open" }).click();
  await expect(form(page)).not.toContainText("SV105");
});

test("a problem leads to its field", async ({ page }) => {
  await open(page);
  const set = JSON.parse(await readFile(sample("gold-customer-context.json"), "utf8"));
  set.conversationId = "nonsense";
  set.variables.tier.scope = "planet";
  await openFiles(page, made("set.json", set));
  await problems(page).getByRole("button", { name: /CX106/ }).first().click();
  await expect(form(page).getByLabel("Conversation")).toBeFocused();
  await problems(page).getByRole("button", { name: /CX102/ }).first().click();
  await expect(variable(page, "tier").getByLabel("Name")).toBeFocused();
});

test("the checksum of a sync payload is shown and mended", async ({ page }) => {
  const text = await readFile(sample("order-status-sync.json"), "utf8");
  await open(page);
  await openFiles(page, made("sync.json", text.replace('"Greet and ask"', '"Greet"')));
  const payload = page.getByRole("region", { name: "Inspector" }).getByRole("region", { name: "Sync payload" });
  await expect(payload).toContainText("The checksum does not match the flow.");
  await payload.getByRole("button", { name: "Set the checksum anew" }).click();
  await expect(payload).toContainText("The checksum matches the flow.");
});

test("thousands of variables are shown page by page", async ({ page }) => {
  const variables = Object.fromEntries(
    Array.from({ length: 3_000 }, (_, index) => [
      `v${index}`,
      { key: `v${index}`, value: index, scope: index === 2_500 ? "planet" : "user" },
    ]),
  );
  await open(page);
  await openFiles(page, made("many.json", { conversationId: "conv_1", variables }));
  await expect(variable(page, "v199")).toBeVisible();
  await expect(variable(page, "v200")).toHaveCount(0);
  await form(page).getByRole("button", { name: "Later" }).click();
  await expect(variable(page, "v200")).toBeVisible();
  await expect(form(page)).toContainText("201 to 400 of 3000");
  await problems(page).getByRole("button", { name: /CX102/ }).first().click();
  await expect(variable(page, "v2500").getByLabel("Name")).toBeFocused();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 1024, 800]) {
    test(`payload editors keep nobody out: ${colorScheme}, ${width} wide`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 760 });
      await open(page);
      for (const name of [
        "gold-customer-context.json",
        "resume-checkout-variables.json",
        "order-status-simulation.json",
      ]) {
        const title = await page.title();
        await openFiles(page, sample(name).pathname);
        await expect(page).not.toHaveTitle(title);
        await expect(form(page)).toBeVisible();
        expect(await barriers(page)).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect(wide).toBe(false);
      }
    });
  }
}
