"""The days of an order as they are typed: what one command tells must not contradict itself."""

from collections.abc import Mapping, Sequence

from dispcli.commands.context import Run
from dispcli.core.order_results import OrderResult
from dispcli.core.plausibility import out_of_order
from dispcli.errors import UsageProblem

_TOLD_ONE_BY_ONE = 5
"""Of more orders than this the doubts are not told one by one."""


def require_in_order(told: Mapping[str, str | None]) -> None:
    """Raises UsageProblem where one of these days can't be as another one is."""
    if mistakes := out_of_order(told, told):
        raise UsageProblem(mistakes[0], details=mistakes[1:], hint="say each day as the site shows it")


def warn_of_doubts(run: Run, results: Sequence[OrderResult]) -> None:
    """Tell what is unlikely about what was recorded."""
    doubted = [result for result in results if result.doubts]
    for result in doubted[:_TOLD_ONE_BY_ONE]:
        for doubt in result.doubts:
            run.voice.warn(f"{result.order}: {doubt}")
    if len(doubted) > _TOLD_ONE_BY_ONE:
        run.voice.warn(f"and so with {len(doubted) - _TOLD_ONE_BY_ONE} more orders")
