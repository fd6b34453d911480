"""Every list there is, for schemas and for tests that must forget none."""

from dispcli.render.sheets.agenda import AGENDA
from dispcli.render.sheets.batch import BATCH
from dispcli.render.sheets.disputes import CHANGES, CONFLICTS, DISPUTES
from dispcli.render.sheets.evidence import EVIDENCE, EVIDENCE_CHANGES, EVIDENCE_TROUBLES
from dispcli.render.sheets.exports import HISTORY, LINES, MESSAGES
from dispcli.render.sheets.history import EVENTS, FINDINGS, REASONS
from dispcli.render.sheets.orders import IMPORTS, ORDER_CHANGES, ORDERS
from dispcli.render.sheets.policies import POLICIES, POLICY_CHANGES, POLICY_KEYS, WINDOWS
from dispcli.render.sheets.sellers import SELLER_CHANGES, SELLERS
from dispcli.render.sheets.topics import (
    DRAFTS,
    EXIT_CODES,
    FILTERS,
    FORMATS,
    PROBLEMS,
    SETTINGS,
    TRANSITIONS,
    VARIABLES,
)

SHEETS = (
    ORDERS,
    ORDER_CHANGES,
    IMPORTS,
    DISPUTES,
    CHANGES,
    CONFLICTS,
    AGENDA,
    BATCH,
    SELLERS,
    SELLER_CHANGES,
    EVENTS,
    EVIDENCE,
    EVIDENCE_CHANGES,
    EVIDENCE_TROUBLES,
    FINDINGS,
    LINES,
    HISTORY,
    MESSAGES,
    REASONS,
    SETTINGS,
    PROBLEMS,
    EXIT_CODES,
    FILTERS,
    DRAFTS,
    FORMATS,
    VARIABLES,
    TRANSITIONS,
    WINDOWS,
    POLICIES,
    POLICY_CHANGES,
    POLICY_KEYS,
)
