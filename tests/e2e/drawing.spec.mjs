// The canvas as such: what is painted on it and how it is read without being seen.
import { barriers, expect, open, test } from "./page.mjs";

const canvas = (page) => page.getByRole("region", { name: "Flow canvas" });
const graph = (page) => canvas(page).getByRole("application");
const card = (page, name) => canvas(page).getByRole("group", { name });
const problems = (page) => page.getByRole("region", { name: "Problems" });

/** A flow whose last card leads nowhere and cannot be reached. */
const FLOW = {
  id: "f",
  name: "Canvas",
  version: "1.0.0",
  entryPoint: "start",
  variables: [{ name: "total", type: "number", default: 1 }],
  nodes: [
    { id: "start", type: "start", label: "Start" },
    { id: "check", type: "condition", label: "Check" },
    { id: "note", type: "action", label: "Note", properties: { message: "Noted." } },
    { id: "bye", type: "end", label: "Bye" },
  ],
  edges: [
    { id: "e1", source: "start", target: "check" },
    { id: "e2", source: "check", target: "note", condition: "totl > 5" },
    { id: "e3", source: "check", target: "bye" },
    { id: "e4", source: "note", target: "bye" },
  ],
};

async function openFlow(page, flow, name = "canvas.json") {
  const file = { name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(flow, null, 2)) };
  await page.getByLabel("Open files").and(page.locator("input")).setInputFiles([file]);
  await expect(canvas(page)).toBeVisible();
}

/** How many pixels are painted on the layer of what is in the user's hand. */
const painted = (page) =>
  page.locator("canvas.is-overlay").evaluate((layer) => {
    if (layer.width === 0) return 0;
    const { data } = layer.getContext("2d").getImageData(0, 0, layer.width, layer.height);
    let count = 0;
    for (let at = 3; at < data.length; at += 4) if (data[at] > 0) count += 1;
    return count;
  });

/** Whether a point of the world is painted on the sheet that is shown. */
const sheet = (page) =>
  page.evaluate(() => {
    const shown = [...document.querySelectorAll("canvas.raster:not(.is-overlay)")].filter(
      (layer) => layer.style.visibility !== "hidden" && layer.width > 0,
    );
    let count = 0;
    for (const layer of shown) {
      const { data } = layer.getContext("2d").getImageData(0, 0, layer.width, layer.height);
      for (let at = 3; at < data.length; at += 4) if (data[at] > 0) count += 1;
    }
    return count;
  });

test("the graph is one stop of the Tab key and is read in the order of the conversation", async ({ page }) => {
  await open(page);
  await openFlow(page, FLOW);
  await graph(page).focus();
  await page.keyboard.press("Home");
  const active = async () => {
    const id = await graph(page).getAttribute("aria-activedescendant");
    return page.locator(`[id="${id}"]`).getAttribute("aria-label");
  };
  await expect.poll(active).toBe("Start, start");
  await page.keyboard.press("PageDown");
  await expect.poll(active).toMatch(/^Check, condition/);
  await expect(page.getByRole("status").filter({ hasText: "2 of 4." })).toContainText(
    "Leads to 1 Note, if totl > 5; 2 Bye, by default.",
  );
  await page.keyboard.press("PageDown");
  await expect.poll(active).toBe("Note, action");
  await page.keyboard.press("End");
  await expect.poll(active).toBe("Bye, end");
  await page.keyboard.press("PageUp");
  await expect.poll(active).toBe("Note, action");
  // What is changed is said, with what came of it.
  await page.keyboard.press("Delete");
  await expect(page.getByRole("status").filter({ hasText: /Delete.*problem/ })).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("status").filter({ hasText: /^Undone: Delete/ })).toHaveCount(1);
  expect(await barriers(page)).toEqual([]);
});

test("a fix casts a ghost on the canvas and leaves none behind", async ({ page }) => {
  await open(page);
  await openFlow(page, FLOW);
  await expect.poll(() => sheet(page)).toBeGreaterThan(0);
  const fix = problems(page).getByRole("button", { name: /Change it to/ }).first();
  expect(await painted(page)).toBe(0);
  await fix.hover();
  await expect.poll(() => painted(page)).toBeGreaterThan(0);
  await page.mouse.move(640, 20);
  await expect.poll(() => painted(page)).toBe(0);
});

test("what is dragged leaves its place, and comes back when the drag is broken off", async ({ page }) => {
  await open(page);
  await openFlow(page, FLOW);
  await card(page, "Note, action").click();
  // What is seen first may still move a little, once it is known what lies over the canvas.
  let still = 0;
  const isSettled = async () => {
    const before = still;
    still = await sheet(page);
    return still > 0 && still === before;
  };
  await expect.poll(isSettled, { intervals: [250] }).toBe(true);
  const box = await card(page, "Note, action").boundingBox();
  await page.mouse.move(box.x + 40, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 90, { steps: 4 });
  // Its wires are painted above the sheet, which has the others alone.
  await expect.poll(() => sheet(page)).toBeLessThan(still);
  expect(await painted(page)).toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect.poll(() => sheet(page)).toBe(still);
  const after = await card(page, "Note, action").boundingBox();
  expect(after).toEqual(box);
});

test("a huge flow is painted in slices, panned, dragged in and left as it was", async ({ page }) => {
  const nodes = Array.from({ length: 4000 }, (_, index) => ({
    id: `n${index}`,
    type: index === 0 ? "start" : "action",
    label: `Step ${index}`,
    properties: { position: { x: (index % 80) * 320, y: Math.floor(index / 80) * 120 } },
  }));
  const edges = nodes.slice(1).map((node, index) => ({ id: `e${index}`, source: `n${index}`, target: node.id }));
  await open(page);
  await openFlow(page, { id: "f", name: "Huge", version: "1.0.0", entryPoint: "n0", nodes, edges });
  await page.getByRole("button", { name: "Fit view" }).click();
  await expect.poll(() => sheet(page)).toBeGreaterThan(20_000);
  await graph(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("1");
  const start = card(page, "Step 0, start");
  await expect(start).toBeVisible();
  const box = await start.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 40, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByRole("button", { name: "Undo" })).toBeEnabled();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await start.boundingBox()).x).toBeCloseTo(box.x, 0);
});
