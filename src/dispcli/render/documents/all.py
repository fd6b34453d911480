"""Everything that is shown whole, for schemas and for tests that must forget none."""

from dispcli.render.documents.advice import ADVICE
from dispcli.render.documents.dispute import DISPUTE
from dispcli.render.documents.draft import DRAFT
from dispcli.render.documents.evidence import EVIDENCE_FILE
from dispcli.render.documents.ledger import LEDGER
from dispcli.render.documents.order import ORDER
from dispcli.render.documents.policy import POLICY
from dispcli.render.documents.seller import SELLER

DOCUMENTS = (DISPUTE, DRAFT, ORDER, SELLER, ADVICE, POLICY, LEDGER, EVIDENCE_FILE)
