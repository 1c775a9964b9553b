"""What became of a file as a whole, before its rows meet those of other files."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

FileStatus = Literal["accepted", "quarantined", "changed"]


@dataclass(frozen=True)
class Verdict:
    """A file is accepted with its rows counted, or it has none and a reason."""

    key: str
    version: str
    status: FileStatus
    reason: str | None = None
    rows_in: int = 0
    rejected: int = 0
    rules: dict[str, int] = field(default_factory=dict)
    unknown_columns: list[str] = field(default_factory=list)
    # Rows that broke rules, for the people who sent the file.
    sample: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> str:
        """The verdict as it travels from the executors."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> "Verdict":
        """The other way."""
        return Verdict(**json.loads(text))
