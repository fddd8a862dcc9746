// A designer's whole way: open a flow, see it, see what is wrong, mend it, save it.
import { readFile } from "node:fs/promises";
import { barriers, expect, open, test } from "./page.mjs";

const sample = (name) => new URL(`../../samples/${name}`, import.meta.url);

/** Opens files through the input that takes what the button takes. */
async function openFiles(page, ...files) {
  await page.getByLabel("Open files").and(page.locator("input")).setInputFiles(files);
}

/** The text a save hands over. */
async function saved(page) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  return readFile(await (await download).path(), "utf8");
}

const card = (page, name) =>
  page.getByRole("region", { name: "Flow canvas" }).getByRole("group", { name });
const outlined = (page, name) =>
  page.getByRole("listbox", { name: "Outline" }).getByRole("option", { name });

test("a flow is opened, read, mended and saved with nothing else changed", async ({ page }) => {
  const before = await readFile(sample("order-status.json"), "utf8");
  await open(page);
  await openFiles(page, sample("order-status.json").pathname);
  await expect(page.getByRole("region", { name: "Flow canvas" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Problems" })).toContainText("0 errors");

  await outlined(page, /Which status/).click();
  await expect(card(page, /Which status/)).toBeVisible();
  const label = page.getByRole("region", { name: "Inspector" }).getByLabel("Label");
  await label.fill("Where is the parcel?");
  await label.press("Enter");
  await expect(card(page, "Where is the parcel?, condition")).toBeVisible();

  const after = await saved(page);
  const lines = (text) => text.split("\n");
  const changed = lines(after).filter((line, index) => line !== lines(before)[index]);
  expect(lines(after).length).toBe(lines(before).length);
  expect(changed).toHaveLength(1);
  expect(changed[0]).toContain("Where is the parcel?");
});

test("an untouched file is saved as the same bytes", async ({ page }) => {
  await open(page);
  for (const name of ["customer-support.json", "broken-flow.json", "checkout-states.json"]) {
    await openFiles(page, sample(name).pathname);
    await expect(page).toHaveTitle(/·/);
    expect(await saved(page)).toBe(await readFile(sample(name), "utf8"));
  }
});

test("a problem is jumped to, mended with its fix, and the fix undone", async ({ page }) => {
  await open(page);
  await openFiles(page, sample("broken-flow.json").pathname);
  const problems = page.getByRole("region", { name: "Problems" });
  const item = problems.getByRole("listitem").filter({ hasText: "FD203" });
  await expect(item).toBeVisible();
  await item.getByRole("button", { name: /Change it to/ }).click();
  await expect(item).toHaveCount(0);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(item).toBeVisible();

  await page.getByRole("region", { name: "Flow canvas" }).focus();
  await page.keyboard.press("F8");
  const selected = page.getByRole("listbox", { name: "Outline" }).getByRole("option", { selected: true });
  await expect(selected).toHaveCount(1);
});

test("nodes are added, connected by dragging, refused with a reason, and deleted", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /New dialog flow/ }).click();
  await expect(card(page, "Say hello, action")).toBeVisible();
  await page.getByRole("button", { name: "Add end node" }).click();
  const added = card(page, /New end, end/);
  await expect(added).toBeVisible();
  const line = page.getByRole("listbox", { name: "Outline" }).getByRole("option", { name: /New end/ });
  await expect(line).toBeVisible();

  // From the handle of the action to the new end.
  const action = card(page, "Say hello, action");
  await action.hover();
  const from = await action.locator("[data-handle]").boundingBox();
  const to = await added.boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + 20, { steps: 6 });
  await page.mouse.up();
  await expect(page.getByRole("region", { name: "Problems" })).not.toContainText("FD401");

  // Nothing may lead into the start: the reason is beside the pointer.
  const start = await card(page, "Start, start").boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + 60, start.y + 20, { steps: 6 });
  await expect(page.locator(".veto-hint")).toContainText(/start/i);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(page.locator(".veto-hint")).toHaveCount(0);

  await added.click();
  await page.keyboard.press("Delete");
  await expect(added).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(added).toBeVisible();
});

