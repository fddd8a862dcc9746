// The table: one row for each thing measured, one column for each page, and the budget.
import { LOADED_NODES } from "./load.mjs";
import { PAGES } from "./pages.mjs";
import { VIEWS } from "./sizes.mjs";
import { GESTURES } from "./frames.mjs";
import { mean, median, summary } from "./statistics.mjs";

const tenth = (value) => value.toFixed(1);
const count = (value) => value.toLocaleString("en");
const megabytes = (bytes) => (bytes / 1e6).toFixed(0);
const kilobytes = (bytes) => (bytes / 1e3).toFixed(0);
const verdict = (held) => (held ? "held" : "**missed**");

/** A budget that a value has to stay within. */
const within = (limit, unit, value) => `≤ ${count(limit)} ${unit} ${verdict(value <= limit)}`;
/** A budget in multiples of what a peer needed in the same run. */
const beside = (limit, name, value, peer) =>
  `≤ ${limit}× ${name}: ${(value / peer).toFixed(2)}× ${verdict(value <= limit * peer)}`;

function loadRows({ loads }) {
  const rows = [];
  for (const slow of [false, true]) {
    for (const nodes of [0, LOADED_NODES]) {
      const of = (page, wanted) => loads.find((one) => one.page === page && one.slow === slow && one.nodes === wanted);
      const cells = {};
      for (const { key } of PAGES) {
        const one = of(key, nodes);
        if (one) cells[key] = `${tenth(one.median)} / ${tenth(one.p95)}`;
      }
      const [own, peer] = [of("flowdeck", nodes), of("reactFlow", LOADED_NODES)];
      const name = `React Flow with ${LOADED_NODES}`;
      const budget = own && peer ? beside(0.8, name, own.median, peer.median) : "";
      const where = slow ? "10 Mbit/s and 40 ms" : "loopback";
      const what = `cold load to ${nodes ? "a flow shown" : "ready"}, ${where}, ms`;
      rows.push({ what, nodes, cells, budget });
    }
  }
  return rows;
}

function weightRows({ loads, weights }) {
  const sent = {};
  for (const one of loads) if (one.nodes === 0 && !one.slow) sent[one.page] = one.sent;
  const budgetOf = (limit, bytes) => (bytes === undefined ? "" : within(limit, "KB", bytes / 1e3));
  const cells = (bytes) => Object.fromEntries(Object.entries(bytes).map(([key, value]) => [key, kilobytes(value)]));
  return [
    { what: "fetched until ready, KB brotli", cells: cells(sent), budget: budgetOf(320, sent.flowdeck) },
    { what: "all files of the site, KB brotli", cells: cells(weights), budget: budgetOf(600, weights.flowdeck) },
  ];
}

/** The frames of a gesture in all rounds together. */
export function frameSummary(measured) {
  const during = measured.flatMap(({ during }) => during);
  return {
    ...summary(during),
    slow: during.filter((length) => length > 50).length / during.length,
    work: mean(measured.map(({ work }) => work)),
    after: Math.max(...measured.map(({ after }) => after)),
  };
}

function gestureBudget(name, view, nodes, frames) {
  const own = frames.flowdeck;
  if (!own) return "";
  if (nodes === 50_000) return name === "pan" ? within(33.4, "ms p95", own.p95) : "";
  if (view === "100 %") return nodes <= 500 && name !== "zoom" ? within(17, "ms p95", own.p95) : "";
  if (nodes !== 10_000) return "";
  return [
    within(20, "ms p95", own.p95),
    beside(1.25, "a bitmap", own.p95, frames.blit.p95),
    `≤ 1 % over 50 ms ${verdict(own.slow <= 0.01)}`,
  ].join("; ");
}

function gestureRows({ nodes, pages }) {
  const rows = [];
  for (const view of VIEWS) {
    for (const name of GESTURES) {
      const frames = {};
      for (const { key } of PAGES) {
        const measured = pages[key]?.gestures[`${name}, ${view}`];
        if (measured) frames[key] = frameSummary(measured);
      }
      const cells = Object.fromEntries(
        Object.entries(frames).map(([key, one]) => {
          const share = `${(one.slow * 100).toFixed(0)} %`;
          const times = [one.median, one.p95].map(tenth).join(" / ");
          return [key, `${times} · ${share} · ${tenth(one.work)} · ${tenth(one.after)}`];
        }),
      );
      rows.push({ what: `${name} at ${view}`, nodes, cells, budget: gestureBudget(name, view, nodes, frames) });
    }
  }
  return rows;
}

function sizeRows(size) {
  const { nodes, pages } = size;
  const cells = (read) =>
    Object.fromEntries(
      Object.entries(pages)
        .filter(([, page]) => page.opened.length > 0)
        .map(([key, page]) => [key, read(page)]),
    );
  const middleOf = (page, part) => {
    const known = page.memory.map((memory) => memory[part]).filter((value) => value !== undefined);
    return known.length > 0 ? median(known) : undefined;
  };
  const own = pages.flowdeck;
  const opened = own && median(own.opened);
  const held = own && middleOf(own, "process");
  const rows = [
    {
      what: "file handed over → interactive, ms",
      cells: cells((page) => tenth(median(page.opened))),
      budget: own && nodes === 10_000 ? within(1_000, "ms", opened) : "",
    },
    {
      what: "heap / process, MB; elements",
      cells: cells((page) => {
        const inProcess = middleOf(page, "process");
        const parts = [middleOf(page, "heap"), inProcess].map((bytes) => (bytes ? megabytes(bytes) : "?"));
        return `${parts.join(" / ")}; ${count(middleOf(page, "elements"))}`;
      }),
      budget: held && nodes === 50_000 ? within(400, "MB", held / 1e6) : "",
    },
  ];
  if (own) {
    const edits = summary(own.edits);
    const limit = { 500: 8, 10_000: 33 }[nodes];
    rows.push({
      what: "edit → problems, median / p95 ms",
      cells: { flowdeck: `${tenth(edits.median)} / ${tenth(edits.p95)}` },
      budget: limit ? within(limit, "ms", edits.median) : "",
    });
  }
  return [...rows.map((row) => ({ nodes, ...row })), ...gestureRows(size)];
}

/** The results as a Markdown table. */
export function table(results) {
  const keys = PAGES.filter(({ key }) => results.sites.includes(key));
  const rows = [...loadRows(results), ...weightRows(results), ...results.sizes.flatMap(sizeRows)];
  const lines = [
    `| what | nodes | ${keys.map(({ name }) => name).join(" | ")} | budget |`,
    `|---|--:|${keys.map(() => "--:|").join("")}---|`,
  ];
  for (const { what, nodes, cells, budget } of rows) {
    const values = keys.map(({ key }) => cells[key] ?? "–");
    lines.push(`| ${what} | ${nodes ? count(nodes) : ""} | ${values.join(" | ")} | ${budget ?? ""} |`);
  }
  return lines.join("\n");
}

/** How to read the table. */
export const LEGEND = [
  "Loads and edits: median / p95. Gestures: median / p95 of the frames with input, in ms · share of",
  "them over 50 ms · main thread a frame, ms · longest frame in the 400 ms after. Frames come 60 times",
  "a second at most, so 16.7 ms is as fast as it gets.",
  `React Flow is measured up to ${count(PAGES.find(({ key }) => key === "reactFlow").largest)} nodes: beyond, it takes minutes to open.`,
].join("\n");
