// The pages that are measured beside each other, and what there is to know of each: where its
// elements are and how a view is set. How something is measured is the same for all.

import { noteMemories } from "./open.mjs";

/** Flowdeck: keys set the view. */
const flowdeck = {
  key: "flowdeck",
  name: "Flowdeck",
  largest: Infinity,
  query: "",
  ready: "html[data-ready=true]",
  shown: ".card",
  canvas: ".canvas",
  layer: ".card-layer",
  selected: ".card.is-selected",
  wheelToZoom: 15,
  opens: true,
  async fit(page) {
    await page.locator(this.canvas).focus();
    await page.keyboard.press("1");
  },
  async fullSize(page) {
    await page.keyboard.press("0");
  },
};

/** React Flow, as it comes. Its edges appear after its nodes. */
const reactFlow = {
  key: "reactFlow",
  name: "React Flow",
  // Beyond this it takes minutes to open.
  largest: 5_000,
  query: "",
  ready: ".react-flow__pane",
  shown: ".react-flow__edge",
  canvas: ".react-flow",
  layer: ".react-flow__viewport",
  selected: ".react-flow__node.selected",
  // A step of its wheel zooms less; this makes it the same.
  wheelToZoom: 15 * (0.0022 / (0.002 * Math.LN2)),
  opens: true,
  fit: (page) => page.evaluate(() => globalThis.reactFlow.fitView()),
  fullSize: (page) => page.evaluate(() => globalThis.reactFlow.zoomTo(1)),
};

/** React Flow with its remedy for many nodes. */
const reactFlowVisible = {
  ...reactFlow,
  key: "reactFlowVisible",
  name: "React Flow, only what is in view",
  query: "visible",
};

/** One bitmap: the floor at fit-all; it has no nodes to open and no other view. */
const blit = {
  key: "blit",
  name: "a bitmap",
  largest: Infinity,
  query: "",
  ready: "canvas",
  canvas: "canvas",
  layer: "#layer",
  wheelToZoom: 15,
  opens: false,
  fit: (page) => page.evaluate(() => globalThis.fit()),
};

export const PAGES = [flowdeck, reactFlow, reactFlowVisible, blit];

/** A running browser and the addresses of the pages. */
export class Stage {
  constructor(browser, sites) {
    this.browser = browser;
    this.sites = sites;
    /** Where the canvas is in the window: Flowdeck's, once known, for all. */
    this.box = undefined;
  }

  /** The address of a page; `carried` is a packed flow for it to open. */
  address(subject, carried) {
    const query = [subject.query, this.box && `box=${this.box.join(",")}`].filter(Boolean).join("&");
    const site = this.sites[subject.key];
    const asked = subject.key === "flowdeck" || query === "" ? "" : `?${query}`;
    return `${site.url}${asked}${carried ? `#flow=${carried}` : ""}`;
  }

  /** A new profile with one empty page, its protocol session, and a way to close both. */
  async open() {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 900 },
      deviceScaleFactor: 1,
    });
    await context.addInitScript(noteMemories);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    return { page, session, close: () => context.close() };
  }
}

/** The view a page shows: where its canvas is, and how world units become pixels of the window. */
export function viewOf(page, { canvas, layer }) {
  return page.evaluate(({ canvas, layer }) => {
    const { left, top, width, height } = document.querySelector(canvas).getBoundingClientRect();
    const matrix = new DOMMatrix(getComputedStyle(document.querySelector(layer)).transform);
    return { left, top, width, height, x: matrix.e, y: matrix.f, zoom: matrix.a };
  }, { canvas, layer });
}

/** Waits until frames come without a pause again. */
export async function settle(page) {
  const settled = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const from = performance.now();
        let last = from;
        let quick = 0;
        const frame = (now) => {
          quick = now - last <= 50 ? quick + 1 : 0;
          last = now;
          if (quick >= 10) resolve(true);
          else if (now - from > 60_000) resolve(false);
          else requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
  );
  if (!settled) throw new Error("The page did not come to rest within a minute.");
}
