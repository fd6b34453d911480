"""dispcli export: what can be exported; `--all FILE` for the archive."""

from typer._click import Context

from dispcli.commands.lazy import LazyGroup


class ExportGroup(LazyGroup):
    """Takes `--all` for the verb `all`, where no other verb stands before it."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """The words with the verb in its plain form."""
        place = next((place for place, word in enumerate(args) if word in ("--all", *self.table)), None)
        if place is not None and args[place] == "--all":
            args = [*args[:place], "all", *args[place + 1 :]]
        return super().parse_args(ctx, args)
