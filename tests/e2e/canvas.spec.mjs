// Every way to change a flow on the canvas: with the mouse, the keyboard and fingers, and back.
import { readFile } from "node:fs/promises";
import { canvas, card, drag, middle, openFiles, openNew, sample, saved, undo } from "./canvas-page.mjs";
import { barriers, expect, open, test } from "./page.mjs";

/** The edges of the flow as "source>target". */
async function edges(page) {
  const flow = JSON.parse(await saved(page));
  return flow.edges.map(({ source, target }) => `${source}>${target}`);
}

test("cards are copied, cut and pasted at the pointer, as one step each", async ({ page }) => {
  await openNew(page);
  const before = await saved(page);
  await card(page, "Say hello, action").click();
  await page.keyboard.press("Control+c");
  const box = await canvas(page).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 120);
  await page.keyboard.press("Control+v");
  await expect(page.locator(".card")).toHaveCount(4);
  const pasted = middle(await page.locator(".card.is-selected").boundingBox());
  expect(Math.abs(pasted.x - (box.x + box.width / 2))).toBeLessThan(8);
  expect(Math.abs(pasted.y - (box.y + box.height - 120))).toBeLessThan(8);
  await page.keyboard.press("Control+x");
  await expect(page.locator(".card")).toHaveCount(3);
  await expect(undo(page)).toHaveAttribute("title", /Cut node/);
  await page.keyboard.press("Control+v");
  await expect(page.locator(".card")).toHaveCount(4);
  for (const count of [3, 4, 3]) {
    await page.keyboard.press("Control+z");
    await expect(page.locator(".card")).toHaveCount(count);
  }
  expect(await saved(page)).toBe(before);
});

test("a piece goes to another document with its edges, and not to another kind", async ({ page }) => {
  await openNew(page);
  await canvas(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await openFiles(page, sample("hello.json").pathname);
  await expect(page).toHaveTitle(/Hello/i);
  const before = JSON.parse(await saved(page));
  await canvas(page).focus();
  await page.keyboard.press("Control+v");
  await expect(page.locator(".card")).toHaveCount(before.nodes.length + 3);
  const after = JSON.parse(await saved(page));
  expect(after.edges).toHaveLength(before.edges.length + 2);
  const ids = after.nodes.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { source, target } of after.edges) expect(ids).toEqual(expect.arrayContaining([source, target]));

  await openFiles(page, sample("checkout-states.json").pathname);
  await expect(page).toHaveTitle(/checkout/i);
  await canvas(page).focus();
  await page.keyboard.press("Control+v");
  await expect(page.getByRole("region", { name: "Messages" })).toContainText("cannot be pasted into a state flow");
  await expect(undo(page)).toBeDisabled();
});

test("a whole flow that is pasted opens as a document of its own", async ({ page }) => {
  await openNew(page);
  const text = await readFile(sample("hello.json"), "utf8");
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  await expect(page).toHaveTitle(/Hello/i);
});

test("states are pasted with their transitions; what leads nowhere is left out and said", async ({ page }) => {
  await open(page);
  await openFiles(page, sample("checkout-states.json").pathname);
  await page.locator(".card").first().click();
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+d");
  await expect(undo(page)).toHaveAttribute("title", /Duplicate state/);
  await undo(page).click();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", JSON.stringify({ botId: "b", flowId: "other", states: [{ id: "only", transitions: [] }] }));
    dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(page).toHaveTitle(/other/);
  await canvas(page).focus();
  await page.keyboard.press("Control+v");
  await expect(page.locator(".card")).toHaveCount(2);
  await expect(page.getByRole("region", { name: "Messages" })).toContainText("left out");
});

