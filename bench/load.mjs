// How long a page takes from its address to being ready, with nothing cached, and what it fetches.
import { PAGES } from "./pages.mjs";
import { flowText, packed } from "./corpus.mjs";
import { summary } from "./statistics.mjs";

/** Nodes of the flow that is opened from the address. */
export const LOADED_NODES = 500;
/** 10 Mbit/s, in bytes a second, and 40 ms to each answer. */
const SLOW = { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000 };

/** Notes when `selector` is first there at the beginning of a frame. */
function watch(selector) {
  const look = (now) => {
    if (document.querySelector(selector)) globalThis.readyAt = now;
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function loadOnce(stage, { subject, carried, selector }, slow) {
  const { page, session, close } = await stage.open();
  try {
    if (slow) {
      await session.send("Network.enable");
      await session.send("Network.emulateNetworkConditions", SLOW);
    }
    await page.addInitScript(watch, selector);
    stage.sites[subject.key].takeSent();
    await page.goto(stage.address(subject, carried), { waitUntil: "commit" });
    await page.waitForFunction(() => globalThis.readyAt, undefined, { polling: 50, timeout: 120_000 });
    stage.sites[subject.key].takeSent();
    return await page.evaluate(() => {
      const time = globalThis.readyAt;
      // What came later was not waited for.
      const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
      const waitedFor = entries.filter(({ responseEnd }) => responseEnd > 0 && responseEnd <= time);
      return { time, sent: waitedFor.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) };
    });
  } finally {
    await close();
  }
}

/** Cold loads in turns: each page empty, and with a flow in its address. */
export async function measureLoads(stage, rounds) {
  const carried = packed(flowText(LOADED_NODES));
  const cases = PAGES.filter((subject) => subject.opens && subject.query === "").flatMap((subject) => [
    { subject, nodes: 0, selector: subject.ready },
    { subject, nodes: LOADED_NODES, selector: subject.shown, carried },
  ]);
  const results = [];
  for (const slow of [false, true]) {
    const noted = cases.map(() => []);
    // The first round warms the browser up.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [index, one] of cases.entries()) {
        const loaded = await loadOnce(stage, one, slow);
        if (round > 0) noted[index].push(loaded);
      }
    }
    cases.forEach(({ subject, nodes }, index) => {
      const times = noted[index].map(({ time }) => time);
      const sent = Math.max(...noted[index].map(({ sent }) => sent));
      results.push({ page: subject.key, nodes, slow, ...summary(times), times, sent });
    });
  }
  return results;
}
