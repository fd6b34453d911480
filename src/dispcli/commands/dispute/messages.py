"""dispcli dispute messages."""

from dispcli.commands.context import Run
from dispcli.commands.dispute.case import case_of
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.render.output import Page
from dispcli.render.sheets.exports import MESSAGES
from dispcli.services.conversations import conversation


def messages(run: Run, order: OneOrder, narrowing: Narrowing, showing: Showing) -> None:
    """Show the conversation.

    What buyer, seller and platform said, oldest first; on a terminal every text whole. 'dispute message'
    records more of it.
    """
    told = conversation(case_of(run, order, narrowing))
    output = output_of(run, showing)
    if output.is_table and not output.fields:
        output.conversation(told)
    else:
        output.list(MESSAGES, Page(told))
