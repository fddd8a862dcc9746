// Where one is: the minimap and the line over the canvas.
import { barriers, expect, open, test } from "./page.mjs";

const canvas = (page) => page.getByRole("region", { name: "Flow canvas" });
const card = (page, name) => canvas(page).getByRole("group", { name });
const map = (page) => page.getByRole("img", { name: "Minimap" });
const frame = (page) => page.locator(".minimap-frame");

async function openSample(page) {
  await open(page);
  await page.getByRole("button", { name: /Open a sample/ }).click();
  await expect(card(page, "Start, start")).toBeVisible();
  await expect(map(page)).toBeVisible();
}

/** Whether something is drawn on the map. */
const isDrawn = (page) =>
  page.locator(".minimap-picture").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value > 0);
  });

test("the map shows all cards, and its frame moves the canvas", async ({ page }) => {
  await openSample(page);
  await expect.poll(() => isDrawn(page)).toBe(true);
  const area = await map(page).boundingBox();
  const before = await frame(page).boundingBox();

  // A press beside the frame brings it there.
  await page.mouse.click(area.x + area.width * 0.8, area.y + area.height / 2);
  await expect.poll(async () => (await frame(page).boundingBox()).x).toBeGreaterThan(before.x + 40);
  await expect(card(page, "Start, start")).toHaveCount(0);

  // The frame is dragged back.
  const there = await frame(page).boundingBox();
  await page.mouse.move(there.x + there.width / 2, there.y + there.height / 2);
  await page.mouse.down();
  await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(card(page, "Start, start")).toBeVisible();

  await page.mouse.wheel(0, 200);
  await expect.poll(async () => (await frame(page).boundingBox()).width).toBeGreaterThan(before.width);
  expect(await barriers(page)).toEqual([]);
});

test("the map can be hidden, which is remembered, and is away on a small screen", async ({ page }) => {
  await openSample(page);
  await page.getByRole("button", { name: "Minimap" }).click();
  await expect(map(page)).toHaveCount(0);
  await open(page);
  await expect(canvas(page)).toBeVisible();
  await expect(map(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Minimap" }).click();
  await expect(map(page)).toBeVisible();
  await page.setViewportSize({ width: 700, height: 700 });
  await expect(map(page)).toBeHidden();
});

test("the line over the canvas tells where one is and leads back", async ({ page }) => {
  await openSample(page);
  const way = page.getByRole("navigation", { name: "Breadcrumbs" });
  await expect(way.getByRole("listitem")).toHaveText(["Workspace", "Nordlicht customer support"]);
  await card(page, "Start, start").click();
  await expect(way.getByRole("listitem")).toHaveText(["Workspace", "Nordlicht customer support", "Start"]);
  await page.getByRole("region", { name: "Inspector" }).getByTitle("Show this branch").first().click();
  await expect(way.getByRole("listitem").last()).toHaveText(/^to /);
  await way.getByRole("button", { name: "Start" }).click();
  await expect(way.getByRole("listitem").last()).toHaveText("Start");
  await way.getByRole("button", { name: "Nordlicht customer support" }).click();
  await expect(way.getByRole("listitem")).toHaveCount(2);
});
