// A page with a flow in React Flow, written as its documentation advises: node types outside of the
// component, memoised nodes, controlled state. `?visible` renders only what is in view, and
// `?box=LEFT,TOP,WIDTH,HEIGHT` says where in the window the canvas is.
import {
  Background,
  Controls,
  Handle,
  Position,
  ReactFlow,
  useEdgesState,
  useNodesState,
} from "@xyflow/react";
import { memo, useCallback, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { graphOf, textInAddress } from "./graph.js";

const STROKES = {
  start: "M5 3.5v9l7.5-4.5z",
  intent: "M2 3h12v8H7l-3 2.7V11H2z",
  action: "M9 1.5 3 9h4.5L7 14.5 13 7H8.5z",
  condition: "M8 1.8 14.2 8 8 14.2 1.8 8z",
  end: "M3.5 3.5h9v9h-9z",
};

const Card = memo(function Card({ data }) {
  return (
    <div className="card" role="group" aria-label={`${data.label}, ${data.kind}`} data-kind={data.kind}>
      <Handle type="target" position={Position.Left} />
      <span className="card-glyph">
        <svg viewBox="0 0 16 16" className="icon" aria-hidden="true">
          <path d={STROKES[data.kind]} />
        </svg>
      </span>
      <span className="card-text">
        <span className="card-type">{data.kind}</span>
        <span className="card-label">{data.label}</span>
        <span className="card-line">{data.line}</span>
      </span>
      {data.kind !== "end" && <Handle type="source" position={Position.Right} />}
    </div>
  );
});

const NODE_TYPES = { card: Card };
const query = new URLSearchParams(location.search);

/** The first look of Flowdeck at a large flow: its beginning, at a zoom that can be read. */
function firstLook(height) {
  return { x: 72, y: height / 2 - 32 * 0.75, zoom: 0.75 };
}

function Page({ height }) {
  const [nodes, setNodes, onNodesChange] = useNodesState([]);
  const [edges, setEdges, onEdgesChange] = useEdgesState([]);
  const open = useCallback(
    (text) => {
      const graph = graphOf(text);
      setNodes(graph.nodes);
      setEdges(graph.edges);
    },
    [setNodes, setEdges],
  );
  useEffect(() => {
    textInAddress().then((text) => text && open(text));
    const input = document.getElementById("file-input");
    const opened = () => input.files[0].text().then(open);
    input.addEventListener("change", opened);
    return () => input.removeEventListener("change", opened);
  }, [open]);
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onInit={(instance) => {
        // For the benchmark, which sets views without a gesture.
        globalThis.reactFlow = instance;
      }}
      defaultViewport={firstLook(height)}
      minZoom={0.002}
      maxZoom={4}
      // The gestures of Flowdeck: the wheel pans, with Ctrl it zooms.
      panOnScroll
      panOnScrollSpeed={1}
      onlyRenderVisibleElements={query.has("visible")}
    >
      <Background gap={24} />
      <Controls />
    </ReactFlow>
  );
}

const [left, top, width, height] = query.has("box")
  ? query.get("box").split(",").map(Number)
  : [0, 0, innerWidth, innerHeight];
const root = document.getElementById("root");
Object.assign(root.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
createRoot(root).render(<Page height={height} />);
