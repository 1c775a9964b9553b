"""The files of a batch: `runs/{batch}/files.json`, of which a job takes its dataset's fresh ones."""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lakehouse.errors import ArgumentsError

TIME = re.compile(r"[0-9]{1,11}(\.[0-9]+)?")


@dataclass(frozen=True)
class Source:
    """A file version: its key, the MD5 of its content, and its time in seconds since the epoch."""

    key: str
    version: str
    version_id: str | None
    size: int
    time: Decimal


def parse_sources(content: bytes, dataset: str) -> list[Source]:
    """The dataset's files that no marker names yet.

    Raises:
        ArgumentsError: the document is not what the marker check writes.
    """
    try:
        entries = json.loads(content)["files"]
        return [_source(entry) for entry in entries if entry["dataset"] == dataset and entry["status"] == "fresh"]
    except (ValueError, KeyError, TypeError) as error:
        raise ArgumentsError(
            f"The list of files (--files) is unusable ({type(error).__name__}: {error}). "
            f"The marker check writes it; run the batch again."
        ) from error


def _source(entry: dict[str, Any]) -> Source:
    if not TIME.fullmatch(entry["time"]):
        raise ValueError(f"{entry['key']} has the time {entry['time']!r}, which is no number of seconds")
    seconds, _, fraction = entry["time"].partition(".")
    # To the nanosecond, which is what file systems know and what the tables keep.
    time = Decimal(f"{seconds}.{fraction[:9]:0<9}")
    # "null" is the version of an object that was written before its bucket kept versions.
    version_id = entry.get("versionId")
    return Source(
        key=entry["key"],
        version=entry["version"],
        version_id=None if version_id in (None, "", "null") else version_id,
        size=int(entry["size"]),
        time=time,
    )
