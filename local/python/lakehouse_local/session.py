"""The Spark session that every Glue job of the local run time shares, as Glue 5.1 would set it up."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from pyspark.sql import SparkSession

from lakehouse_local.java import java_home


@dataclass(frozen=True)
class Settings:
    """Where the session finds its jars and its S3."""

    endpoint: str
    region: str
    jars: Path
    scratch: Path


def confs(settings: Settings) -> dict[str, str]:
    """Spark's settings: Glue's for Delta, S3 at the emulator, and small numbers for small data on few cores."""
    return {
        "spark.master": "local[*]",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.driver.extraClassPath": f"{settings.jars}/*",
        "spark.driver.extraJavaOptions": "-Duser.timezone=UTC -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss4m",
        "spark.local.dir": str(settings.scratch),
        "spark.sql.warehouse.dir": str(settings.scratch / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4",
        # Small data spends its time on planning and compiling: both are cheaper done once and interpreted.
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.databricks.delta.snapshotPartitions": "2",
        # On Glue `s3://` is EMRFS's; here the same paths are Hadoop's own S3 client's.
        "spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.s3a.S3AFileSystem",
        "spark.hadoop.fs.AbstractFileSystem.s3.impl": "org.apache.hadoop.fs.s3a.S3A",
        "spark.hadoop.fs.s3a.endpoint": settings.endpoint,
        "spark.hadoop.fs.s3a.endpoint.region": settings.region,
        "spark.hadoop.fs.s3a.path.style.access": "true",
        "spark.hadoop.fs.s3a.connection.ssl.enabled": "false",
        "spark.hadoop.fs.s3a.aws.credentials.provider": "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
        "spark.hadoop.fs.s3a.access.key": "test",
        "spark.hadoop.fs.s3a.secret.key": "test",
        "spark.hadoop.fs.s3a.bucket.probe": "0",
        "spark.hadoop.fs.s3a.directory.marker.retention": "keep",
    }


def start(settings: Settings) -> SparkSession:
    """Starts the JVM and the session."""
    os.environ["JAVA_HOME"] = str(java_home())
    # Spark would start its Python workers with the first python3 on PATH, which has none of the packages.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # Without this, Spark asks the resolver for the machine's name, which a laptop between networks does not answer.
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    builder = SparkSession.builder.appName("lakehouse")
    for key, value in confs(settings).items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def job_session(base: SparkSession) -> SparkSession:
    """A session of a job's own on the same JVM, and the one that `SparkSession.builder.getOrCreate()` then returns.

    Settings, temporary views and functions that a script leaves behind end with it, as they do with Glue's cluster.
    """
    session = base.newSession()
    jvm = session._jvm
    assert jvm is not None
    jvm.SparkSession.setDefaultSession(session._jsparkSession)
    jvm.SparkSession.setActiveSession(session._jsparkSession)
    SparkSession._instantiatedSession = session
    return session
