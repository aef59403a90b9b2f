"""What an activity changed: experiments at random, blocks in a drawn order, and before against after."""

from core.analysis.effect.activities import measure
from core.analysis.effect.compare import Arm, Comparison, Experiment, SampleRatio, compare, experiment, smallest_effect
from core.analysis.effect.discoveries import discoveries
from core.analysis.effect.panel import Difference, difference_in_differences
from core.analysis.effect.spillover import Spillover, spillover
from core.analysis.effect.switchback import BLOCKS_NEEDED, Switchback, draw_order, switchback

__all__ = [
    "BLOCKS_NEEDED",
    "Arm",
    "Comparison",
    "Difference",
    "Experiment",
    "SampleRatio",
    "Spillover",
    "Switchback",
    "compare",
    "difference_in_differences",
    "discoveries",
    "draw_order",
    "experiment",
    "measure",
    "smallest_effect",
    "spillover",
    "switchback",
]
