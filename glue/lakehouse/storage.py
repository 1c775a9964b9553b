"""Small objects and source files by URI: `s3://bucket/key`, and `file:///path` where there is no S3 (tests)."""

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


class GoneError(Exception):
    """The object, or the version of it that was asked for, is not there."""


def read_object(uri: str, version_id: str | None = None) -> bytes:
    """The content of an object; of that version of it where one is given, whatever was written since.

    Raises:
        GoneError: there is no such object or version.
    """
    if uri.startswith("file://"):
        try:
            return _path(uri).read_bytes()
        except FileNotFoundError as error:
            raise GoneError(uri) from error
    client = _s3()
    bucket, key = _bucket_and_key(uri)
    try:
        if version_id is None:
            answer = client.get_object(Bucket=bucket, Key=key)
        else:
            answer = client.get_object(Bucket=bucket, Key=key, VersionId=version_id)
        return answer["Body"].read()
    except client.exceptions.ClientError as error:
        if error.response.get("Error", {}).get("Code") in ("NoSuchKey", "NoSuchVersion", "404", "MethodNotAllowed"):
            raise GoneError(uri) from error
        raise


def write_object(uri: str, content: bytes) -> None:
    """Writes an object, over an older one."""
    if uri.startswith("file://"):
        path = _path(uri)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return
    bucket, key = _bucket_and_key(uri)
    _s3().put_object(Bucket=bucket, Key=key, Body=content, ContentType="application/json")


@cache
def _client_of(process: int) -> "S3Client":
    del process
    import boto3

    return boto3.client("s3")


def _s3() -> "S3Client":
    # A client must not be shared with a forked process, and Spark forks its Python workers.
    return _client_of(os.getpid())


def _path(uri: str) -> Path:
    # As it stands, as Hadoop does: a "%" in a file's name is a "%".
    return Path(uri.removeprefix("file://"))


def _bucket_and_key(uri: str) -> tuple[str, str]:
    # Not by urlsplit: a key may hold "?" and "#".
    scheme, _, rest = uri.partition("://")
    if scheme != "s3":
        raise ValueError(f"{uri} is neither an s3:// nor a file:// URI")
    bucket, _, key = rest.partition("/")
    return bucket, key