test("Ctrl+D and a drag with Alt duplicate; Escape takes the copies back", async ({ page }) => {
  await openNew(page);
  const hello = card(page, "Say hello, action");
  await hello.click();
  await page.keyboard.press("Control+d");
  await expect(page.locator(".card")).toHaveCount(4);
  await undo(page).click();
  await expect(page.locator(".card")).toHaveCount(3);

  const from = await hello.first().boundingBox();
  await page.keyboard.down("Alt");
  await drag(page, middle(from), { x: middle(from).x + 40, y: middle(from).y + 160 });
  await expect(page.locator(".card")).toHaveCount(4);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await page.keyboard.up("Alt");
  await expect(page.locator(".card")).toHaveCount(3);
  await expect(page.locator(".card.is-selected")).toHaveAccessibleName(/Say hello/);
  await expect(undo(page)).toBeDisabled();

  await page.keyboard.down("Alt");
  await drag(page, middle(from), { x: middle(from).x + 40, y: middle(from).y + 160 });
  await page.mouse.up();
  await page.keyboard.up("Alt");
  await expect(page.locator(".card")).toHaveCount(4);
  expect((await page.locator(".card.is-selected").boundingBox()).y).toBeGreaterThan(from.y + 100);
  const still = await page.locator(".card:not(.is-selected)", { hasText: "Say hello" }).boundingBox();
  expect(still.y).toBe(from.y);
  await undo(page).click();
  await expect(page.locator(".card")).toHaveCount(3);
});

test("deleting and healing joins the neighbours, and says what it could not join", async ({ page }) => {
  await openNew(page);
  await card(page, "Say hello, action").click();
  await page.keyboard.press("Control+Delete");
  await expect(page.locator(".card")).toHaveCount(2);
  await expect(canvas(page).getByRole("application")).toBeFocused();
  expect(await edges(page)).toEqual(["start>end"]);
  await undo(page).click();
  await expect(page.locator(".card")).toHaveCount(3);
  await page.locator(".card", { hasText: "end" }).first().click();
  await page.keyboard.press("Control+Delete");
  await expect(page.getByRole("region", { name: "Messages" })).toContainText("not joined");
});

test("a card is put into a wire: from the palette, and one without connections", async ({ page }) => {
  await openNew(page);
  const start = await card(page, "Start, start").boundingBox();
  const hello = await card(page, "Say hello, action").boundingBox();
  const gap = { x: (start.x + start.width + hello.x) / 2, y: middle(start).y };
  const item = await page.getByRole("button", { name: "Add condition node" }).boundingBox();
  await drag(page, middle(item), gap);
  await expect(page.getByText("Let go to insert it here.")).toBeVisible();
  await page.mouse.up();
  await expect(page.locator(".card")).toHaveCount(4);
  expect(await edges(page)).toEqual(["start>condition", "condition>hello", "hello>end"]);
  await expect(undo(page)).toHaveAttribute("title", /Add condition node/);
  await undo(page).click();

  // Dropped beside everything it is only added, and Escape takes it back on the way.
  const aside = { x: gap.x, y: gap.y + 200 };
  await drag(page, middle(item), aside);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(page.locator(".card")).toHaveCount(3);
  await drag(page, middle(item), aside);
  await page.mouse.up();
  await expect(page.locator(".card")).toHaveCount(4);
  // The view may have moved to show what was added.
  const added = await page.locator(".card.is-selected").boundingBox();
  const [left, right] = [
    await card(page, "Start, start").boundingBox(),
    await card(page, "Say hello, action").boundingBox(),
  ];
  await drag(page, middle(added), { x: (left.x + left.width + right.x) / 2, y: middle(left).y });
  await expect(page.getByText("Let go to insert it here.")).toBeVisible();
  await page.mouse.up();
  expect(await edges(page)).toEqual(["start>condition", "condition>hello", "hello>end"]);
});

