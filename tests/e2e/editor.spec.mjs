// Code is typed: conditions with completion and live problems, the source beside the canvas.
import { barriers, expect, open, test } from "./page.mjs";

const flow = (condition = 'context.agent == "x"') =>
  JSON.stringify(
    {
      id: "f",
      name: "Typing",
      version: "1.0.0",
      entryPoint: "start",
      variables: [
        { name: "agent", type: "string", default: "x" },
        { name: "total", type: "number", default: 1 },
      ],
      nodes: [
        { id: "start", type: "start", label: "Start" },
        { id: "check", type: "condition", label: "Check" },
        { id: "note", type: "action", label: "Note", properties: { script: "set(total, 2)" } },
        { id: "bye", type: "end", label: "Bye" },
      ],
      edges: [
        { id: "e1", source: "start", target: "check" },
        { id: "e2", source: "check", target: "note", condition },
        { id: "e3", source: "check", target: "bye" },
        { id: "e4", source: "note", target: "bye" },
      ],
    },
    null,
    2,
  );

/** Opens a flow from its text. */
async function openText(page, text, name = "typing.json") {
  const file = { name, mimeType: "application/json", buffer: Buffer.from(text) };
  await page.getByLabel("Open files").and(page.locator("input")).setInputFiles([file]);
  await expect(page.getByRole("region", { name: "Flow canvas" })).toBeVisible();
}

const card = (page, name) =>
  page.getByRole("region", { name: "Flow canvas" }).getByRole("group", { name });
const inspector = (page) => page.getByRole("region", { name: "Inspector" });
const source = (page) => page.getByRole("textbox", { name: "Source text" });
const problems = (page) => page.getByRole("region", { name: "Problems" });

/** Selects the branch out of "Check" that has a condition, and returns its field. */
async function condition(page) {
  await card(page, /^Check/).click();
  await inspector(page).getByTitle("Show this branch").first().click();
  const field = inspector(page).getByRole("textbox", { name: "Condition" });
  await expect(field).toBeVisible();
  return field;
}

async function openSource(page) {
  await page.getByRole("button", { name: "Toggle source" }).click();
  await expect(source(page)).toBeVisible();
  // Beside the source the canvas has less room.
  await page.getByRole("button", { name: "Fit view" }).click();
}

test("a broken condition says where and what, and its mend is one press away", async ({ page }) => {
  await open(page);
  await openText(page, flow());
  const field = await condition(page);
  await field.fill("total > 5 and agent");
  const said = inspector(page).getByRole("status").filter({ hasText: "Column 11" });
  await expect(said).toContainText("Write `&&`");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(inspector(page).locator("[data-mark=error]")).toHaveText("and");
  expect(await barriers(page)).toEqual([]);
  await said.getByRole("button", { name: "Write &&" }).click();
  await expect(field).toHaveValue("total > 5 && agent");
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("aria-invalid", "false");
  await field.press("Control+Enter");
  await card(page, /^Check/).click();
  await expect(inspector(page)).toContainText("total > 5 && agent");
});

test("a condition that is left for another card is not lost", async ({ page }) => {
  await open(page);
  await openText(page, flow());
  const field = await condition(page);
  await field.fill("total == 7");
  await card(page, /^Note/).click();
  await expect(inspector(page).getByLabel("Label")).toHaveValue("Note");
  await card(page, /^Check/).click();
  await expect(inspector(page)).toContainText("total == 7");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(inspector(page)).toContainText('context.agent == "x"');
});

test("unknown names and types are doubted while they are typed", async ({ page }) => {
  await open(page);
  await openText(page, flow());
  const field = await condition(page);
  await field.fill("totl > 5");
  const status = inspector(page).locator(".code-findings");
  await expect(status).toContainText('Nothing defines the name "totl"');
  await status.getByRole("button", { name: "Change it to total" }).click();
  await expect(field).toHaveValue("total > 5");
  await field.fill("agent - 1 > 2");
  await expect(status).toContainText("is a text");
  await field.press("Escape");
  await expect(field).toHaveValue('context.agent == "x"');
});

test("names are completed with the keyboard alone", async ({ page }) => {
  await open(page);
  await openText(page, flow());
  const field = await condition(page);
  await field.fill("");
  await field.pressSequentially("intent.");
  const list = page.getByRole("listbox", { name: "Suggestions" });
  await expect(list.getByRole("option")).toHaveText([/^name/, /^confidence/]);
  expect(await barriers(page)).toEqual([]);
  await field.press("ArrowDown");
  const marked = await field.getAttribute("aria-activedescendant");
  await expect(page.locator(`#${marked}`)).toContainText("confidence");
  await field.press("Enter");
  await expect(field).toHaveValue("intent.confidence");
  await expect(list).toBeHidden();
  await field.pressSequentially(" > 0.5 && to");
  await expect(list.getByRole("option").first()).toContainText("variable, number");
  await field.press("Tab");
  await expect(field).toHaveValue("intent.confidence > 0.5 && total");
  await field.press("Control+Space");
  await expect(list).toBeHidden();
  await field.press("Space");
  await field.press("Control+Space");
  await expect(list.getByRole("option", { name: "== equals", exact: true })).toBeVisible();
  await field.press("Escape");
  await expect(list).toBeHidden();
  await expect(field).toBeFocused();
});

test("a script completes its statements and variables", async ({ page }) => {
  await open(page);
  await openText(page, flow());
  await card(page, /^Note/).click();
  const field = inspector(page).getByRole("textbox", { name: "Script" });
  await field.fill("");
  await field.pressSequentially("sa");
  await field.press("Enter");
  await expect(field).toHaveValue("say()");
  await field.pressSequentially("'Hi ${ag");
  await field.press("Enter");
  await expect(field).toHaveValue("say('Hi ${agent})");
  await field.pressSequentially("'");
  await field.press("Control+Enter");
  await expect(card(page, /^Note/)).toContainText("say('Hi ${agent}')");
});

