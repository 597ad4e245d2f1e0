"""Privacy: transcripts with stand-ins for names, addresses and numbers, and the key to them."""

from __future__ import annotations

from jtbd_nlp.privacy.api import Pseudonymised, pseudonymise, without_names
from jtbd_nlp.privacy.key import Interview, Key, StandIn, check_key, load_key, save_key

__all__ = ["Interview", "Key", "Pseudonymised", "StandIn", "check_key", "load_key", "pseudonymise", "save_key", "without_names"]
