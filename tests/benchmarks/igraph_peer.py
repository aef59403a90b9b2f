"""Time python-igraph on an edge list, in an environment where that is installed: PYTHON igraph_peer.py FILE."""

from __future__ import annotations

import json
import random
import sys
import time

import igraph


def main() -> None:
    """Print seconds by operation."""
    random.seed(1)
    seconds: dict[str, float] = {}

    def clock(name: str, work):
        start = time.perf_counter()
        result = work()
        seconds[name] = time.perf_counter() - start
        return result

    def load():
        with open(sys.argv[1]) as stream:
            rows = [line.split() for line in stream]
        pairs = [(int(a), int(b)) for a, b, _ in rows]
        return igraph.Graph(pairs, directed=True, edge_attrs={"weight": [float(w) for _, _, w in rows]})

    directed = clock("load", load)
    graph = clock("undirected", lambda: directed.as_undirected(combine_edges={"weight": "sum"}))
    clock("pagerank", lambda: directed.pagerank(weights="weight"))
    clock("reciprocity", directed.reciprocity)
    clock("components", lambda: directed.connected_components("weak"))
    clock("core", graph.coreness)
    clock("clustering", lambda: graph.transitivity_local_undirected(mode="zero"))
    found = clock("circles", lambda: graph.community_leiden("modularity", weights="weight", n_iterations=2))
    seconds["modularity"] = found.modularity
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
