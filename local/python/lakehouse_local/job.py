"""One run of a Glue job: its script, in this process, as Glue would start it."""

import contextlib
import io
import runpy
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

# What Glue takes for itself: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
CONSUMED = {
    "--additional-python-modules",
    "--conf",
    "--continuous-log-logGroup",
    "--datalake-formats",
    "--extra-py-files",
    "--job-bookmark-option",
    "--job-language",
    "--spark-event-logs-path",
}


class JobStopped(BaseException):
    """Raised inside the script when its run is stopped; not an Exception, so that no script swallows it."""


@dataclass(frozen=True)
class Run:
    """What to run."""

    id: str
    job: str
    script: Path
    libraries: list[str]
    arguments: dict[str, str]
    log: Path


@dataclass(frozen=True)
class Outcome:
    """How a run ended, by Glue's names."""

    state: str
    message: str | None


def argv(run: Run) -> list[str]:
    """`sys.argv` as Glue makes it."""
    passed = {k: v for k, v in run.arguments.items() if k not in CONSUMED and not k.startswith("--enable-")}
    own = {"--JOB_NAME": run.job, "--JOB_ID": f"j_{run.job}", "--JOB_RUN_ID": run.id}
    return [str(run.script), *(word for pair in {**passed, **own}.items() for word in pair)]


def spark_confs(arguments: dict[str, str]) -> dict[str, str]:
    """Glue's `--conf a=1 --conf b=2`, which is one argument, as settings."""
    text = arguments.get("--conf", "").strip()
    pairs = (part.strip().partition("=") for part in text.split("--conf ") if part.strip())
    return {key.strip(): value.strip() for key, _, value in pairs}


class Tee(io.TextIOBase):
    """A text stream that writes to several."""

    def __init__(self, *streams: TextIO) -> None:
        self._streams = streams

    def write(self, text: str) -> int:
        """Writes to all."""
        for stream in self._streams:
            stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flushes all."""
        for stream in self._streams:
            stream.flush()


@contextlib.contextmanager
def libraries(paths: list[str]) -> Iterator[None]:
    """Makes the libraries importable for one run: another run may bring another version of the same package."""
    known = set(sys.modules)
    path = list(sys.path)
    sys.path[:0] = paths
    try:
        yield
    finally:
        sys.path[:] = path
        for name in set(sys.modules) - known:
            origin = getattr(sys.modules[name], "__file__", None) or ""
            if any(origin.startswith(each) for each in paths):
                del sys.modules[name]


def explain(error: BaseException) -> str:
    """The message that Glue reports: the error's class and text."""
    text = str(error).strip()
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def execute(run: Run) -> Outcome:
    """Runs the script to its end; what it prints and why it failed goes to the run's log as well."""
    run.log.parent.mkdir(parents=True, exist_ok=True)
    argv_before = sys.argv
    with run.log.open("w", encoding="utf-8") as log:
        tee = Tee(log, sys.stderr)
        sys.argv = argv(run)
        try:
            with libraries(run.libraries), contextlib.redirect_stdout(tee), contextlib.redirect_stderr(tee):
                runpy.run_path(str(run.script), run_name="__main__")
        except JobStopped:
            log.write("The run was stopped.\n")
            return Outcome("STOPPED", None)
        except SystemExit as end:
            # `sys.exit(0)` is a way to end well, here as on Glue.
            if end.code in (None, 0):
                return Outcome("SUCCEEDED", None)
            return Outcome("FAILED", f"SystemExit: {end.code}")
        except Exception as error:
            traceback.print_exc(file=tee)
            return Outcome("FAILED", explain(error))
        finally:
            sys.argv = argv_before
    return Outcome("SUCCEEDED", None)
