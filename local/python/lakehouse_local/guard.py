"""Runs a Python module as the only process that uses a home, and only while its parent lives.

    python -m lakehouse_local.guard HOME/lock ministack

The lock is the operating system's, so it is gone with the process, however that ended; what stands in the file only
says who holds it. The exit code 75 (EX_TEMPFAIL) means that another process holds it.
"""

import contextlib
import fcntl
import os
import runpy
import shutil
import sys
import tempfile
import time
from pathlib import Path

from lakehouse_local.parent import end_with_parent

HELD = 75
# A predecessor whose parent was killed needs a moment to notice and to end.
PATIENCE_SECONDS = 12.0


def take(path: str) -> int | None:
    """The lock's file descriptor, to be kept open; None while another process holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def parent_of_holder(path: str) -> int | None:
    """The process that started the lock's holder, if it still lives."""
    try:
        pid = int(Path(path).read_text())
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid


def empty(folder: Path) -> None:
    """Removes what is in a folder."""
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def main(path: str, module: str) -> None:
    """Takes the lock and becomes the module."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (handle := take(path)) is None:
        # A holder whose parent lives is no leftover: waiting would not help.
        if parent_of_holder(path) is not None or time.monotonic() > deadline:
            sys.exit(HELD)
        time.sleep(0.1)
    os.ftruncate(handle, 0)
    os.write(handle, str(os.getppid()).encode())
    end_with_parent()
    sys.argv = [module]
    # The module's temporary files are the home's: what a killed predecessor left goes now, its own when it ends.
    scratch = Path(tempfile.gettempdir())
    with contextlib.ExitStack() as stack:
        if scratch.is_relative_to(Path(path).parent):
            empty(scratch)
            stack.callback(empty, scratch)
        runpy.run_module(module, run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
