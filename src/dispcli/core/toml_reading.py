"""Tables of TOML, read with every mistake reported at once."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

T = TypeVar("T")


class Mistakes(ValueError):
    """Everything that is wrong with a file, each mistake with the key it is at."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = mistakes


class TableReader:
    """Reads keys of one table and gathers mistakes instead of stopping at the first."""

    def __init__(self, data: Mapping[str, Any], where: str, mistakes: list[str]) -> None:
        self.data = dict(data)
        self.where = where
        self.mistakes = mistakes

    def take(self, key: str, kind: type[T], default: T | None = None) -> T | None:
        """The key's value; what is missing or of another kind is a mistake, and the default counts."""
        value = self.data.pop(key, default)
        if value is None or not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            if value is not default:
                self.mistakes.append(f"{self.where}{key}: not {_NAMES[kind]}")
            elif default is None:
                self.mistakes.append(f"{self.where}{key}: missing")
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The key's list of texts; none where there is none."""
        values = self.take(key, list, []) or []
        if not all(isinstance(value, str) for value in values):
            self.mistakes.append(f"{self.where}{key}: not a list of texts")
            return ()
        return tuple(values)

    def tables(self, key: str, read: Callable[[str, "TableReader"], T]) -> dict[str, T]:
        """Every table below the key, each read by its name."""
        result = {}
        for name, table in (self.take(key, dict, {}) or {}).items():
            if not isinstance(table, dict):
                self.mistakes.append(f"{self.where}{key}.{name}: not a table")
                continue
            reader = TableReader(table, f"{self.where}{key}.{name}.", self.mistakes)
            result[name] = read(name, reader)
            reader.close()
        return result

    def close(self) -> None:
        """Nobody takes another key: what is left is a mistake each."""
        self.mistakes.extend(f"{self.where}{key}: unknown key" for key in self.data)


_NAMES: Mapping[type, str] = MappingProxyType(
    {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}
)
