"""dispcli help: its topics, and `help COMMAND` for `COMMAND --help`."""

from typing import Any, cast

from typer._click import Command, Context
from typer._click.shell_completion import CompletionItem

from dispcli.commands.lazy import LazyGroup


class HelpGroup(LazyGroup):
    """Lists its topics; takes every other command's name too. Where a topic has the same name, it wins."""

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """A topic, or a command of the root, so that what follows its name can be completed."""
        return super().get_command(ctx, cmd_name) or _root(ctx).get_command(ctx, cmd_name)

    def invoke(self, ctx: Context) -> Any:
        """Show the topic; or what the command says about itself, under its own name."""
        words = [*ctx._protected_args, *ctx.args]
        if not words or words[0] in self.table or words[0] not in _root(ctx).table:
            return super().invoke(ctx)
        asked = [*words[: _options_begin(words)], "--help"]
        with _root(ctx).make_context("dispcli", asked, obj=ctx.obj) as context:
            return _root(ctx).invoke(context)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Topics, then commands."""
        topics = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-"):
            return topics
        commands = _root(ctx).shell_complete(ctx, incomplete)
        return [*topics, *(command for command in commands if command.value not in self.table)]


def _root(ctx: Context) -> LazyGroup:
    return cast(LazyGroup, ctx.find_root().command)


def _options_begin(words: list[str]) -> int:
    return next((index for index, word in enumerate(words) if word.startswith("-")), len(words))
