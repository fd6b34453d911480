"""Every command there is: its name, where it lives, its one-line help."""

from collections.abc import Mapping
from types import MappingProxyType

from dispcli.commands.lazy import Noun, Verb

_HERE = "dispcli.commands"

_ORDERS = {
    "list": Verb(f"{_HERE}.orders.list:list_orders", "List orders, disputes marked."),
    "show": Verb(f"{_HERE}.orders.show:show", "Show an order with its lines and disputes."),
    "add": Verb(f"{_HERE}.orders.add:add", "Add an order by hand."),
    "set": Verb(f"{_HERE}.orders.set:set_facts", "Set an order's status, dates or tracking number."),
    "link": Verb(f"{_HERE}.orders.link:link", "Join a payment to the purchase it paid for."),
    "import": Verb(f"{_HERE}.imports.command:import_files", "Import orders, disputes, refunds."),
}
_EVIDENCE = {
    "add": Verb(f"{_HERE}.dispute.evidence.add:add", "Keep files that prove something."),
    "list": Verb(f"{_HERE}.dispute.evidence.list:list_evidence", "List the files kept of a dispute."),
    "show": Verb(f"{_HERE}.dispute.evidence.show:show", "Show one file: where it is, what a photo tells."),
    "export": Verb(f"{_HERE}.dispute.evidence.export:export", "Pack a whole case into a ZIP."),
    "verify": Verb(f"{_HERE}.dispute.evidence.verify:verify", "Compare the files with their digests."),
    "remove": Verb(f"{_HERE}.dispute.evidence.remove:remove", "Keep a file no longer; the record stays."),
}
_DISPUTE: dict[str, Verb | Noun] = {
    "list": Verb(f"{_HERE}.dispute.list:list_disputes", "List disputes, the open ones by default."),
    "show": Verb(f"{_HERE}.dispute.show:show", "Show everything about a dispute, and what may be done now."),
    "open": Verb(f"{_HERE}.dispute.open:open_dispute", "Record a dispute that was opened."),
    "revise": Verb(f"{_HERE}.dispute.revise:revise", "Change the claim: reason, remedy, amount."),
    "answer": Verb(f"{_HERE}.dispute.answer:answer", "Record the seller's answer: an offer or a refusal."),
    "concede": Verb(
        f"{_HERE}.dispute.moves:concede", "Record that the seller gives in, or kept silent too long."
    ),
    "accept": Verb(
        f"{_HERE}.dispute.moves:accept", "Accept the seller's offer; closes the case on its terms."
    ),
    "escalate": Verb(f"{_HERE}.dispute.moves:escalate", "Record that the marketplace was asked to judge."),
    "decide": Verb(f"{_HERE}.dispute.decide:decide", "Record the marketplace's ruling."),
    "ship-return": Verb(f"{_HERE}.dispute.moves:ship_return", "Record that the goods are on their way back."),
    "settlement": Verb(
        f"{_HERE}.dispute.settlement:settlement", "Note a refund or replacement: promised, issued, received."
    ),
    "lapse": Verb(f"{_HERE}.dispute.moves:lapse", "Record that your own time ran out; final."),
    "message": Verb(f"{_HERE}.dispute.message:message", "Record what was said."),
    "messages": Verb(f"{_HERE}.dispute.messages:messages", "Show what was said."),
    "draft": Verb(
        f"{_HERE}.dispute.draft:draft", "Print a text to send: to the seller, to customer service."
    ),
    "set": Verb(f"{_HERE}.dispute.set:set_due", "Set by when somebody must act."),
    "evidence": Noun("Files that prove something: keep, show, pack.", MappingProxyType(_EVIDENCE)),
    "cancel": Verb(
        f"{_HERE}.dispute.cancel:cancel", "Cancel a dispute, with a reason; final once confirmed."
    ),
    "confirm": Verb(f"{_HERE}.dispute.confirm:confirm", "Confirm a pending cancel; final."),
    "keep": Verb(f"{_HERE}.dispute.moves:keep", "Keep the dispute: withdraw a pending cancel."),
    "done": Verb(f"{_HERE}.dispute.done:done", "Say that the site shows the cancel."),
    "uphold": Verb(f"{_HERE}.dispute.uphold:uphold", "Say that the record is right, and the site is wrong."),
    "advise": Verb(f"{_HERE}.dispute.advise:advise", "Say whether to cancel, and why; changes nothing."),
    "history": Verb(f"{_HERE}.dispute.history:history", "Show every recorded step: who, when, why."),
    "reasons": Verb(f"{_HERE}.dispute.reasons:reasons", "List the reasons to claim and to cancel."),
}
_SELLERS = {
    "list": Verb(f"{_HERE}.sellers.list:list_sellers", "List sellers with how disputes with them ended."),
    "show": Verb(f"{_HERE}.sellers.show:show", "Show a seller with its orders and disputes."),
    "rate": Verb(f"{_HERE}.sellers.rate:rate", "Rate a seller, or keep a note about one."),
}
_EXPORT = {
    "orders": Verb(f"{_HERE}.export.orders:export_orders", "Export orders, a row a line."),
    "disputes": Verb(f"{_HERE}.export.disputes:export_disputes", "Export disputes, closed ones too."),
    "history": Verb(f"{_HERE}.export.history:export_history", "Export every recorded step."),
    "messages": Verb(f"{_HERE}.export.messages:export_messages", "Export what was said."),
    "agenda": Verb(f"{_HERE}.export.agenda:export_agenda", "Export what needs you."),
    "all": Verb(
        f"{_HERE}.export.everything:export_all", "Write the whole ledger into an archive; also --all FILE."
    ),
}
_LEDGER = {
    "init": Verb(f"{_HERE}.ledger.init:init", "Make a new, empty ledger."),
    "path": Verb(f"{_HERE}.ledger.path:path", "Print where the ledger is."),
    "info": Verb(f"{_HERE}.ledger.info:info", "Show what the ledger holds."),
    "upgrade": Verb(f"{_HERE}.ledger.upgrade:upgrade", "Bring an older ledger to this version's schema."),
    "conflicts": Verb(f"{_HERE}.ledger.conflicts:conflicts", "List what imports contradict."),
    "check": Verb(f"{_HERE}.ledger.check:check", "Check every row against its history and the rules."),
}
_HELP = {
    "exit-codes": Verb(f"{_HERE}.help.exit_codes:exit_codes", "What each exit code means."),
    "states": Verb(f"{_HERE}.help.states:states", "How a dispute moves: table and Mermaid diagram."),
    "batch": Verb(f"{_HERE}.help.batch:batch", "The lines of a batch: operations, fields, results."),
    "schema": Verb(f"{_HERE}.help.schema:schema", "The JSON Schema of each document."),
    "filters": Verb(f"{_HERE}.help.filters:filters", "The filters of --where: their fields, with examples."),
    "drafts": Verb(f"{_HERE}.help.drafts:drafts", "The texts of dispute draft, and how to write your own."),
    "formats": Verb(f"{_HERE}.help.formats:formats", "What can be imported, and how a mapping is written."),
    "policies": Verb(f"{_HERE}.help.policies:policies", "Policies of your own: what a file may say."),
    "environment": Verb(f"{_HERE}.help.environment:environment", "The environment variables dispcli reads."),
}