test("an end of a wire is dragged to another card, refused with a reason, or let go", async ({ page }) => {
  await openNew(page);
  await page.getByRole("button", { name: "Add action node" }).click();
  const other = card(page, "New action, action");
  await expect(other).toBeVisible();
  const hello = await card(page, "Say hello, action").boundingBox();
  const start = await card(page, "Start, start").boundingBox();
  const gap = { x: (start.x + start.width + hello.x) / 2, y: middle(start).y };
  await page.mouse.click(gap.x, gap.y);
  const grip = page.locator('[data-wire-end="target"]');
  const to = middle(await other.boundingBox());
  await drag(page, middle(await grip.boundingBox()), to);
  await page.mouse.up();
  expect(await edges(page)).toEqual(["start>action", "hello>end"]);
  await undo(page).click();
  // A start takes nothing in.
  await page.mouse.click(gap.x, gap.y);
  await drag(page, middle(await grip.boundingBox()), middle(start));
  await expect(page.locator(".veto-hint")).toContainText("starts the conversation");
  await page.mouse.up();
  await expect(page.locator(".veto-hint")).toHaveCount(0);
  await drag(page, middle(await grip.boundingBox()), { x: gap.x, y: gap.y + 260 });
  await page.mouse.up();
  expect(await edges(page)).toEqual(["start>hello", "hello>end"]);
});

