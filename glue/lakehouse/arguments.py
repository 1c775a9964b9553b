"""The job's arguments, as Glue passes them; the one place that knows Glue's library."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from lakehouse.contract import Contract, parse_contract
from lakehouse.errors import ArgumentsError

NAMES = ("JOB_NAME", "contract", "raw", "processed", "files", "report", "batch", "mode")
MODES = ("incremental", "full")


@dataclass(frozen=True)
class Arguments:
    """What a job is asked to do. Locations are URIs without a slash at their end."""

    contract: Contract
    raw: str
    processed: str
    files: str
    report: str
    batch: str
    mode: Literal["incremental", "full"]


def parse_arguments(argv: Sequence[str]) -> Arguments:
    """Reads `sys.argv`.

    Raises:
        ArgumentsError: an argument is missing or unusable.
    """
    # Glue has this module; elsewhere PyPI's awsgluedataplanepython brings it.
    from awsglue.utils import GlueArgumentError, getResolvedOptions

    try:
        given = getResolvedOptions(list(argv), list(NAMES))
    except GlueArgumentError as error:
        raise ArgumentsError(f"The job's arguments are unusable: {error}. The workflow passes them.") from error
    if given["mode"] not in MODES:
        raise ArgumentsError(f"--mode is {given['mode']!r}; it must be one of {', '.join(MODES)}.")
    for name in ("raw", "processed", "files", "report"):
        if not given[name].startswith(("s3://", "file://")):
            raise ArgumentsError(f"--{name} must be an s3:// URI, not {given[name]!r}.")
    return Arguments(
        contract=parse_contract(given["contract"]),
        raw=given["raw"].rstrip("/"),
        processed=given["processed"].rstrip("/"),
        files=given["files"],
        report=given["report"],
        batch=given["batch"],
        mode=cast(Literal["incremental", "full"], given["mode"]),
    )
