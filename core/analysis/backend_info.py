"""What the networkx backend "kith" offers; networkx reads it on import, so that nothing is loaded here."""

from __future__ import annotations

from typing import Any

FUNCTIONS = {
    "average_clustering": "as clustering",
    "betweenness_centrality": "NetworKit; without direction above 2,000 members sampled to ±0.005 with 90 %",
    "clustering": "NetworKit; with direction SciPy",
    "connected_components": "SciPy",
    "core_number": "NetworKit",
    "leiden_communities": "NetworKit",
    "louvain_communities": "NetworKit, refined; without direction only",
    "modularity": "NumPy",
    "number_connected_components": "SciPy",
    "number_weakly_connected_components": "SciPy",
    "overall_reciprocity": "SciPy",
    "pagerank": "SciPy",
    "reciprocity": "SciPy",
    "strongly_connected_components": "SciPy",
    "weakly_connected_components": "SciPy",
}


def info() -> dict[str, Any]:
    """Return the backend's description in the shape networkx asks for."""
    return {
        "backend_name": "kith",
        "project": "kith",
        "package": "core.analysis",
        "short_summary": "Ties of a community on SciPy and NetworKit.",
        "functions": {name: {"additional_docs": how} for name, how in FUNCTIONS.items()},
    }
