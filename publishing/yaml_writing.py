"""Fields as the YAML of content files: in the order given, the same bytes for the same words. Pure."""

from datetime import date
from typing import Any

import yaml

WIDTH = 110
_LONGEST_ROW = 80


class _Dumper(yaml.SafeDumper):
    """Nothing for None, short lists of words in one row, and never an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _nothing(dumper: _Dumper, _value: None) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


def _list(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    in_a_row = all(isinstance(one, str) for one in value) and sum(map(len, value)) <= _LONGEST_ROW
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=in_a_row)


_Dumper.add_representer(type(None), _nothing)
_Dumper.add_representer(list, _list)


def write_fields(fields: dict[str, Any] | list[dict[str, Any]]) -> str:
    """YAML with a newline at its end."""
    return str(
        yaml.dump(fields, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False)
    )


def day(text: str | None) -> date | None:
    """A day as YAML writes it."""
    return date.fromisoformat(text) if text else None
