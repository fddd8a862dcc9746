// A text is found, replaced, and what it names renamed everywhere.
import { barriers, expect, open, test } from "./page.mjs";

const flow = {
  id: "f",
  name: "Agents",
  version: "1.0.0",
  entryPoint: "start",
  variables: [{ name: "agent", type: "string", default: "x" }],
  nodes: [
    { id: "start", type: "start", label: "Start" },
    { id: "check", type: "condition", label: "Check the agent" },
    { id: "note", type: "action", label: "Note", properties: { script: "set(agent, 'y')", say: "Hello {{agent}}" } },
    { id: "bye", type: "end", label: "Bye" },
  ],
  edges: [
    { id: "e1", source: "start", target: "check" },
    { id: "e2", source: "check", target: "note", condition: 'agent == "x"' },
    { id: "e3", source: "check", target: "bye" },
    { id: "e4", source: "note", target: "bye" },
  ],
};

async function openFlow(page, value = flow) {
  await open(page);
  const buffer = Buffer.from(JSON.stringify(value, null, 2));
  const file = { name: "agents.json", mimeType: "application/json", buffer };
  await page.getByLabel("Open files").and(page.locator("input")).setInputFiles([file]);
  await expect(canvas(page)).toBeVisible();
}

const canvas = (page) => page.getByRole("region", { name: "Flow canvas" });
const card = (page, name) => canvas(page).getByRole("group", { name });
const panel = (page) => page.getByRole("search", { name: "Find" });
const hits = (page) => panel(page).getByRole("list", { name: "Hits" }).getByRole("button");
const inspector = (page) => page.getByRole("region", { name: "Inspector" });
const undo = (page) => page.getByRole("button", { name: "Undo", exact: true });

test("a text is found in everything, and gone through with the keyboard", async ({ page }) => {
  await openFlow(page);
  await page.keyboard.press("Control+f");
  const field = panel(page).getByRole("textbox", { name: "Find" });
  await expect(field).toBeFocused();
  await field.fill("AGENT");
  await expect(hits(page)).toHaveCount(6);
  await expect(hits(page).nth(5)).toContainText('agent == "x"');
  await expect(hits(page).nth(5)).toContainText("Condition of e2");
  await expect(page.locator(".hit-mark")).toHaveCount(3);

  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("status", { name: "Hits" })).toHaveText("3 of 6");
  await expect(card(page, /Check the agent/)).toHaveClass(/is-selected/);
  await expect(field).toBeFocused();
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("Shift+Enter");
  await expect(panel(page).getByRole("status", { name: "Hits" })).toHaveText("6 of 6");
  expect(await barriers(page)).toEqual([]);

  await panel(page).getByRole("button", { name: "Match case" }).click();
  await expect(panel(page).getByRole("status", { name: "Hits" })).toHaveText("none");
  await field.fill("agent");
  await panel(page).getByRole("button", { name: "Whole words" }).click();
  await expect(hits(page)).toHaveCount(5);

  // A hit in the list is gone to by a press.
  await hits(page).filter({ hasText: "Message of Note" }).click();
  await expect(card(page, /^Note/)).toHaveClass(/is-selected/);
  await field.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(canvas(page).getByRole("application")).toBeFocused();
  await expect(page.locator(".hit-mark")).toHaveCount(0);
});

