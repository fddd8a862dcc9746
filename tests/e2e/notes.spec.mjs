// Groups and notes: made, written, moved, copied and deleted, with the mouse and the keyboard, and back.
import { canvas, card, drag, middle, openFiles, openNew, sample, saved, undo } from "./canvas-page.mjs";
import { barriers, expect, test } from "./page.mjs";

const note = (page, text) => page.getByRole("note", { name: text ? `Note: ${text}` : /^Note:/ });
const field = (page) => page.getByRole("textbox", { name: "Text of the note" });

/** Writes a new note with its middle at a point of the window. */
async function write(page, at, text) {
  await canvas(page).focus();
  await page.mouse.move(at.x, at.y);
  await page.keyboard.press("Shift+S");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press("Escape");
  await expect(note(page, text).last()).toBeFocused();
}

test("groups frame their cards, move with them, are named and dissolved, and survive a reload", async ({ page }) => {
  await openNew(page);
  const start = card(page, "Start, start");
  const hello = card(page, "Say hello, action");
  await start.click();
  await hello.click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+g");
  const field = page.getByRole("textbox", { name: "Name of the group" });
  await expect(field).toBeFocused();
  await field.fill("Welcome");
  await field.press("Enter");
  const label = page.getByRole("button", { name: "Group Welcome" });
  await expect(label).toBeVisible();
  await expect(canvas(page).getByRole("application")).toBeFocused();
  expect(await barriers(page)).toEqual([]);
  const frame = await page.locator(".frame-box").boundingBox();
  const inside = await start.boundingBox();
  expect(frame.x).toBeLessThan(inside.x);
  expect(frame.y).toBeLessThan(inside.y);

  await page.mouse.click(frame.x + 300, frame.y + frame.height + 120);
  await drag(page, middle(await label.boundingBox()), {
    x: middle(await label.boundingBox()).x,
    y: middle(await label.boundingBox()).y - 100,
  });
  await page.mouse.up();
  const moved = await start.boundingBox();
  expect(Math.abs(inside.y - 100 - moved.y)).toBeLessThan(7);
  expect(Math.abs((await hello.boundingBox()).y - moved.y)).toBeLessThan(1);
  await undo(page).click();
  expect((await start.boundingBox()).y).toBe(inside.y);

  await expect(page.getByRole("status", { name: "Save state" })).toContainText("Saved");
  await page.reload();
  await expect(label).toBeVisible();
  await start.click();
  await page.keyboard.press("Control+Shift+g");
  await expect(label).toHaveCount(0);
  await undo(page).click();
  await expect(label).toBeVisible();
});

test("notes are written, moved, resized and deleted, and never reach the file", async ({ page }) => {
  await openNew(page);
  const before = await saved(page);
  await canvas(page).focus();
  const box = await canvas(page).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 160);
  await page.keyboard.press("Shift+S");
  const field = page.getByRole("textbox", { name: "Text of the note" });
  await expect(field).toBeFocused();
  await field.fill("Ask Kim\nabout the wording");
  await field.press("Escape");
  const note = page.getByRole("note", { name: /Note: Ask Kim/ });
  await expect(note).toBeFocused();
  expect(await barriers(page)).toEqual([]);
  const placed = await note.boundingBox();
  await page.keyboard.press("Shift+ArrowUp");
  expect((await note.boundingBox()).y).toBeLessThan(placed.y - 10);
  await undo(page).click();
  await drag(page, middle(placed), { x: middle(placed).x - 80, y: middle(placed).y });
  await page.mouse.up();
  expect(Math.abs((await note.boundingBox()).x - (placed.x - 80))).toBeLessThan(6);
  const corner = await note.locator(".note-corner").boundingBox();
  await drag(page, middle(corner), { x: middle(corner).x + 60, y: middle(corner).y + 40 });
  await page.mouse.up();
  expect(Math.abs((await note.boundingBox()).width - placed.width - 60)).toBeLessThan(6);
  await page.mouse.dblclick(middle(await note.boundingBox()).x, middle(await note.boundingBox()).y);
  await expect(field).toBeFocused();
  await field.press("Escape");
  expect(await saved(page)).toBe(before);
  await note.focus();
  await page.keyboard.press("Delete");
  await expect(note).toHaveCount(0);
  await expect(canvas(page).getByRole("application")).toBeFocused();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("Control+z");
  await expect(undo(page)).toBeDisabled();
});

