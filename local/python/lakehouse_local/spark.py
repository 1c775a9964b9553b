"""A warm Spark that runs Glue jobs' scripts one after another.

    python -m lakehouse_local.spark '{"endpoint", "region", "jars", "scratch"}'

It starts its session at once and tells `ready`. Requests: `run` (parameters: job.Run) answers when the script has
ended, `stop` (`{"run"}`) ends it, or keeps a queued one from starting. It ends with its parent.
"""

import ctypes
import json
import os
import queue
import sys
import threading
import time
from pathlib import Path

from pyspark.sql import SparkSession

from lakehouse_local.job import JobStopped, Outcome, Run, execute, spark_confs
from lakehouse_local.lines import Lines, Request
from lakehouse_local.session import Settings, job_session, start


class Runner:
    """The queue of runs, and the one that runs now. Runs execute on the main thread, requests come from another."""

    def __init__(self, lines: Lines, session: SparkSession) -> None:
        self._lines = lines
        self._session = session
        self._queue: queue.Queue[Request] = queue.Queue()
        self._main = threading.main_thread().ident
        self._lock = threading.Lock()
        self._current: str | None = None
        self._stopped: set[str] = set()

    def accept(self, request: Request) -> None:
        """Queues a run, or stops one."""
        if request.method == "run":
            self._queue.put(request)
        elif request.method == "stop":
            self.stop(request.params["run"])
            self._lines.reply(request, None)
        else:
            self._lines.refuse(request, "UnknownMethod", f"The Spark worker knows no method {request.method!r}")

    def stop(self, run: str) -> None:
        """Stops a run wherever it is: queued, in the script's own code, or in Spark."""
        with self._lock:
            self._stopped.add(run)
            if self._current != run:
                return
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._main or 0), ctypes.py_object(JobStopped))
        self._session.sparkContext.cancelAllJobs()

    def serve(self) -> None:
        """Runs what is queued, for ever."""
        while True:
            request = self._queue.get()
            run = Run(
                **{**request.params, "script": Path(request.params["script"]), "log": Path(request.params["log"])}
            )
            began = time.monotonic()
            outcome = self._execute(run)
            seconds = time.monotonic() - began
            self._lines.reply(
                request, {"state": outcome.state, "message": outcome.message, "seconds": round(seconds, 3)}
            )

    def _execute(self, run: Run) -> Outcome:
        with self._lock:
            if run.id in self._stopped:
                return Outcome("STOPPED", None)
            self._current = run.id
        self._lines.tell("running", run=run.id)
        try:
            session = job_session(self._session)
            for key, value in spark_confs(run.arguments).items():
                if session.conf.isModifiable(key):
                    session.conf.set(key, value)
            for library in run.libraries:
                session.sparkContext.addPyFile(library)
            outcome = execute(run)
        except JobStopped:
            outcome = Outcome("STOPPED", None)
        finally:
            with self._lock:
                self._current = None
        # What Spark reports of cancelled work is a consequence, not the reason.
        if run.id in self._stopped:
            outcome = Outcome("STOPPED", None)
        self._session.catalog.clearCache()
        return outcome


def main(settings: str) -> None:
    """Serves until the parent is gone."""
    given = json.loads(settings)
    lines = Lines()
    began = time.monotonic()
    waiting: queue.Queue[Request] = queue.Queue()
    runner: Runner | None = None
    lock = threading.Lock()

    def read() -> None:
        for request in lines.requests():
            with lock:
                if runner is None:
                    waiting.put(request)
                    continue
            runner.accept(request)
        # The JVM reads a pipe from this process and ends with it.
        os._exit(0)

    threading.Thread(target=read, daemon=True, name="requests").start()
    session = start(
        Settings(given["endpoint"], given["region"], jars=Path(given["jars"]), scratch=Path(given["scratch"]))
    )
    with lock:
        runner = Runner(lines, session)
        while not waiting.empty():
            runner.accept(waiting.get())
    lines.tell("ready", seconds=round(time.monotonic() - began, 3))
    runner.serve()


if __name__ == "__main__":
    main(sys.argv[1])