COMMANDS: Mapping[str, Verb | Noun] = MappingProxyType(
    {
        "orders": Noun("Orders: list, show, add, set, link, import.", MappingProxyType(_ORDERS)),
        "dispute": Noun("Disputes: open, follow, settle, cancel.", MappingProxyType(_DISPUTE)),
        "agenda": Verb(f"{_HERE}.agenda.command:show_agenda", "What needs you, the most urgent first."),
        "sellers": Noun("Sellers and how disputes with them went.", MappingProxyType(_SELLERS)),
        "import": Verb(f"{_HERE}.imports.command:import_files", "Import orders, disputes, refunds."),
        "export": Noun(
            "Export orders, disputes, histories, messages, the agenda; or all.",
            MappingProxyType(_EXPORT),
            f"{_HERE}.export.group:ExportGroup",
        ),
        "ledger": Noun("The ledger file itself.", MappingProxyType(_LEDGER)),
        "policy": Noun(
            "Marketplaces' rules.",
            MappingProxyType(
                {
                    "list": Verb(f"{_HERE}.policy.list:list_policies", "List policies."),
                    "show": Verb(
                        f"{_HERE}.policy.show:show", "Show a marketplace's windows, reasons, evidence, steps."
                    ),
                    "check": Verb(
                        f"{_HERE}.policy.check:check",
                        "Check your own policies: mistakes, and what they change.",
                    ),
                }
            ),
        ),
        "config": Noun(
            "Settings.",
            MappingProxyType(
                {
                    "list": Verb(
                        f"{_HERE}.config.list:list_settings", "List settings and where they come from."
                    )
                }
            ),
        ),
        "batch": Verb(f"{_HERE}.batch.command:batch", "Run many operations from a file or a pipe."),
        "demo": Verb(f"{_HERE}.demo:demo", "Run the main job on demo data in a temporary ledger."),
        "help": Noun(
            "Help on a COMMAND, exit codes, states, filters, formats, batches, schemas.",
            MappingProxyType(_HELP),
            f"{_HERE}.help.group:HelpGroup",
        ),
    }
)
