"""Saved answers of AliExpress' servers: one or many, their rows, and answers that are errors."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from dispcli.core.told import Told
from dispcli.errors import BadInput
from dispcli.formats.source import Entry, Mistake, Source

Row = tuple[str, Any]
"""A JSON path, and what stands there."""

_CODES = ("code", "error_code", "rsp_code", "result_code")
_SENTENCES = ("msg", "message", "error_message", "error_desc", "error_msg", "rsp_msg", "sub_code", "sub_msg")


_OF_ERRORS = {*_CODES, *_SENTENCES, "success", "result_success", "request_id"}


def at(data: Any, *keys: str) -> Any:
    """What stands at a path of keys; None where the path ends early."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def elements(value: Any) -> tuple[Any, ...]:
    """The elements of a list as the platform writes lists.

    None and `{}` are empty; an object with nothing but a list or an object inside is the wrapping of
    one (`{"solution_api_dto": [...]}`); any other object is the only element. Raises ValueError for the rest.
    """
    if isinstance(value, dict) and len(value) == 1:
        (inner,) = value.values()
        value = inner if isinstance(inner, list | dict) else value
    if value is None or value == {}:
        return ()
    if isinstance(value, list):
        return tuple(value)
    if not isinstance(value, dict):
        raise ValueError(f"{str(value)[:40]!r} is not a list")
    return (value,)


def objects(values: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The elements of a list of objects. Raises ValueError for anything else in it."""
    found = elements(values.get(name))
    if not all(isinstance(one, dict) for one in found):
        raise ValueError(f"{name} holds something that is not an object")
    return list(found)


def read_answers(
    answers: Iterator[Any],
    source: Source,
    rows: Callable[[Mapping[str, Any]], Iterable[Row]],
    tell: Callable[[Mapping[str, Any]], Iterable[Told]],
) -> Iterator[Entry | Mistake]:
    """What the rows of all answers tell; `tell` raises ValueError for a wrong row.

    Raises BadInput for an answer that is an error and for one that has no rows where they belong.
    """
    item = 0
    for place, answer in placed(answers, source.name):
        for path, row in _rows(place, answer, rows):
            item += 1
            try:
                if not isinstance(row, dict):
                    raise ValueError("not an object")
                yield from [Entry(told, item=item) for told in tell(row)]
            except ValueError as problem:
                yield Mistake(str(problem), item=item, key=path)


def placed(answers: Iterator[Any], name: str) -> Iterator[tuple[str, Any]]:
    """Each answer with its place: the name of the input, and which of them it is where there are several."""
    first = list(islice(answers, 2))
    several = len(first) > 1
    for number, answer in enumerate(chain(first, answers), start=1):
        yield f"{name}: item {number}" if several else name, answer


def _rows(place: str, answer: Any, rows: Callable[[Mapping[str, Any]], Iterable[Row]]) -> list[Row]:
    if not isinstance(answer, dict):
        raise BadInput(f"{place}: not an answer of AliExpress (not an object)")
    if problem := error_in(answer):
        raise BadInput(f"{place}: AliExpress answered with an error: {problem}", hint="save the answer again")
    try:
        return list(rows(answer))
    except ValueError as problem:
        raise BadInput(f"{place}: {problem}") from None


def error_in(answer: Any) -> str | None:
    """The code and message of an answer that is nothing but an error: nested, flat, or a web page's `ret`."""
    if not isinstance(answer, dict):
        return None
    if isinstance(nested := answer.get("error_response"), dict):
        return told_error(nested) or "without a code"
    if {"code", "type", "message"} <= answer.keys() and answer["code"] not in (0, "0"):
        return told_error(answer) or "without a code"
    ret = answer.get("ret")
    said = ret[0] if isinstance(ret, list) and ret else None
    return said[:200] if isinstance(said, str) and not said.startswith("SUCCESS") else None


def told_error(values: Mapping[str, Any]) -> str:
    """The code and the sentences of an error, as far as they are given."""
    found = [values.get(key) for key in (*_CODES, *_SENTENCES)]
    words = [str(one)[:200] for one in found if isinstance(one, str | int) and one]
    return ": ".join(dict.fromkeys(words))


def result_of(response: Any, *names: str) -> Any:
    """The result inside an Open Platform response. Without one, ValueError says what it holds instead."""
    for name in names:
        if (result := at(response, name)) and not _is_nothing_but_an_error(result):
            return result
    inside = (response, *(at(response, name) for name in (*names, "result")))
    found = (told_error(one) for one in inside if isinstance(one, dict))
    said = next(filter(None, found), "")
    raise ValueError(f"the answer has no {names[0]}" + (f": {said}" if said else ""))


def _is_nothing_but_an_error(result: Any) -> bool:
    return isinstance(result, dict) and bool(told_error(result)) and result.keys() <= _OF_ERRORS


def response_in(answer: Any, *endings: str) -> Row | None:
    """The response whose key ends so, with its key: `aliexpress_issue_detail_get_response`."""
    if not isinstance(answer, dict):
        return None
    return next(((key, value) for key, value in answer.items() if key.endswith(endings)), None)
