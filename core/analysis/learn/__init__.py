"""Learning who will do something, with probabilities that mean what they say."""

from core.analysis.learn.fit import Learned
from core.analysis.learn.measure import Quality
from core.analysis.learn.model import Model, probability, read_model
from core.analysis.learn.table import FromTable, learn_table, predict_table

__all__ = ["FromTable", "Learned", "Model", "Quality", "learn_table", "predict_table", "probability", "read_model"]
