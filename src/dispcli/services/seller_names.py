"""Sellers by name: S3, a store id, the shop's name, or MARKET:NAME where two marketplaces share one."""

from collections.abc import Callable, Sequence

from dispcli.core.new_orders import NewOrder
from dispcli.core.sellers import SellerSummary
from dispcli.errors import Ambiguous, NotFound
from dispcli.ledger.folding import same_letters
from dispcli.ledger.reader import Reader
from dispcli.services.names import MANY, seller_number

_SUGGESTED = 3


def find_seller(ledger: Reader, word: str, *, partial: bool) -> SellerSummary:
    """The one seller that is meant. Capitals matter only where sellers differ in nothing else.

    Blanks around the word don't count, and `partial` lets a part of the name count. Raises NotFound with what
    was probably meant, or Ambiguous; never guesses.
    """
    word = word.strip()
    found = _named(ledger, word)
    marketplace, _, name = word.partition(":")
    if not found and name:
        found = _named(ledger, name, lambda seller: seller.marketplace == marketplace.lower())
    part = ledger.sellers(word) if word and not found else []
    if not found and partial:
        found = part
    if not found:
        raise NotFound(f"no seller is known as {word!r}", hint=_suggestion(ledger, word, part))
    return _only(word, found)


def with_known_seller(ledger: Reader, new: NewOrder) -> NewOrder:
    """The order with its seller as the ledger knows it, where the marketplace has the one that is named.

    Raises Ambiguous where it has several of that name. The id of another marketplace's seller raises
    NotFound: a shop that is called like an id is rarer than an order whose marketplace was forgotten.
    """
    word = new.seller_name
    if word is None:
        return new
    found = _named(ledger, word, lambda seller: seller.marketplace == new.marketplace)
    if not found:
        _refuse_elsewhere(ledger, word, new.marketplace)
        return new
    seller = _only(word, found)
    return new._replace(seller_name=seller.name, store_id=seller.store_id, store_url=seller.url)


def _named(
    ledger: Reader, word: str, fits: Callable[[SellerSummary], bool] = lambda _seller: True
) -> list[SellerSummary]:
    """Those of exactly this id, store id or name; else those of this name in other capitals."""
    named = [seller for seller in ledger.sellers(word) if fits(seller)]
    found = [seller for seller in named if word in (seller.store_id, seller.name)]
    numbered = _numbered(ledger, word)
    if numbered and fits(numbered):
        found = [numbered, *(seller for seller in found if seller.id != numbered.id)]
    return found or [seller for seller in named if same_letters(seller.name, word)]


def _numbered(ledger: Reader, word: str) -> SellerSummary | None:
    """The seller `S3`; None for a word that is no seller's id."""
    number = seller_number(word)
    return ledger.seller(number) if number is not None else None


def _refuse_elsewhere(ledger: Reader, word: str, marketplace: str) -> None:
    numbered = _numbered(ledger, word)
    if numbered:
        raise NotFound(
            f"{numbered.short} ({numbered.name}) is a seller on {numbered.marketplace}, not on {marketplace}"
        )


def _only(word: str, found: Sequence[SellerSummary]) -> SellerSummary:
    if len(found) > 1:
        told = ", ".join(
            f"{seller.short} ({seller.name}, {seller.store_id or seller.marketplace})"
            for seller in found[:MANY]
        )
        raise Ambiguous(f"{word} could be {len(found)} sellers: {told}", hint=_another_word(word, found))
    return found[0]


def _another_word(word: str, found: Sequence[SellerSummary]) -> str:
    """What names one of them. A shop may be called like the id of another one, which then names neither."""
    of_that_id = next((seller for seller in found if seller.short == word.upper()), None)
    other = next(seller for seller in found if seller is not of_that_id)
    hint = f"use an id, as in {other.short}"
    return f"{hint}; the seller {word} is {of_that_id.store_id or of_that_id.name}" if of_that_id else hint


def _suggestion(ledger: Reader, word: str, part: Sequence[SellerSummary]) -> str:
    """Sellers with this in their name, else those whose names are near."""
    from difflib import get_close_matches

    if not part:
        names = {seller.name.casefold(): seller for seller in ledger.sellers()}
        part = [names[name] for name in get_close_matches(word.casefold(), names, _SUGGESTED)]
    told = " or ".join(f"{seller.short} ({seller.name})" for seller in part[:_SUGGESTED])
    return f"did you mean {told}?" if told else "see 'dispcli sellers list'"
