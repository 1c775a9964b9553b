"""Requests and replies as JSON lines over standard input and output.

A request is `{"id", "method", "params"}`, its reply `{"id", "result"}` or `{"id", "error": {"name", "message"}}`; a
line with `event` instead of `id` tells something unasked. Whatever else writes to standard output lands in standard
error.
"""

import json
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Request:
    """A request as it was read; the parameters are what the TypeScript side's types say."""

    id: int
    method: str
    params: dict[str, Any]


class Lines:
    """The two streams; replies may come from any thread."""

    def __init__(self) -> None:
        # A child process (Spark's JVM) inherits file descriptor 1, so that itself has to lead elsewhere.
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        self._in = os.fdopen(os.dup(0), encoding="utf-8")
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        self._lock = threading.Lock()

    def requests(self) -> Iterator[Request]:
        """Every request until the parent closes the pipe, or ends."""
        for line in self._in:
            message = json.loads(line)
            yield Request(message["id"], message["method"], message["params"])

    def reply(self, request: Request, result: object) -> None:
        """Answers a request."""
        self._write({"id": request.id, "result": result})

    def refuse(self, request: Request, name: str, message: str) -> None:
        """Answers a request with an error."""
        self._write({"id": request.id, "error": {"name": name, "message": message}})

    def tell(self, event: str, **details: object) -> None:
        """Tells something unasked."""
        self._write({"event": event, **details})

    def _write(self, message: dict[str, object]) -> None:
        with self._lock:
            self._out.write(json.dumps(message) + "\n")
            self._out.flush()
