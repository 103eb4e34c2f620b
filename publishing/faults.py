"""What is wrong with a content file, by name and line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing to mend. `line` counts from 1; 0 where the whole file is meant."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        where = f"{self.path}, line {self.line}" if self.line else self.path
        return f"{where}: {self.sentence}"


class BadContent(Exception):
    """Raised before anything is written; carries every fault found, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
