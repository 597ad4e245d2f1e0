"""Embeddings -> Clustering, and stories -> groups of stories."""

from __future__ import annotations

from jtbd_nlp.cluster.groups import group_stories
from jtbd_nlp.cluster.matrix import story_matrix
from jtbd_nlp.cluster.saturation import saturation
from jtbd_nlp.cluster.statements import cluster_statements

__all__ = ["cluster_statements", "group_stories", "saturation", "story_matrix"]
