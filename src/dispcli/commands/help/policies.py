"""dispcli help policies."""

from collections.abc import Iterator, Mapping

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.core.policy import ACTORS, CONSEQUENCES, STARTS, WINDOWS
from dispcli.render.output import Page
from dispcli.render.sheets.policies import POLICY_KEYS


def _for_each(words: Mapping[str, tuple[str, ...]]) -> str:
    """Each window with the words it can have."""
    return "; ".join(f"{name}: {' or '.join(known)}" for name, known in words.items())


KEYS = (
    ("name", "text", "the marketplace's name; needed where no policy of it is shipped"),
    ("zone", "text", "the clock its days are counted by: Europe/Berlin"),
    ("hosts", "texts", "its web addresses, without www"),
    ("order_page", "text", "the address of an order's page, {number} in it, on one of hosts"),
    ("reopening", "true or false", "whether a dispute is opened again after a cancel"),
    ("cancel_steps", "texts", "how to cancel on the site"),
    ("help_pages", "texts", "names of sources that are pages worth reading"),
    ("windows.NAME.by", "word", f"who must act: {_for_each(ACTORS)}"),
    (
        "windows.NAME.after",
        "word",
        f"what it is counted from: {_for_each(STARTS)}; delivery is the day it was promised for, where it "
        "has not arrived",
    ),
    ("windows.NAME.days", "number", "how many days"),
    ("windows.NAME.hours", "number", "how many hours, instead of days"),
    ("windows.NAME.business_days", "true or false", "only Monday to Friday count"),
    ("windows.NAME.then", "word", f"what its passing means: {_for_each(CONSEQUENCES)}"),
    ("windows.NAME.note", "text", "what else there is to it"),
    ("windows.NAME.source", "text", "the name of a source"),
    ("claims.REASON", "texts", "the platform's codes for a claim reason; an empty list where it has none"),
    ("cancel_reasons.REASON", "texts", "the platform's codes for a reason to cancel"),
    ("evidence.formats", "texts", "endings of files that are taken as evidence: jpg"),
    ("evidence.max_bytes", "number", "how large a file may be"),
    ("evidence.max_files", "number", "how many files there may be"),
    ("evidence.max_total_bytes", "number", "how large they may be together"),
    ("evidence.max_video_seconds", "number", "how long a video may be"),
    ("known_from.KEY", "text", "the name of the source of a value, or of a whole section"),
    ("sources.NAME.text", "text", "what it is"),
    ("sources.NAME.url", "text", "its address"),
    ("sources.NAME.seen", "day", "when you saw it: 2026-11-20"),
    ("sources.NAME.second_hand", "true or false", "it only tells what others say"),
)
"""What a policy file may say; a test holds it against the files that are shipped."""

EXAMPLE = """\
[windows.seller_answers]
days = 7
source = "rules"

[evidence]
formats = ["jpg", "png", "mp4"]
max_files = 5

[known_from]
evidence = "rules"

[sources.rules]
text = "the rules my order's page links to"
url = "https://www.aliexpress.com/"
seen = 2026-11-20
"""


def policies(run: Run, showing: Showing) -> None:
    """Policies of your own.

    A file NAME.toml in the folder 'policies' beside your configuration file says what differs from the
    shipped policy of the marketplace NAME; for a marketplace without one, from the neutral policy, which
    neutral.toml may change. 'dispcli policy check' tells every mistake in it, and what it changes.
    """
    output = output_of(run, showing)
    output.list(POLICY_KEYS, Page(KEYS))
    if output.is_table:
        output.page(_more(str(run.policies_folder)))


def _more(folder: str) -> Iterator[str]:
    yield from ("", "Windows:", f"  {', '.join(WINDOWS)}")
    yield from ("", f"As in {folder}/aliexpress.toml:", "")
    yield from (f"  {line}".rstrip() for line in EXAMPLE.splitlines())
    yield from ("", "What names no source is known from your own file.")
