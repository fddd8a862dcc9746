// What is held at the rim of the canvas moves the view under it.
import { canvas, card, drag, middle, openNew, undo } from "./canvas-page.mjs";
import { expect, test } from "./page.mjs";

/** Where the view is: the origin of the world on the screen. */
const origin = (page) =>
  canvas(page).evaluate((element) => {
    const [x, y] = element.style.backgroundPosition.split(" ").map(parseFloat);
    return { x, y };
  });

/** How far the view moves within some frames. */
async function moved(page) {
  const before = await origin(page);
  await page.evaluate(async () => {
    for (let frame = 0; frame < 6; frame += 1) await new Promise(requestAnimationFrame);
  });
  const after = await origin(page);
  return Math.abs(after.x - before.x) + Math.abs(after.y - before.y);
}

test("a card held at the rim moves the view and goes with the pointer", async ({ page }) => {
  await openNew(page);
  const hello = card(page, "Say hello, action");
  const area = await canvas(page).boundingBox();
  const before = await hello.boundingBox();
  const from = middle(before);
  const rim = { x: area.x + area.width - 6, y: from.y };
  const there = await origin(page);

  await drag(page, from, rim);
  await expect.poll(async () => (await origin(page)).x).toBeLessThan(there.x - 150);
  // It stays under the pointer, as near as it snaps.
  expect(Math.abs(middle(await hello.boundingBox()).x - rim.x)).toBeLessThan(12);

  // Back from the rim the view rests, with the card where the pointer is.
  await page.mouse.move(rim.x - 200, rim.y, { steps: 4 });
  expect(await moved(page)).toBe(0);
  expect(Math.abs(middle(await hello.boundingBox()).x - (rim.x - 200))).toBeLessThan(12);

  // Outside it goes on, until Escape puts the card back.
  await page.mouse.move(rim.x - 200, area.y + area.height + 60, { steps: 4 });
  await expect.poll(() => moved(page)).toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  expect(await moved(page)).toBe(0);
  await page.mouse.up();
  const now = await origin(page);
  const after = await hello.boundingBox();
  expect(after.x - now.x).toBeCloseTo(before.x - there.x, 0);
  expect(after.y - now.y).toBeCloseTo(before.y - there.y, 0);
  await expect(undo(page)).toBeDisabled();
});

test("so do the end of a wire and the corner of a marquee, which reach what was out of sight", async ({ page }) => {
  await openNew(page);
  const area = await canvas(page).boundingBox();
  const right = area.x + area.width;
  const seen = async () => {
    const box = await page.evaluate(() => {
      const cards = [...document.querySelectorAll(".card")];
      return cards.find((card) => card.textContent.includes("Goodbye"))?.getBoundingClientRect().x;
    });
    return box ?? Infinity;
  };
  // The last card is just beyond the right edge.
  await page.mouse.move(area.x + area.width / 2, area.y + area.height - 40);
  await page.mouse.wheel((await seen()) - right - 20, 0);
  await expect.poll(seen).toBeGreaterThan(right);
  const start = card(page, "Start, start");
  await start.hover();
  const handle = middle(await start.locator("[data-handle]").boundingBox());
  await drag(page, handle, { x: right - 4, y: handle.y });
  await expect.poll(seen).toBeLessThan(right - 200);
  await page.mouse.move((await seen()) + 60, handle.y, { steps: 3 });
  await page.mouse.up();
  await expect(undo(page)).toHaveAttribute("title", /edge|Connect/);

  await page.mouse.move(area.x + 40, area.y + area.height - 40);
  await page.mouse.wheel((await seen()) - right - 20, 0);
  await expect.poll(seen).toBeGreaterThan(right);
  await drag(page, { x: area.x + 400, y: handle.y + 60 }, { x: right - 4, y: handle.y - 100 });
  await expect.poll(seen).toBeLessThan(right - 260);
  await page.mouse.move(right - 60, handle.y - 100, { steps: 3 });
  expect(await moved(page)).toBe(0);
  await page.mouse.up();
  await expect(page.locator(".card.is-selected", { hasText: "Goodbye" })).toHaveCount(1);
});
