"""What items say of themselves: title, description and topics, against what a member chose and wanted."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from core.domain.catalogue import words_of
from core.recommend.base import Reason, Recommender, Scores
from core.recommend.signals import Items, Numbers, Signals, row

TOPIC = 1.0  # length of an item's topics beside its words
CHOICE = 3.0  # signals that chosen topics are worth


class Content(Recommender):
    """TF-IDF of words beside topics; a member is what they wanted, and the topics they chose.

    `choice` is how many signals chosen topics are worth: they come first where there is nothing else.
    """

    def __init__(self, choice: float = CHOICE) -> None:
        self.choice = choice
        self.name = "content"

    def _learn(self, signals: Signals, items: Items | None) -> None:
        parts = [self._words(items, signals.items), self._topics(items, signals.items)]
        if not signals.items or not sum(part.shape[1] for part in parts):
            self.features_ = sp.csr_array((signals.items, 1), dtype=np.float32)
            self.profiles_ = sp.csr_array((signals.members, 1), dtype=np.float32)
            return
        self.features_ = sp.csr_array(normalize(sp.hstack(parts, format="csr")))
        wanted = signals.matrix @ self.features_
        if items is not None and items.chosen is not None and items.chosen.shape[1]:
            empty = sp.csr_array((signals.members, parts[0].shape[1]), dtype=np.float32)
            chosen = sp.hstack([empty, normalize(items.chosen)], format="csr")
            wanted = wanted + self.choice * chosen
        self.profiles_ = sp.csr_array(normalize(wanted))

    @staticmethod
    def _words(items: Items | None, count: int) -> sp.csr_array:
        said = [] if items is None else list(items.texts)
        if not any(words_of(text) for text in said):
            return sp.csr_array((count, 0), dtype=np.float32)
        vectors = TfidfVectorizer(analyzer=words_of, sublinear_tf=True, dtype=np.float32).fit_transform(said)
        return sp.csr_array(vectors)

    @staticmethod
    def _topics(items: Items | None, count: int) -> sp.csr_array:
        if items is None or items.topics is None:
            return sp.csr_array((count, 0), dtype=np.float32)
        return sp.csr_array(TOPIC * normalize(sp.csr_array(items.topics, dtype=np.float32)))

    def score(self, members: Numbers) -> Scores:
        """Return the cosine of a member's profile and each item."""
        return np.asarray((self.profiles_[members] @ self.features_.T).toarray(), np.float32)

    def likeness(self) -> Scores:
        """Return items × items: the cosine of what they say."""
        return np.asarray((self.features_ @ self.features_.T).toarray(), np.float32)

    def because(self, member: int, item: int) -> Reason:
        """Name a topic that was chosen, else the wanted item that is most like this one."""
        about = self.catalogue_
        if about is not None and about.chosen is not None and about.topics is not None:
            shared = set(row(about.chosen, member).tolist()) & set(row(about.topics, item).tolist())
            if shared:
                return Reason(key="because-topic", topic=min(shared))
        likeness = np.asarray((self.features_ @ self.features_[[item]].T).toarray(), np.float32).ravel()
        near = self._nearest(member, likeness)
        return Reason(key="because-nothing-known") if near is None else Reason(key="because-like", item=near)