test("a connection let go over nothing asks for a type, and Escape for none", async ({ page }) => {
  await openNew(page);
  const hello = card(page, "Say hello, action");
  await hello.hover();
  const handle = middle(await hello.locator("[data-handle]").boundingBox());
  const nowhere = { x: handle.x + 60, y: handle.y + 180 };
  await drag(page, handle, nowhere);
  await page.mouse.up();
  const menu = page.getByRole("menu", { name: "Add" });
  await expect(menu.getByRole("menuitem").first()).toBeFocused();
  await expect(menu.getByRole("menuitem", { name: "start" })).toBeDisabled();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(menu).toHaveCount(0);
  await expect(canvas(page).getByRole("application")).toBeFocused();
  await expect(undo(page)).toBeDisabled();

  await hello.hover();
  await drag(page, handle, nowhere);
  await page.mouse.up();
  await expect(menu.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(menu.getByRole("menuitem", { name: "condition" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(card(page, "New condition, condition")).toBeVisible();
  expect(await edges(page)).toEqual(["start>hello", "hello>end", "hello>condition"]);
  await undo(page).click();
  await expect(page.locator(".card")).toHaveCount(3);
});

test("N adds behind the selected card, C connects to one picked from a list", async ({ page }) => {
  await openNew(page);
  await card(page, "Say hello, action").click();
  await page.keyboard.press("n");
  const menu = page.getByRole("menu", { name: "Add" });
  await menu.getByRole("menuitem", { name: "intent" }).click();
  await expect(card(page, "New intent, intent")).toBeVisible();
  await canvas(page).focus();
  await page.keyboard.press("c");
  const field = page.getByRole("combobox", { name: /Connect New intent to/ });
  await expect(field).toBeFocused();
  const refused = page.getByRole("listbox", { name: "Cards" }).getByRole("option", { name: /Start/ });
  await expect(refused).toHaveAttribute("aria-disabled", "true");
  await expect(refused).toContainText("starts the conversation");
  expect(await barriers(page)).toEqual([]);
  await field.fill("end");
  await page.keyboard.press("Enter");
  await expect(canvas(page).getByRole("application")).toBeFocused();
  expect(await edges(page)).toEqual(["start>hello", "hello>end", "hello>intent", "intent>end"]);
  await canvas(page).focus();
  await page.keyboard.press("c");
  await expect(field).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(field).toHaveCount(0);
});

test("dragged cards snap to others, with lines; Ctrl lets them go free", async ({ page }) => {
  await openNew(page);
  const hello = await card(page, "Say hello, action").boundingBox();
  const start = await card(page, "Start, start").boundingBox();
  const from = middle(hello);
  await drag(page, from, { x: from.x - (hello.x - start.x) + 3, y: from.y + 140 });
  await expect(page.locator(".guide")).toHaveCount(1);
  expect((await card(page, "Say hello, action").boundingBox()).x).toBeCloseTo(start.x, 0);
  await page.keyboard.down("Control");
  await page.mouse.move(from.x - (hello.x - start.x) + 4, from.y + 140);
  await expect(page.locator(".guide")).toHaveCount(0);
  await page.mouse.up();
  await page.keyboard.up("Control");
  expect(Math.abs((await card(page, "Say hello, action").boundingBox()).x - start.x - 4)).toBeLessThan(1.5);
});

test("selected cards are aligned, distributed and tidied", async ({ page }) => {
  await openNew(page);
  const tools = page.getByRole("toolbar", { name: "Arrange" });
  await expect(tools).toHaveCount(0);
  await canvas(page).focus();
  await page.keyboard.press("Control+a");
  await expect(tools).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await tools.getByRole("button", { name: "Align left" }).click();
  const lefts = async () => {
    const boxes = await page.locator(".card").evaluateAll((cards) => cards.map((card) => card.getBoundingClientRect().left));
    return new Set(boxes.map(Math.round)).size;
  };
  await expect.poll(lefts).toBe(1);
  await undo(page).click();
  await expect.poll(lefts).toBe(3);
  await canvas(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Shift+Alt+T");
  await expect(undo(page)).toHaveAttribute("title", /Tidy 3 cards|Undo/);
});

test("the wheel pans, or zooms when told to, and this browser remembers it", async ({ page }) => {
  await openNew(page);
  const zoom = page.locator(".zoom-value");
  const before = await zoom.innerText();
  const box = await canvas(page).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, 100);
  await expect(zoom).toHaveText(before);
  await page.getByRole("button", { name: "Wheel zooms" }).click();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, 100);
  await expect(zoom).not.toHaveText(before);
  await page.reload();
  await expect(page.getByRole("button", { name: "Wheel zooms" })).toHaveAttribute("aria-pressed", "true");
});

test("two fingers that pinch a trackpad zoom, whatever the wheel does", async ({ page }) => {
  await openNew(page);
  const zoom = page.locator(".zoom-value");
  const client = await page.context().newCDPSession(page);
  const at = middle(await canvas(page).boundingBox());
  // A pinch comes as a turn of the wheel with Ctrl that nobody holds.
  const pinch = (deltaY) =>
    client.send("Input.dispatchMouseEvent", { type: "mouseWheel", ...at, deltaX: 0, deltaY, modifiers: 2 });
  for (const preferred of ["false", "true"]) {
    await zoom.click();
    await expect(zoom).toHaveText("100 %");
    await expect(page.getByRole("button", { name: "Wheel zooms" })).toHaveAttribute("aria-pressed", preferred);
    await pinch(-20);
    await expect(zoom).toHaveText("122 %");
    await page.getByRole("button", { name: "Wheel zooms" }).click();
  }
  // With the key held it is a wheel, which pans where it zooms without.
  await page.getByRole("button", { name: "Wheel zooms" }).click();
  await page.mouse.move(at.x, at.y);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, 100);
  await page.keyboard.up("Control");
  await expect(zoom).toHaveText("122 %");
});

test.describe("with fingers", () => {
  test.use({ hasTouch: true });

  /** Fingers on the screen, moved as told: each step is where they all are. */
  async function touch(page, steps, rest = 0) {
    const client = await page.context().newCDPSession(page);
    const send = (type, points) =>
      client.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: points.map((point, id) => ({ x: point.x, y: point.y, id })),
      });
    await send("touchStart", steps[0]);
    // A finger that rests is told from one that moves by time alone.
    if (rest > 0) await page.waitForTimeout(rest);
    for (const step of steps.slice(1)) await send("touchMove", step);
    return () => send("touchEnd", []);
  }

  const line = (from, to, count = 6) =>
    Array.from({ length: count + 1 }, (_, step) => ({
      x: from.x + ((to.x - from.x) * step) / count,
      y: from.y + ((to.y - from.y) * step) / count,
    }));

  test("one finger pans, two zoom, and the second one breaks a drag off", async ({ page }) => {
    await openNew(page);
    const hello = card(page, "Say hello, action");
    const before = await hello.boundingBox();
    const empty = { x: before.x + 60, y: before.y + 220 };
    let lift = await touch(page, line(empty, { x: empty.x - 60, y: empty.y - 40 }).map((point) => [point]));
    await lift();
    await expect.poll(async () => Math.round((await hello.boundingBox()).x - before.x)).toBeLessThan(-40);

    const zoom = page.locator(".zoom-value");
    const left = line({ x: empty.x - 60, y: empty.y }, { x: empty.x - 140, y: empty.y });
    const right = line({ x: empty.x + 60, y: empty.y }, { x: empty.x + 140, y: empty.y });
    lift = await touch(page, left.map((point, step) => [point, right[step]]));
    await lift();
    await expect(zoom).not.toHaveText("100 %");

    await page.getByRole("button", { name: "Fit view" }).click();
    const now = await hello.boundingBox();
    const path = line(middle(now), { x: middle(now).x, y: middle(now).y + 60 }).map((point) => [point]);
    const last = path.at(-1)[0];
    lift = await touch(page, [...path]);
    await expect.poll(async () => (await hello.boundingBox()).y).toBeGreaterThan(now.y + 30);
    const client = await page.context().newCDPSession(page);
    await client.send("Input.dispatchTouchEvent", {
      type: "touchStart",
      touchPoints: [
        { ...last, id: 0 },
        { x: last.x + 100, y: last.y + 100, id: 1 },
      ],
    });
    await expect.poll(async () => Math.round((await hello.boundingBox()).y)).toBe(Math.round(now.y));
    await lift();
    await expect(undo(page)).toBeDisabled();
  });

  test("a finger that rests adds a card to the selection, or draws a marquee", async ({ page }) => {
    await openNew(page);
    const start = middle(await card(page, "Start, start").boundingBox());
    const hello = await card(page, "Say hello, action").boundingBox();
    await page.touchscreen.tap(start.x, start.y);
    await expect(page.locator(".card.is-selected")).toHaveCount(1);
    let lift = await touch(page, [[middle(hello)]], 650);
    await lift();
    await expect(page.locator(".card.is-selected")).toHaveCount(2);
    lift = await touch(page, [[middle(hello)]], 650);
    await lift();
    await expect(page.locator(".card.is-selected")).toHaveCount(1);

    const from = { x: hello.x - 20, y: hello.y + hello.height + 60 };
    const to = { x: hello.x + hello.width + 10, y: hello.y - 20 };
    lift = await touch(page, line(from, to).map((point) => [point]), 650);
    await expect(page.locator(".marquee")).toBeVisible();
    await lift();
    await expect(page.locator(".marquee")).toHaveCount(0);
    await expect(page.locator(".card.is-selected")).toHaveAccessibleName(/Say hello/);
  });
});