test("layout, groups and notes are stored in the file when that is asked for", async ({ page }) => {
  await openNew(page);
  await card(page, "Say hello, action").click();
  await page.keyboard.press("Control+g");
  await page.getByRole("textbox", { name: "Name of the group" }).press("Escape");
  await page.keyboard.press("Shift+S");
  await page.getByRole("textbox", { name: "Text of the note" }).fill("For everybody");
  await canvas(page).focus();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Store layout and notes in the file" }).click();
  const text = await saved(page);
  const { flowdeck } = JSON.parse(text);
  expect(flowdeck.notes[0].text).toBe("For everybody");
  expect(flowdeck.groups[0].members).toEqual(["hello"]);
  await undo(page).click();
  expect(JSON.parse(await saved(page)).flowdeck).toBeUndefined();
  // Whoever opens the file gets them.
  await page
    .getByLabel("Open files")
    .and(page.locator("input"))
    .setInputFiles({ name: "kept.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await expect(page.getByRole("note", { name: "Note: For everybody" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Group Group" })).toBeVisible();
  await expect(undo(page)).toBeDisabled();
});

test("Escape while a group is named leaves its name", async ({ page }) => {
  await openNew(page);
  await canvas(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+g");
  const field = page.getByRole("textbox", { name: "Name of the group" });
  await expect(field).toBeFocused();
  await page.keyboard.type("Greeting");
  await page.keyboard.press("Enter");
  const label = page.locator(".frame-label");
  await expect(label).toHaveText("Greeting");
  await label.dblclick();
  await expect(field).toBeFocused();
  await page.keyboard.type("Oops");
  await page.keyboard.press("Escape");
  await expect(label).toHaveText("Greeting");
});

test("a new note is added with its words as one step, and one that says nothing leaves nothing", async ({ page }) => {
  await openNew(page);
  const box = await canvas(page).boundingBox();
  const at = { x: box.x + 160, y: box.y + box.height - 90 };
  await canvas(page).focus();
  await page.mouse.move(at.x, at.y);
  for (const leave of [() => page.keyboard.press("Escape"), () => page.mouse.click(at.x + 260, at.y)]) {
    await canvas(page).focus();
    await page.mouse.move(at.x, at.y);
    await page.keyboard.press("Shift+S");
    await expect(field(page)).toBeFocused();
    await page.keyboard.type("  ");
    await leave();
    await expect(field(page)).toHaveCount(0);
    await expect(page.locator(".note")).toHaveCount(0);
    await expect(undo(page)).toBeDisabled();
  }
  await write(page, at, "Ask Kim");
  await expect(undo(page)).toHaveAttribute("title", /Add note/);
  await undo(page).click();
  await expect(page.locator(".note")).toHaveCount(0);
  await expect(undo(page)).toBeDisabled();
  await page.keyboard.press("Control+y");
  await expect(note(page, "Ask Kim")).toBeVisible();
});

test("notes are selected with cards by click, marquee and Ctrl+A, and go with them", async ({ page }) => {
  await openNew(page);
  const hello = card(page, "Say hello, action");
  const box = await hello.boundingBox();
  await write(page, { x: box.x + 60, y: box.y + 150 }, "Later");
  const later = note(page, "Later");
  const inspector = page.getByRole("region", { name: "Inspector" });
  await expect(later).toHaveClass(/is-selected/);
  await expect(inspector.getByRole("heading", { level: 2 })).toHaveText("Note");
  await hello.click();
  await expect(later).not.toHaveClass(/is-selected/);
  await later.click({ modifiers: ["Shift"] });
  await expect(inspector.getByRole("heading", { level: 2 })).toHaveText("2 selected");
  expect(await barriers(page)).toEqual([]);

  // Either of them moves both, as do the arrows.
  const before = { hello: await hello.boundingBox(), later: await later.boundingBox() };
  await drag(page, middle(before.later), { x: middle(before.later).x - 60, y: middle(before.later).y + 20 });
  await page.mouse.up();
  const moved = { hello: await hello.boundingBox(), later: await later.boundingBox() };
  expect(moved.later.x).toBeLessThan(before.later.x - 40);
  expect(moved.hello.x - before.hello.x).toBeCloseTo(moved.later.x - before.later.x, 0);
  await page.keyboard.press("Shift+ArrowDown");
  await expect.poll(async () => (await later.boundingBox()).y).toBeGreaterThan(moved.later.y + 20);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await later.boundingBox()).x).toBeCloseTo(before.later.x, 0);
  await expect.poll(async () => (await hello.boundingBox()).x).toBeCloseTo(before.hello.x, 0);

  // A marquee around both, and everything.
  await page.keyboard.press("Escape");
  await expect(later).not.toHaveClass(/is-selected/);
  await drag(page, { x: before.hello.x - 20, y: before.hello.y - 20 }, { x: before.hello.x + 170, y: before.later.y + 30 });
  await page.mouse.up();
  await expect(later).toHaveClass(/is-selected/);
  await expect(hello).toHaveClass(/is-selected/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+a");
  await expect(later).toHaveClass(/is-selected/);
  await page.keyboard.press("Delete");
  await expect(page.locator(".card, .note")).toHaveCount(0);
  await expect(undo(page)).toHaveAttribute("title", /and note/);
  await undo(page).click();
  await expect(page.locator(".card, .note")).toHaveCount(4);
});

