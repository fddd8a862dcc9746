// The flows that are measured: generated, the same on every machine and run. Every page reads the
// same text.
import { deflateRawSync } from "node:zlib";

const VARIABLES = ["agent", "tier", "queue", "topic"];
const SAYINGS = [
  "Thanks, let me look.",
  "Your order number, please?",
  "Für Rückfragen: jederzeit.",
  "I am connecting you.",
];
/** From card to card, in world units. */
const STEP = { x: 304, y: 112 };
/** The width of a flow by its height: about that of Flowdeck's canvas in the window. */
const SHAPE = 0.9;

function kindOf(index, last) {
  if (index === 0) return "start";
  if (index === last) return "end";
  return { 1: "intent", 3: "condition" }[index % 8] ?? "action";
}

function propertiesOf(kind, index) {
  const turn = (index >> 1) % 4;
  if (kind === "intent") return { intentName: `intent_${index % 97}`, examples: [`Help with ${index}`] };
  if (kind !== "action") return {};
  return index % 2 ? { say: SAYINGS[turn] } : { script: `routeTo($context.${VARIABLES[turn]})` };
}

/**
 * The text of a dialog flow of `count` nodes with positions, about 1.1 edges a node: stretches that
 * greet, ask, branch and answer, laid in rows. Nothing is wrong with it but, where it is large, the
 * number of nodes.
 */
export function flowText(count) {
  const last = count - 1;
  const columns = Math.ceil(Math.sqrt((count * SHAPE * STEP.y) / STEP.x));
  const nodes = [];
  const edges = [];
  const edge = (source, target, condition) =>
    edges.push({ id: `e${edges.length}`, source: `n${source}`, target: `n${target}`, condition });
  for (let index = 0; index < count; index += 1) {
    const type = kindOf(index, last);
    const position = { x: (index % columns) * STEP.x, y: Math.floor(index / columns) * STEP.y };
    nodes.push({
      id: `n${index}`,
      type,
      label: `Step ${index}`,
      properties: { ...propertiesOf(type, index), position },
    });
    if (type === "condition") edge(index, Math.min(index + 3, last), "intent.confidence > 0.8");
    if (index < last) edge(index, index + 1, null);
  }
  const variables = VARIABLES.map((name) => ({ name, type: "string", default: "general" }));
  return JSON.stringify(
    { id: "support", name: "Customer Support", version: "1.2.0", entryPoint: "n0", nodes, edges, variables },
    null,
    1,
  );
}

/** `text` as the address of a page carries it: `#flow=` and this. */
export function packed(text) {
  return deflateRawSync(text).toString("base64url");
}
