"""Whatever the standard NamedTuple does, ours does: each test runs on both."""

import copy
import inspect
import pickle
import sys
import typing
from collections.abc import Callable
from types import new_class
from typing import Any, get_type_hints

import pytest

from dispcli import namedtuples


class Named(typing.NamedTuple):
    name: str
    count: int = 1
    notes: tuple[str, ...] = ()

    @property
    def loud(self) -> str:
        """A property among fields."""
        return self.name.upper()


class QuicklyNamed(namedtuples.NamedTuple):
    name: str
    count: int = 1
    notes: tuple[str, ...] = ()

    @property
    def loud(self) -> str:
        """A property among fields."""
        return self.name.upper()


class Checked(Named):
    __slots__ = ()

    def __new__(cls, name: str) -> "Checked":
        return super().__new__(cls, name.strip(), 7)


class QuicklyChecked(QuicklyNamed):
    __slots__ = ()

    def __new__(cls, name: str) -> "QuicklyChecked":
        return super().__new__(cls, name.strip(), 7)


class Bare(typing.NamedTuple):
    pass


class QuicklyBare(namedtuples.NamedTuple):
    pass


NAMED = pytest.mark.parametrize("named", [Named, QuicklyNamed])
CHECKED = pytest.mark.parametrize("checked", [Checked, QuicklyChecked])
BARE = pytest.mark.parametrize("bare", [Bare, QuicklyBare])


@NAMED
def test_a_value_is_the_tuple_of_its_fields(named: Any) -> None:
    value = named("a", 2)
    assert value == ("a", 2, ()) == tuple(value)
    assert hash(value) == hash(("a", 2, ()))
    assert (value.name, value.count, value.notes) == ("a", 2, ())
    assert isinstance(value, tuple)
    name, *_ = value
    assert name == "a"
    assert value.loud == "A"


@NAMED
def test_fields_are_given_by_place_or_by_name_and_have_defaults(named: Any) -> None:
    assert named("a") == named(name="a") == named("a", count=1) == named("a", 1, ())
    assert named._fields == named.__match_args__ == ("name", "count", "notes")
    assert named._field_defaults == {"count": 1, "notes": ()}


@NAMED
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda named: named(), "missing 1 required positional argument: 'name'"),
        (lambda named: named("a", 1, (), 4), "takes from 2 to 4 positional arguments but 5 were given"),
        (lambda named: named("a", colour=3), "got an unexpected keyword argument 'colour'"),
        (lambda named: named("a", name="b"), "got multiple values for argument 'name'"),
        (lambda named: named._make(["a"]), "Expected 3 arguments, got 1"),
    ],
)
def test_other_arguments_are_refused(named: Any, make: Callable[[Any], object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        make(named)


@NAMED
def test_it_is_replaced_as_a_whole_and_never_changed(named: Any) -> None:
    value = named("a")
    assert value._replace(count=5) == ("a", 5, ())
    assert type(value._replace(count=5)) is named
    with pytest.raises((ValueError, TypeError), match="Got unexpected field names"):
        value._replace(colour=5)
    for field in ("name", "colour"):
        with pytest.raises(AttributeError):
            setattr(value, field, "b")
    assert not hasattr(value, "__dict__")


@NAMED
def test_it_can_be_told_copied_and_matched(named: Any) -> None:
    value = named("a", 2)
    assert repr(value) == f"{named.__name__}(name='a', count=2, notes=())"
    assert value._asdict() == {"name": "a", "count": 2, "notes": ()}
    copied = pickle.loads(pickle.dumps(value))
    assert (copied, type(copied)) == (value, named)
    match value:
        case named("a", count):
            assert count == 2
        case _:
            pytest.fail("not matched")


@NAMED
def test_it_tells_others_what_it_takes(named: Any) -> None:
    assert str(inspect.signature(named)) == "(name: str, count: int = 1, notes: tuple[str, ...] = ())"
    assert get_type_hints(named) == {"name": str, "count": int, "notes": tuple[str, ...]}


@CHECKED
def test_a_class_may_check_what_it_inherits(checked: Any) -> None:
    value = checked(" a ")
    assert value == ("a", 7, ())
    assert repr(value).startswith(f"{checked.__name__}(name='a', count=7")
    assert type(value._replace(name="b")) is checked
    assert not hasattr(value, "__dict__")


@BARE
def test_a_value_without_fields(bare: Any) -> None:
    assert bare() == ()
    assert repr(bare()) == f"{bare.__name__}()"
    assert (bare._fields, dict(bare._field_defaults)) == ((), {})


def test_classes_with_as_many_fields_are_no_mixture() -> None:
    class Other(namedtuples.NamedTuple):
        colour: str
        size: int
        weight: int = 3

    assert Other(size=2, colour="red") == ("red", 2, 3)
    assert QuicklyNamed("a") == ("a", 1, ())
    with pytest.raises(TypeError, match=r"Other.__new__\(\).*'colour'"):
        Other(size=2)  # type: ignore[call-arg]


@pytest.mark.parametrize("base", [typing.NamedTuple, namedtuples.NamedTuple])
def test_a_field_without_a_default_does_not_follow_one_with(base: Any) -> None:
    body = {"__annotations__": {"first": int, "second": int}, "first": 1}
    with pytest.raises(TypeError, match="default"):
        new_class("Wrong", (base,), {}, lambda made: made.update(body))


def test_a_class_that_inherits_fields_can_have_no_more() -> None:
    with pytest.raises(TypeError, match="inherits fields"):

        class More(QuicklyNamed):
            colour: str


@pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace is new in Python 3.13")
@NAMED
def test_it_can_be_copied_with_changes(named: Any) -> None:
    replace = vars(copy)["replace"]
    assert replace(named("a"), count=3) == ("a", 3, ())