test("notes are copied, cut, pasted and duplicated, alone and with cards", async ({ page }) => {
  await openNew(page);
  const hello = card(page, "Say hello, action");
  const box = await hello.boundingBox();
  await write(page, { x: box.x + 60, y: box.y + 150 }, "Later");
  await page.keyboard.press("Control+d");
  await expect(note(page)).toHaveCount(2);
  await expect(page.locator(".note.is-selected")).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await note(page).click();
  await hello.click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+x");
  await expect(page.locator(".card, .note")).toHaveCount(2);
  await page.mouse.move(box.x + 100, box.y + 120);
  await page.keyboard.press("Control+v");
  await expect(page.locator(".card, .note")).toHaveCount(4);
  await expect(undo(page)).toHaveAttribute("title", /Paste node and note/);

  // Alone into a flow of another kind.
  await note(page).click();
  await page.keyboard.press("Control+c");
  await openFiles(page, sample("checkout-states.json").pathname);
  await expect(page).toHaveTitle(/checkout/i);
  await canvas(page).focus();
  await page.keyboard.press("Control+v");
  await expect(note(page, "Later")).toBeVisible();
  await undo(page).click();
  await expect(note(page)).toHaveCount(0);
});

test("a drag with Alt duplicates a note, and a group with its cards", async ({ page }) => {
  await openNew(page);
  const hello = await card(page, "Say hello, action").boundingBox();
  await write(page, { x: hello.x + 60, y: hello.y + 150 }, "Later");
  const place = await note(page).boundingBox();
  await page.keyboard.down("Alt");
  await drag(page, middle(place), { x: middle(place).x - 180, y: middle(place).y });
  await page.mouse.up();
  await page.keyboard.up("Alt");
  await expect(note(page)).toHaveCount(2);
  await undo(page).click();
  await expect(note(page)).toHaveCount(1);
  expect((await note(page).boundingBox()).x).toBeCloseTo(place.x, 0);

  await card(page, "Start, start").click();
  await card(page, "Say hello, action").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+g");
  await page.keyboard.type("Welcome");
  await page.keyboard.press("Enter");
  const label = page.getByRole("button", { name: "Group Welcome" });
  const from = middle(await label.boundingBox());
  await page.keyboard.down("Alt");
  await drag(page, from, { x: from.x, y: from.y - 110 });
  await expect(label).toHaveCount(2);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(label).toHaveCount(1);
  await drag(page, from, { x: from.x, y: from.y - 110 });
  await page.mouse.up();
  await page.keyboard.up("Alt");
  await expect(label).toHaveCount(2);
  await expect(page.locator(".card")).toHaveCount(5);
  await undo(page).click();
  await expect(label).toHaveCount(1);
  await expect(page.locator(".card")).toHaveCount(3);
});

test("the name of a new group is asked for where it can be seen", async ({ page }) => {
  await openNew(page);
  const area = await canvas(page).boundingBox();
  await page.mouse.move(area.x + area.width / 2, area.y + area.height - 40);
  // The first card is beyond the upper left corner.
  await page.mouse.wheel(260, 300);
  await canvas(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+g");
  const name = page.getByRole("textbox", { name: "Name of the group" });
  await expect(name).toBeFocused();
  const box = await name.boundingBox();
  expect(box.x).toBeGreaterThan(area.x);
  expect(box.y).toBeGreaterThan(area.y);
  expect(box.x + box.width).toBeLessThan(area.x + area.width);
  expect(await canvas(page).evaluate((element) => element.scrollLeft + element.scrollTop)).toBe(0);
});
