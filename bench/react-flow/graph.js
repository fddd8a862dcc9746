// What React Flow is given for a dialog flow: a card for each node, a labelled edge for each edge.

function lineOf({ type, properties }) {
  if (type === "intent") return `${properties.intentName} · ${properties.examples.length} example`;
  return properties.say ?? properties.script ?? "";
}

/** The nodes and edges for the text of a dialog flow. */
export function graphOf(text) {
  const flow = JSON.parse(text);
  const nodes = flow.nodes.map((node) => ({
    id: node.id,
    type: "card",
    position: node.properties.position,
    // Known sizes spare React Flow a round of measuring.
    width: 208,
    height: 64,
    data: { kind: node.type, label: node.label, line: lineOf(node) },
  }));
  const edges = flow.edges.map(({ id, source, target, condition }) => ({
    id,
    source,
    target,
    label: condition ?? undefined,
  }));
  return { nodes, edges };
}

/** The text of the flow that the address carries; none when it carries none. */
export async function textInAddress() {
  const carried = location.hash.match(/^#flow=(.+)$/)?.[1];
  if (!carried) return undefined;
  const binary = atob(carried.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}
