"""The audit trail: events are appended to their chain, and the chains are verified. Callers import from here."""

from indicators.models.audit import ACCOUNTS_CHAIN
from indicators.services.audit.recording import Act, event_hash, record
from indicators.services.audit.verification import (
    Anchor,
    AnchorError,
    ChainCheck,
    checks,
    faults_beside,
    verify_chains,
)

__all__ = [
    "ACCOUNTS_CHAIN",
    "Act",
    "Anchor",
    "AnchorError",
    "ChainCheck",
    "checks",
    "event_hash",
    "faults_beside",
    "record",
    "verify_chains",
]