test("cards move with the mouse and the keyboard, as one step each", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /New dialog flow/ }).click();
  const hello = card(page, "Say hello, action");
  const before = await hello.boundingBox();
  await page.mouse.move(before.x + 90, before.y + 30);
  await page.mouse.down();
  await page.mouse.move(before.x + 190, before.y + 110, { steps: 8 });
  await page.mouse.up();
  const dragged = await hello.boundingBox();
  expect(Math.abs(dragged.x - before.x - 100)).toBeLessThan(6);
  await page.keyboard.press("Shift+ArrowDown");
  expect((await hello.boundingBox()).y).toBeGreaterThan(dragged.y + 10);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  const undone = await hello.boundingBox();
  expect([undone.x, undone.y]).toEqual([before.x, before.y]);
});

test("the order of branches is changed with the keyboard", async ({ page }) => {
  await open(page);
  await openFiles(page, sample("order-status.json").pathname);
  await outlined(page, /Which status/).click();
  const branches = page.getByRole("region", { name: "Inspector" }).locator(".branch .branch-condition");
  const before = await branches.allInnerTexts();
  await page.getByRole("button", { name: "Move branch 1 of" }).press("ArrowDown");
  await expect(branches.first()).toHaveText(before[1]);
  await expect(page.getByRole("button", { name: "Move branch 2 of" })).toBeFocused();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(branches.first()).toHaveText(before[0]);
});

test("a state flow's transitions, conditions and actions are edited", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /New state flow/ }).click();
  await card(page, /Greeting/).click();
  const inspector = page.getByRole("region", { name: "Inspector" });
  await inspector.locator(".branch-text").first().click();
  await inspector.getByRole("button", { name: "Add condition" }).click();
  await expect(inspector.getByRole("textbox", { name: "Condition 2" })).toBeVisible();
  await inspector.getByRole("button", { name: "Add action" }).click();
  await expect(inspector.getByLabel("Variable of action 1")).toHaveValue("session.name");
  const text = await saved(page);
  const transition = JSON.parse(text).states[0].transitions[0];
  expect(transition.conditions).toHaveLength(2);
  expect(transition.actions).toEqual([{ type: "set", variable: "session.name", value: "" }]);
});

for (const [what, content, message] of [
  ["a trailing comma", '{"id": "x",}', /comma/],
  ["a duplicate key", '{"id": 1, "id": 2}', /stands twice/],
  ["an unknown shape", '{"botId": "x"}', /nearest/],
  ["nothing", "", /empty/],
]) {
  test(`a file with ${what} is refused with its place`, async ({ page }) => {
    await open(page);
    await page
      .getByLabel("Open files")
      .and(page.locator("input"))
      .setInputFiles({ name: "bad.json", mimeType: "application/json", buffer: Buffer.from(content) });
    const notice = page.getByRole("alert");
    await expect(notice).toContainText("bad.json was not opened");
    await expect(notice).toContainText(/Line \d+, column \d+/);
    await expect(notice).toContainText(message);
  });
}

test("hostile labels neither run nor break the layout", async ({ page }) => {
  const hostile = `<img src=x onerror=alert(1)>\u202egnp.exe\u0000 ${"long ".repeat(200_000)}`;
  const flow = {
    id: "h",
    name: hostile,
    version: "1.0.0",
    entryPoint: "a",
    nodes: [
      { id: "a", type: "start", label: hostile },
      { id: "b", type: "end", label: "End" },
    ],
    edges: [{ id: "e", source: "a", target: "b" }],
  };
  await open(page);
  await page
    .getByLabel("Open files")
    .and(page.locator("input"))
    .setInputFiles({ name: "h.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(flow)) });
  const first = page.locator(".card").first();
  await expect(first).toContainText("<img src=x");
  expect((await first.boundingBox()).height).toBeLessThan(90);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide).toBe(false);
});

test("texts of a megabyte are quoted in part", async ({ page }) => {
  const flow = {
    id: "k",
    name: "Long",
    version: "1.0.0",
    entryPoint: "a",
    nodes: [
      { id: "a", type: "start", label: "A".repeat(1_000_000) },
      { id: "b", type: "end", label: "End" },
    ],
    edges: [{ id: "e", source: "a", target: "b", condition: "a".repeat(100_000) }],
  };
  await open(page);
  await page
    .getByLabel("Open files")
    .and(page.locator("input"))
    .setInputFiles({ name: "k.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(flow)) });
  const unknown = page.getByRole("region", { name: "Problems" }).getByRole("listitem").filter({ hasText: "FD502" });
  await expect(unknown).toContainText("a…\"");
  expect((await unknown.textContent()).length).toBeLessThan(1_500);
  await outlined(page, /^A/).click();
  await expect(page.locator(".card.is-selected")).toBeVisible();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 1024]) {
    test(`nothing keeps anybody out: ${colorScheme}, ${width} wide`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 760 });
      await open(page);
      expect(await barriers(page)).toEqual([]);
      await openFiles(page, sample("broken-flow.json").pathname);
      await expect(page.getByRole("region", { name: "Problems" })).toContainText("FD203");
      expect(await barriers(page)).toEqual([]);
      await page.locator(".card").first().click();
      expect(await barriers(page)).toEqual([]);
      await openFiles(page, sample("checkout-states.json").pathname);
      await page.locator(".card").first().click();
      expect(await barriers(page)).toEqual([]);
    });
  }
}

