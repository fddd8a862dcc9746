// Everything that depends on the number of nodes, page by page in turns.
import { flowText } from "./corpus.mjs";
import { measureEdits } from "./edit.mjs";
import { GESTURES, measureGesture } from "./frames.mjs";
import { measureMemory, measureOpening } from "./open.mjs";
import { PAGES, settle } from "./pages.mjs";

const EDITS = 30;
// At fit-all a pixel is many units of the world, so what a drag leaves behind there comes last.
export const VIEWS = ["100 %", "fit-all"];

/** Shows `view`; false when the page has no such view. */
async function show(page, subject, view) {
  await subject.fit(page);
  if (view === "100 %") {
    if (!subject.fullSize) return false;
    await settle(page);
    await subject.fullSize(page);
  }
  await settle(page);
  return true;
}

async function measurePage(stage, subject, text, into) {
  const flow = JSON.parse(text);
  const tab = await stage.open();
  const { page } = tab;
  // What takes this long has failed.
  page.setDefaultTimeout(120_000);
  try {
    await page.goto(stage.address(subject));
    await page.waitForSelector(subject.ready, { state: "attached" });
    if (subject.opens) {
      await settle(page);
      into.opened.push(await measureOpening(page, subject, text));
      await settle(page);
      into.memory.push(await measureMemory(stage.browser, tab));
    }
    if (subject.key === "flowdeck") into.edits.push(...(await measureEdits(page, EDITS)));
    for (const view of VIEWS) {
      for (const gesture of GESTURES) {
        if (!(await show(page, subject, view))) continue;
        const measured = await measureGesture(tab, subject, flow, gesture);
        (into.gestures[`${gesture}, ${view}`] ??= []).push(measured);
      }
    }
  } catch (error) {
    throw new Error(`${subject.name} with ${flow.nodes.length} nodes: ${error.message}`, { cause: error });
  } finally {
    await tab.close();
  }
}

/** Measures every page that can take `count` nodes, `rounds` times in turns. */
export async function measureSize(stage, count, rounds, say) {
  const text = flowText(count);
  const subjects = PAGES.filter(({ largest }) => count <= largest);
  const pages = Object.fromEntries(
    subjects.map(({ key }) => [key, { opened: [], memory: [], edits: [], gestures: {} }]),
  );
  for (let round = 0; round < rounds; round += 1) {
    // No page always comes first.
    const turned = subjects.map((_, index) => subjects[(index + round) % subjects.length]);
    for (const subject of turned) {
      say(`${count} nodes, round ${round + 1} of ${rounds}: ${subject.name}`);
      await measurePage(stage, subject, text, pages[subject.key]);
    }
  }
  return { nodes: count, bytes: Buffer.byteLength(text), pages };
}

/** Where Flowdeck has its canvas when a flow is open: the others put theirs there too. */
export async function measureBox(stage, flowdeck) {
  const { page, close } = await stage.open();
  try {
    await page.goto(stage.address(flowdeck));
    await page.waitForSelector(flowdeck.ready, { state: "attached" });
    await measureOpening(page, flowdeck, flowText(500));
    await settle(page);
    return await page.evaluate((canvas) => {
      const { left, top, width, height } = document.querySelector(canvas).getBoundingClientRect();
      return [left, top, width, height].map(Math.round);
    }, flowdeck.canvas);
  } finally {
    await close();
  }
}
