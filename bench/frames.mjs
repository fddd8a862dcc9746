// What a gesture costs: real input, sixty events a second, and the frames the page makes of it.
import { settle, viewOf } from "./pages.mjs";

/** Moves of a gesture; it ends away from where it began. */
const MOVES = 105;
/** Milliseconds from move to move: input comes as from a hand, whether or not a page keeps up. */
const PERIOD = 1000 / 60;
/** How long is watched after a gesture: pages may put work off until the input rests. */
const REST = 400;
/** Pixels from move to move. */
const STRIDE = { x: 12, y: 4 };

export const GESTURES = ["pan", "zoom", "drag"];

/** Thirty moves there, sixty back past the beginning, and there again. */
const direction = (move) => (move % 120 < 30 || move % 120 >= 90 ? 1 : -1);

/** Starts to note the times of frames and of events of one kind in the page. */
function record({ kind, rest }) {
  const frames = [];
  const inputs = [];
  let ended;
  const frame = (now) => {
    frames.push(now);
    if (ended && now > (inputs.at(-1) ?? 0) + rest) ended({ frames, inputs });
    else requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const input = () => inputs.push(performance.now());
  addEventListener(kind, input, { capture: true, passive: true });
  // Once the input has rested.
  globalThis.endRecord = () =>
    new Promise((resolve) => {
      ended = (noted) => {
        removeEventListener(kind, input, { capture: true });
        resolve(noted);
      };
    });
}

/** Milliseconds the main thread of the page was busy so far. */
async function busy(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
}

/** The lengths of the frames with input, and the longest one after it. */
function lengths({ frames, inputs }) {
  const first = inputs[0];
  const last = inputs.at(-1);
  const during = [];
  let after = 0;
  for (let index = 1; index < frames.length; index += 1) {
    const [from, to] = [frames[index - 1], frames[index]];
    if (to <= first) continue;
    if (from <= last) during.push(to - from);
    else after = Math.max(after, to - from);
  }
  return { during, after };
}

/** A point on the card nearest to the middle of the canvas: whole pixels, as a mouse has them. */
function pointOnCard(view, flow) {
  const middle = { x: view.left + view.width / 2, y: view.top + view.height / 2 };
  let best;
  for (const { properties } of flow.nodes) {
    const left = view.left + view.x + properties.position.x * view.zoom;
    const top = view.top + view.y + properties.position.y * view.zoom;
    const at = { x: Math.round(left + 104 * view.zoom), y: Math.round(top + 32 * view.zoom) };
    // From afar cards are smaller than a pixel, and some lie between two.
    if (Math.abs(at.y - top - 32 * view.zoom) > 28 * view.zoom) continue;
    const distance = Math.hypot(at.x - middle.x, at.y - middle.y);
    if (!best || distance < best.distance) best = { ...at, distance };
  }
  return { x: best.x, y: best.y };
}

/** The event of one move. */
function eventOf(subject, gesture, way, at) {
  if (gesture === "drag") return { type: "mouseMoved", buttons: 1, ...at };
  const turn = { type: "mouseWheel", ...at };
  return gesture === "zoom"
    ? { ...turn, modifiers: 2, deltaX: 0, deltaY: way * subject.wheelToZoom }
    : { ...turn, deltaX: way * STRIDE.x, deltaY: way * STRIDE.y };
}

/** Sends the moves of a gesture; returns where the pointer is in the end. */
async function move(session, subject, gesture, start) {
  const begun = performance.now();
  const answers = [];
  const at = { ...start };
  for (let index = 0; index < MOVES; index += 1) {
    const wait = begun + index * PERIOD - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const way = direction(index);
    if (gesture === "drag") {
      at.x += (way * STRIDE.x) / 2;
      at.y += (way * STRIDE.y) / 2;
    }
    answers.push(session.send("Input.dispatchMouseEvent", eventOf(subject, gesture, way, at)));
  }
  await Promise.all(answers);
  return at;
}

/** Says so when what was measured is not what was meant. */
async function prove({ page, subject, gesture, at, before, middle }) {
  const { name, selected } = subject;
  if (gesture !== "drag") {
    if (["x", "y", "zoom"].every((part) => middle[part] === before[part])) {
      throw new Error(`${name}: the view did not follow (${gesture}).`);
    }
  } else if (selected) {
    const off = await page.evaluate(
      ({ selected, at }) => {
        const rect = document.querySelector(selected)?.getBoundingClientRect();
        return rect && Math.hypot(rect.x + rect.width / 2 - at.x, rect.y + rect.height / 2 - at.y);
      },
      { selected, at },
    );
    // A drag may begin a move late.
    if (off === undefined || off > STRIDE.x) throw new Error(`${name}: the dragged card did not follow.`);
  }
}

/**
 * Does one gesture and measures it: `during`, the lengths of the frames in which there was input;
 * `after`, the longest one once it rested; `work`, milliseconds of the main thread a frame.
 */
export async function measureGesture({ page, session }, subject, flow, gesture) {
  const before = await viewOf(page, subject);
  const middle = { x: before.left + before.width / 2, y: before.top + before.height / 2 };
  const mouse = gesture === "drag" ? pointOnCard(before, flow) : middle;
  await session.send("Input.dispatchMouseEvent", { type: "mouseMoved", ...mouse });
  if (gesture === "drag") {
    const press = { type: "mousePressed", button: "left", buttons: 1, clickCount: 1 };
    await session.send("Input.dispatchMouseEvent", { ...press, ...mouse });
  }
  await settle(page);

  await session.send("Performance.enable");
  await page.evaluate(record, { kind: gesture === "drag" ? "pointermove" : "wheel", rest: REST });
  const worked = await busy(session);
  const at = await move(session, subject, gesture, mouse);
  const work = (await busy(session)) - worked;
  const moved = await viewOf(page, subject);
  const { during, after } = lengths(await page.evaluate(() => globalThis.endRecord()));

  await prove({ page, subject, gesture, at, before, middle: moved });
  if (gesture === "drag") {
    // Back to where it was, so that the next gesture finds it there.
    await session.send("Input.dispatchMouseEvent", { type: "mouseMoved", buttons: 1, ...mouse });
    const release = { type: "mouseReleased", button: "left", clickCount: 1 };
    await session.send("Input.dispatchMouseEvent", { ...release, ...mouse });
  }
  return { during, after, work: work / during.length };
}
