"""Recommenders: pure estimators and their evaluation."""

from core.recommend.base import Reason, Recommender
from core.recommend.blend import Blend
from core.recommend.content import Content
from core.recommend.ease import EASE
from core.recommend.evaluate import Evaluation, Measured, NothingToTest, evaluate
from core.recommend.judge import FEWEST, Judgement, judge
from core.recommend.likeness import BM25, ItemToItem
from core.recommend.popularity import Popularity
from core.recommend.signals import Items, Signals

__all__ = [
    "BM25",
    "EASE",
    "FEWEST",
    "Blend",
    "Content",
    "Evaluation",
    "ItemToItem",
    "Items",
    "Judgement",
    "Measured",
    "NothingToTest",
    "Popularity",
    "Reason",
    "Recommender",
    "Signals",
    "evaluate",
    "judge",
]
