"""What a pipeline in Python does with the same files: pydantic reads, networkx checks.

    cargo bench -p flowdeck-flow --bench budgets -- --write DIRECTORY
    python3 -m venv VENV && VENV/bin/pip install pydantic networkx
    VENV/bin/python crates/flow/benches/peer/checks.py DIRECTORY/*.json

Prints the median of several runs for each file, in milliseconds: reading, then reading and the
checks of `tests/rules_differential.rs` with those for missing ends and repeated ids.
"""

import re
import statistics
import sys
import time
from typing import Any

import networkx as nx
from pydantic import BaseModel, Field

TERMINAL = {"end", "fallback"}
SUPPORTED = {"start", "intent", "action", "condition", "end", "fallback"}


class Node(BaseModel):
    id: str
    type: str
    label: str
    properties: dict[str, Any] = Field(default_factory=dict)


class Edge(BaseModel):
    id: str
    source: str
    target: str
    condition: str | None = None


class Variable(BaseModel):
    name: str
    type: str
    default: Any = None


class Flow(BaseModel):
    id: str
    name: str
    version: str
    entryPoint: str
    nodes: list[Node]
    edges: list[Edge]
    variables: list[Variable] = Field(default_factory=list)


def check(flow: Flow) -> list[tuple[str, Any]]:
    problems: list[tuple[str, Any]] = []
    ids = {node.id for node in flow.nodes}
    if len(ids) < len(flow.nodes):
        problems.append(("FD104", len(flow.nodes) - len(ids)))
    if flow.entryPoint not in ids:
        problems.append(("FD101", flow.entryPoint))
    for edge in flow.edges:
        if edge.source not in ids:
            problems.append(("FD102", edge.id))
        if edge.target not in ids:
            problems.append(("FD103", edge.id))
    if len(flow.nodes) > 500:
        problems.append(("FD201", len(flow.nodes)))
    problems += [("FD202", node.id) for node in flow.nodes if node.type not in SUPPORTED]
    if re.fullmatch(r"\d+\.\d+\.\d+", flow.version, re.ASCII) is None:
        problems.append(("FD203", flow.version))
    declared = {variable.name for variable in flow.variables}
    for node in flow.nodes:
        names = set(re.findall(r"\$\{(\w+)\}", str(node.properties.get("script", ""))))
        problems += [("FD301", (node.id, name)) for name in names - declared]
    graph = nx.DiGraph()
    for node in flow.nodes:
        graph.add_node(node.id, type=node.type)
    for edge in flow.edges:
        if edge.source in ids and edge.target in ids:
            graph.add_edge(edge.source, edge.target)
    reached = set()
    if flow.entryPoint in graph:
        reached = nx.descendants(graph, flow.entryPoint) | {flow.entryPoint}
    problems += [("FD401", node) for node in graph if node not in reached]
    problems += [
        ("FD402", node)
        for node, kind in graph.nodes(data="type")
        if kind not in TERMINAL and graph.out_degree(node) == 0
    ]
    marked = [node.id for node in flow.nodes if node.properties.get("isFallback")]
    loops = graph.copy()
    loops.remove_nodes_from(marked)
    loops.remove_nodes_from([n for n, kind in graph.nodes(data="type") if kind in TERMINAL])
    for component in nx.strongly_connected_components(loops):
        first = next(iter(component))
        if len(component) > 1 or loops.has_edge(first, first):
            problems.append(("FD403", sorted(component)))
    return problems


def median(job) -> float:
    times = []
    begun = time.perf_counter()
    while len(times) < 5 or time.perf_counter() - begun < 2:
        start = time.perf_counter()
        job()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def main() -> None:
    print("| file | MB | read | read + checks | problems |\n|---|--:|--:|--:|--:|")
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            data = file.read()
        read = median(lambda: Flow.model_validate_json(data))
        both = median(lambda: check(Flow.model_validate_json(data)))
        found = len(check(Flow.model_validate_json(data)))
        name = path.rsplit("/", 1)[-1]
        print(f"| {name} | {len(data) / 1e6:.2f} | {read:.1f} | {both:.1f} | {found} |", flush=True)


main()