test("escape in mid-drag puts the cards back and keeps the selection", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /New dialog flow/ }).click();
  const hello = card(page, "Say hello, action");
  await hello.click();
  const before = await hello.boundingBox();
  await page.mouse.move(before.x + 90, before.y + 30);
  await page.mouse.down();
  await page.mouse.move(before.x + 190, before.y + 110, { steps: 5 });
  await page.keyboard.press("Escape");
  await page.mouse.up();
  const after = await hello.boundingBox();
  expect([after.x, after.y]).toEqual([before.x, before.y]);
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeDisabled();
  await expect(outlined(page, /Say hello/)).toHaveAttribute("aria-selected", "true");
});

test("a marquee selects several, which move and go together", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /New dialog flow/ }).click();
  const start = await card(page, "Start, start").boundingBox();
  const hello = await card(page, "Say hello, action").boundingBox();
  await page.mouse.move(start.x - 20, start.y - 20);
  await page.mouse.down();
  await page.mouse.move(hello.x + hello.width + 10, hello.y + hello.height + 20, { steps: 5 });
  await page.mouse.up();
  const inspector = page.getByRole("region", { name: "Inspector" });
  await expect(inspector.getByRole("heading", { level: 2 })).toContainText("selected");
  await page.keyboard.press("Delete");
  await expect(page.locator(".card")).toHaveCount(1);
  await expect(page.getByRole("application", { name: /^Graph of/ })).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(page.locator(".card")).toHaveCount(3);
});

test("a closed document with unsaved work is opened again as it was", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /New dialog flow/ }).click();
  await page.getByRole("button", { name: "Add end node" }).click();
  await expect(card(page, /New end/)).toBeVisible();
  await page.getByRole("button", { name: /^Close New flow/ }).click();
  await page.getByRole("button", { name: "Reopen" }).click();
  await expect(card(page, /New end/)).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(card(page, /New end/)).toHaveCount(0);
});

test("keys change nothing that is not on the screen", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /New dialog flow/ }).click();
  await card(page, "Say hello, action").click();
  const activities = page.getByRole("navigation", { name: "Activities" });
  await activities.getByRole("button", { name: "Review" }).click();
  await page.keyboard.press("Delete");
  await activities.getByRole("button", { name: "Design" }).click();
  await expect(page.locator(".card")).toHaveCount(3);
});

test("a field that is refused shows what the document holds", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /New dialog flow/ }).click();
  const inspector = page.getByRole("region", { name: "Inspector" });
  await inspector.getByRole("button", { name: "Add variable" }).click();
  const value = inspector.getByLabel("Default value as JSON");
  await value.fill("not json");
  await value.press("Tab");
  await expect(page.getByRole("alert")).toContainText("not changed");
  await expect(value).toHaveValue("");
  await card(page, "Say hello, action").click();
  const id = inspector.getByLabel("Id", { exact: true });
  await id.fill("start");
  await id.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "taken" })).toBeVisible();
  await expect(id).toHaveValue("hello");
});
