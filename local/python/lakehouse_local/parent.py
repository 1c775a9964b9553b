"""A child must not outlive the process that started it, not even when that one is killed with `kill -9`.

Its standard input is a pipe from the parent: whatever ends the parent, the pipe then reads as ended.
"""

import os
import signal
import sys
import threading
import time


def end_with_parent(grace_seconds: float = 10.0) -> None:
    """Ends this process when its standard input ends: first as SIGTERM would, after the grace period at once.

    For a process that does not read its standard input itself.
    """

    def watch() -> None:
        while sys.stdin.buffer.read(4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(grace_seconds)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="parent").start()
