// What is opened and closed again leaves nothing behind.
import { expect, open, test } from "./page.mjs";

const FLOW = {
  id: "f",
  name: "Coming and going",
  version: "1.0.0",
  entryPoint: "n0",
  nodes: Array.from({ length: 40 }, (_, index) => ({
    id: `n${index}`,
    type: index === 0 ? "start" : "action",
    label: `Step ${index}`,
  })),
  edges: Array.from({ length: 39 }, (_, index) => ({ id: `e${index}`, source: `n${index}`, target: `n${index + 1}` })),
};

/** Opens a flow, selects a card, and closes it, so many times, inside the page. */
const cycle = (page, text, times) =>
  page.evaluate(
    async ({ text, times }) => {
      const until = async (holds) => {
        while (!holds()) await new Promise((resolve) => requestAnimationFrame(resolve));
      };
      for (let round = 0; round < times; round += 1) {
        const input = document.getElementById("file-input");
        const chosen = new DataTransfer();
        chosen.items.add(new File([text], "flow.json", { type: "application/json" }));
        input.files = chosen.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
        await until(() => document.querySelector(".outline-line") && document.querySelector(".card"));
        document.querySelector(".outline-line").click();
        await until(() => document.querySelector(".card.is-selected"));
        document.querySelector('[aria-label^="Close "]').click();
        await until(() => !document.querySelector(".tab"));
      }
    },
    { text, times },
  );

async function held(session) {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  return { nodes: of("Nodes"), listeners: of("JSEventListeners"), heap: of("JSHeapUsedSize") };
}

test("a flow that is opened and closed two hundred times leaves nothing behind", async ({ page }) => {
  await open(page);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const text = JSON.stringify(FLOW);
  // What is kept for opening again, and what the engine compiles on the way, is there after this.
  await cycle(page, text, 40);
  const before = await held(session);
  await cycle(page, text, 160);
  const after = await held(session);
  // One flow on the screen is some 1,500 elements: 160 of them would be seen.
  expect(after.nodes).toBeLessThan(before.nodes + 400);
  expect(after.listeners).toBeLessThan(before.listeners + 60);
  expect(after.heap).toBeLessThan(before.heap + 2_000_000);
});