test("pasted twice over its original, a card is seen three times", async ({ page }) => {
  await openNew(page);
  await card(page, "Say hello, action").click();
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+v");
  await expect(page.locator(".card")).toHaveCount(4);
  await page.keyboard.press("Control+v");
  await expect(page.locator(".card")).toHaveCount(5);
  const places = await page.locator(".card").evaluateAll((cards) =>
    cards.map((it) => `${Math.round(it.getBoundingClientRect().x)},${Math.round(it.getBoundingClientRect().y)}`),
  );
  expect(new Set(places).size).toBe(5);
});

test("a card dragged with Shift goes with what is selected, and what undo brings back is selected", async ({ page }) => {
  await openNew(page);
  await card(page, "Start, start").click();
  const hello = await card(page, "Say hello, action").boundingBox();
  const start = await card(page, "Start, start").boundingBox();
  await page.keyboard.down("Shift");
  await drag(page, middle(hello), { x: middle(hello).x, y: middle(hello).y + 60 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  const moved = await card(page, "Say hello, action").boundingBox();
  expect(moved.y).toBeGreaterThan(hello.y + 40);
  expect((await card(page, "Start, start").boundingBox()).y - start.y).toBeCloseTo(moved.y - hello.y, 0);
  await page.keyboard.press("Delete");
  await expect(page.locator(".card")).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await expect(page.locator(".card.is-selected")).toHaveCount(2);
  // Nudges that follow each other are one step.
  const before = await card(page, "Say hello, action").boundingBox();
  for (let press = 0; press < 4; press += 1) await page.keyboard.press("ArrowDown");
  await expect.poll(async () => (await card(page, "Say hello, action").boundingBox()).y).toBeGreaterThan(before.y + 8);
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await card(page, "Say hello, action").boundingBox()).y).toBeCloseTo(before.y, 0);
});
