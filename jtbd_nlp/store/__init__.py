"""What has been done already, and how output takes its place."""

from __future__ import annotations

from jtbd_nlp.store.results import ResultStore
from jtbd_nlp.store.spool import Spool
from jtbd_nlp.store.staging import OutputPlace, output_place, replace_folder

__all__ = ["OutputPlace", "ResultStore", "Spool", "output_place", "replace_folder"]