test("what is typed into the source changes the canvas, and undo changes it back", async ({ page }) => {
  await open(page);
  await openText(page, flow());
  await openSource(page);
  const before = await source(page).inputValue();
  await source(page).fill(before.replace('"label": "Note"', '"label": "Written"'));
  await expect(card(page, /^Written/)).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(card(page, /^Note/)).toBeVisible();
  await expect(source(page)).toHaveValue(before);
  expect(await barriers(page)).toEqual([]);
});

test("a source that cannot be read leaves the document alone and says why", async ({ page }) => {
  await open(page);
  await openText(page, flow());
  await openSource(page);
  const before = await source(page).inputValue();
  await source(page).fill(before.replace('"label": "Note"', '"label": '));
  const notes = page.getByRole("status", { name: "Draft" });
  await expect(notes.getByRole("button", { name: /^Line \d+, column \d+: / })).not.toHaveCount(0);
  await expect(card(page, /^Note/)).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  // A change elsewhere goes into the draft, which stays broken.
  await card(page, /^Bye/).click();
  const label = inspector(page).getByLabel("Label");
  await label.fill("Farewell");
  await label.press("Enter");
  await expect(source(page)).toHaveValue(/"label": "Farewell"/);
  await expect(source(page)).toHaveValue(/"label": ,/);
  await notes.getByRole("button", { name: "Revert" }).click();
  await expect(notes).toBeEmpty();
  await expect(source(page)).toHaveValue(before.replace('"label": "Bye"', '"label": "Farewell"'));
});

test("canvas and source follow each other", async ({ page }) => {
  const many = JSON.parse(flow());
  for (let index = 0; index < 200; index += 1) {
    many.nodes.push({ id: `n${index}`, type: "action", label: `Step ${index}` });
  }
  await open(page);
  await openText(page, JSON.stringify(many, null, 2));
  await openSource(page);
  await page
    .getByRole("listbox", { name: "Outline" })
    .getByRole("option", { name: /^Step 150\b/ })
    .click();
  const selected = page.locator(".source-line.is-selected");
  await expect(selected.filter({ hasText: '"label": "Step 150"' })).toBeInViewport();
  const text = await source(page).inputValue();
  await source(page).evaluate((area, at) => {
    area.focus();
    area.setSelectionRange(at, at);
  }, text.indexOf('"Step 20"'));
  await source(page).press("ArrowLeft");
  await expect(inspector(page).getByLabel("Label")).toHaveValue("Step 20");
});

test("a fix shows what it would change before it is pressed", async ({ page }) => {
  await open(page);
  await openText(page, flow("totl > 5"));
  const fix = problems(page).getByRole("button", { name: /Change it to/ }).first();
  await fix.focus();
  const change = page.getByRole("tooltip");
  await expect(change).toContainText("totl > 5");
  await expect(change).toContainText("total > 5");
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(change).toBeHidden();
  await fix.hover();
  await expect(change).toBeVisible();
});

test("a long document is read line by line and leads to its cards", async ({ page }) => {
  const nodes = Array.from({ length: 4000 }, (_, index) => ({
    id: `n${index}`,
    type: "action",
    label: `Step ${index}`,
    properties: { say: "Something that is said at this step of the conversation." },
  }));
  const edges = nodes.slice(1).map((node, index) => ({ id: `e${index}`, source: `n${index}`, target: node.id }));
  const long = { id: "f", name: "Long", version: "1.0.0", entryPoint: "n0", nodes, edges };
  await open(page);
  await openText(page, JSON.stringify(long, null, 2));
  await page.getByRole("button", { name: "Toggle source" }).click();
  const pane = page.getByRole("region", { name: "Source" });
  await expect(pane).toContainText("Too long to edit here");
  await expect(pane.locator(".source-line").first()).toBeVisible();
  expect(await pane.locator(".source-line").count()).toBeLessThan(200);
  await pane.locator(".source-scroll").evaluate((element) => (element.scrollTop = 9000));
  await page.waitForFunction(() => /"label"/.test(document.querySelector(".source-lines").textContent));
  const line = pane.locator(".source-line", { hasText: /"label": "Step \d+"/ }).nth(1);
  const label = /Step \d+/.exec(await line.textContent())[0];
  await line.click({ position: { x: 60, y: 9 } });
  await expect(inspector(page).getByLabel("Label")).toHaveValue(label);
  expect(await barriers(page)).toEqual([]);
});

test("text that means harm is shown as what it is", async ({ page }) => {
  const harm = `"<img src=x onerror=alert(1)>\u202e" == agent`;
  await open(page);
  await openText(page, flow(harm));
  const field = await condition(page);
  await expect(field).toHaveValue(harm);
  await expect(inspector(page).locator(".code-layer")).toContainText("<img src=x onerror=alert(1)>");
  await openSource(page);
  await expect(page.locator(".source-lines img, .code-layer img")).toHaveCount(0);
});

test("what a call takes is told while it is typed, and where a name comes from", async ({ page }) => {
  await open(page);
  await openText(page, flow("total > 1"));
  const field = await condition(page);
  await field.fill("Math.pow(total, ");
  const parameters = inspector(page).getByRole("status", { name: "Parameters" });
  await expect(parameters).toContainText("Math.pow(base, exponent)");
  await expect(parameters.locator("b")).toHaveText("exponent");
  await field.press("Home");
  await expect(parameters).toHaveCount(0);
  await field.fill("context.agent.startsWith('x");
  await expect(parameters.locator("b")).toHaveText("start");
  await field.press("Escape");
  await expect(parameters).toHaveCount(0);
});