test("one is replaced, then all, each as one step", async ({ page }) => {
  await openFlow(page);
  await page.keyboard.press("Control+h");
  await panel(page).getByRole("textbox", { name: "Find" }).fill("note");
  const replacement = panel(page).getByRole("textbox", { name: "Replace with" });
  await replacement.fill("remark");
  await expect(hits(page)).toHaveCount(2);
  await panel(page).getByRole("button", { name: "Next hit" }).click();
  await panel(page).getByRole("button", { name: "Replace", exact: true }).click();
  // The id took its edges along.
  await expect(hits(page)).toHaveCount(1);
  await expect(inspector(page).getByLabel("Id", { exact: true })).toHaveValue("remark");
  await expect(page.getByRole("region", { name: "Problems" })).toContainText("0 errors");
  await undo(page).click();
  await expect(hits(page)).toHaveCount(2);

  await panel(page).getByRole("textbox", { name: "Find" }).fill("agent");
  await replacement.fill("person");
  await panel(page).getByRole("button", { name: "Replace all" }).click();
  await expect(panel(page).getByRole("status", { name: "Hits" })).toHaveText("none");
  await expect(card(page, "Check the person, condition")).toBeVisible();
  await expect(page.getByRole("region", { name: "Problems" })).toContainText("0 errors");
  expect(await barriers(page)).toEqual([]);
  await undo(page).click();
  await expect(hits(page)).toHaveCount(6);
  await expect(undo(page)).toBeDisabled();

  // A name that is taken stays, and is said.
  await panel(page).getByRole("textbox", { name: "Find" }).fill("bye");
  await replacement.fill("note");
  await panel(page).getByRole("button", { name: "Replace all" }).click();
  await expect(page.getByRole("region", { name: "Messages" })).toContainText("Some names stay as they are");
});

test("a variable is renamed everywhere, with word of where before", async ({ page }) => {
  await openFlow(page);
  await page.keyboard.press("Shift+F2");
  const dialog = page.getByRole("dialog", { name: "Rename everywhere" });
  const name = dialog.getByLabel("New name");
  await expect(name).toBeFocused();
  await expect(name).toHaveValue("agent");
  await expect(dialog.getByRole("status")).toHaveText(
    "Mentioned in 1 declaration, 1 mention in conditions, 1 mention in scripts, 1 mention in messages.",
  );
  await name.fill("context");
  await expect(dialog.getByRole("status")).toContainText("has a meaning of its own");
  await expect(dialog.getByRole("button", { name: "Rename", exact: true })).toBeDisabled();
  expect(await barriers(page)).toEqual([]);
  await name.fill("person");
  await expect(dialog.getByRole("status")).toContainText("Changes 1 declaration");
  await name.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(card(page, /^Note/)).toContainText("Hello {{person}}");
  await expect(page.getByRole("region", { name: "Problems" })).toContainText("0 errors");

  // The field of the inspector does the same.
  const field = inspector(page).getByRole("textbox", { name: "Variable name" });
  await field.fill("client");
  await field.press("Tab");
  await expect(card(page, /^Note/)).toContainText("Hello {{client}}");
  await undo(page).click();
  await undo(page).click();
  await expect(card(page, /^Note/)).toContainText("Hello {{agent}}");

  await card(page, /^Note/).click();
  await page.keyboard.press("Shift+F2");
  await expect(name).toHaveValue("note");
  await name.fill("bye");
  await expect(dialog.getByRole("status")).toContainText('"bye" is used already');
  await name.fill("remark");
  await expect(dialog.getByRole("status")).toHaveText("Changes 1 declaration, 2 ends of edges.");
  await dialog.getByRole("button", { name: "Rename", exact: true }).click();
  await expect(inspector(page).getByLabel("Id", { exact: true })).toHaveValue("remark");
});

test("ten thousand nodes are searched while one types", async ({ page }) => {
  const nodes = Array.from({ length: 10_000 }, (_, at) => ({ id: `n${at}`, type: "action", label: `Step ${at}`, properties: { say: "Hello {{agent}}" } }));
  nodes[0].type = "start";
  const edges = nodes.slice(1).map(({ id }, at) => ({ id: `e${at}`, source: `n${at}`, target: id }));
  await openFlow(page, { ...flow, entryPoint: "n0", nodes, edges });
  await page.keyboard.press("Control+f");
  await panel(page).getByRole("textbox", { name: "Find" }).pressSequentially("step 99");
  await expect(panel(page).getByRole("status", { name: "Hits" })).toHaveText("111");
  await page.keyboard.press("Enter");
  await expect(card(page, /^Step 99,/)).toBeVisible();
});
