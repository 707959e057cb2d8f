"""Filing: the acts on periods and quarterly returns (domain.md section 5).

Each asks access itself, moves a return on only from the version that the caller saw, and leaves its event in the
trail, in one transaction. Callers import from here.
"""

from indicators.queries.filing.returns import NOT_BEGUN
from indicators.services.filing.drafts import SavedDraft, save_draft, save_return
from indicators.services.filing.evidence import AddedEvidence, add_evidence, remove_evidence
from indicators.services.filing.imports import Published, bootstrap_published, file_published
from indicators.services.filing.periods import Reopened, close_period, open_period, reopen_units
from indicators.services.filing.publishing import explain_differences, publish_period
from indicators.services.filing.refusals import (
    ABOUT_RIGHTS,
    AlreadyDoneError,
    Conflict,
    DatesError,
    FilingError,
    OpenFindingsError,
    StaleReturnError,
    UnexplainedError,
    UnreadableError,
)
from indicators.services.filing.review import (
    Outcome,
    approve_each,
    approve_return,
    begin_review,
    reopen_return,
    send_back_return,
)
from indicators.services.filing.submission import submit_return, withdraw_return
from indicators.services.filing.town_uploads import TownComparison, compare_towns
from indicators.services.filing.towns import TownDraft, TownsRefusedError, fill_in_towns
from indicators.services.filing.typed import Typed
from indicators.services.filing.uploads import (
    CellChange,
    Comparison,
    Doubt,
    SentCell,
    SentReturn,
    Verdict,
    as_sent,
    compare,
    doubts_about,
)

__all__ = [
    "ABOUT_RIGHTS",
    "NOT_BEGUN",
    "AddedEvidence",
    "AlreadyDoneError",
    "CellChange",
    "Comparison",
    "Conflict",
    "DatesError",
    "Doubt",
    "FilingError",
    "OpenFindingsError",
    "Outcome",
    "Published",
    "Reopened",
    "SavedDraft",
    "SentCell",
    "SentReturn",
    "StaleReturnError",
    "TownComparison",
    "TownDraft",
    "TownsRefusedError",
    "Typed",
    "UnexplainedError",
    "UnreadableError",
    "Verdict",
    "add_evidence",
    "approve_each",
    "approve_return",
    "as_sent",
    "begin_review",
    "bootstrap_published",
    "close_period",
    "compare",
    "compare_towns",
    "doubts_about",
    "explain_differences",
    "file_published",
    "fill_in_towns",
    "open_period",
    "publish_period",
    "remove_evidence",
    "reopen_return",
    "reopen_units",
    "save_draft",
    "save_return",
    "send_back_return",
    "submit_return",
    "withdraw_return",
]
