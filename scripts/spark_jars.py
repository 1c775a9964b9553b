"""Fetches the jars that Spark needs beside PySpark's own, once, into `.cache/spark-jars`; afterwards all works offline.

Resolving `spark.jars.packages` at each start would cost seconds and need the network, so Spark's own resolver runs
once, here, and what it brings is compared with the digests below. Run again, the script does nothing.

    python scripts/spark_jars.py
"""

import hashlib
import shutil
import ssl
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

import pyspark
from py4j.java_gateway import GatewayParameters, JavaGateway, launch_gateway

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "local" / "python"))

from lakehouse_local.java import java_home  # noqa: E402

CACHE = ROOT / ".cache"
JARS = CACHE / "spark-jars"
TRUST_STORE_PASSWORD = "changeit"  # noqa: S105 -- Java's own default: a trust store holds nothing secret.

# Delta as on Glue 5.1, and the S3 client of the Hadoop that PySpark 3.5.6 carries.
PACKAGES = ("io.delta:delta-spark_2.12:3.3.2", "org.apache.hadoop:hadoop-aws:3.3.4")
DIGESTS = {
    f"{name}.jar": digest
    for name, digest in (
        (
            "com.amazonaws_aws-java-sdk-bundle-1.12.262",
            "873fe7cf495126619997bec21c44de5d992544aea7e632fdc77adb1a0915bae5",
        ),
        ("io.delta_delta-spark_2.12-3.3.2", "4e92085d5d794cf949c50bb665b91384857cad58680c2d0bfc9c7ad353e98e85"),
        ("io.delta_delta-storage-3.3.2", "c096975a2ca97ccc9b4005aa5cce16c9ac3903139d340da6665b66ace67d7c36"),
        ("org.antlr_antlr4-runtime-4.9.3", "131a6594969bc4f321d652ea2a33bc0e378ca312685ef87791b2c60b29d01ea5"),
        ("org.apache.hadoop_hadoop-aws-3.3.4", "53f9ae03c681a30a50aa17524bd9790ab596b28481858e54efd989a826ed3a4a"),
        (
            "org.wildfly.openssl_wildfly-openssl-1.0.7.Final",
            "9f7058778978ec2ad90c7224401a4b0013d93e0dd3fa0f72b25244ffa3507ca8",
        ),
    )
}


class JarsError(Exception):
    """What the user has to mend; shown without a stack trace."""


def complete(folder: Path) -> bool:
    """Whether the folder holds exactly the jars wanted; their digests were checked before they came here."""
    return {each.name for each in folder.glob("*.jar")} == set(DIGESTS)


def check(folder: Path) -> None:
    """Compares the jars in a folder with their digests."""
    found = {}
    for jar in folder.glob("*.jar"):
        with jar.open("rb") as stream:
            found[jar.name] = hashlib.file_digest(stream, "sha256").hexdigest()
    differing = sorted(name for name in found.keys() | DIGESTS.keys() if found.get(name) != DIGESTS.get(name))
    if differing:
        raise JarsError(
            f"These jars are missing, unexpected, or not the bytes they should be: {', '.join(differing)}. "
            "Nothing was installed. Is something between here and the Maven repository changing them?"
        )


def trust_system(gateway: JavaGateway, file: Path) -> None:
    """Makes the JVM trust what this machine trusts.

    A Java that came from a package index knows nothing of a company's own certificate authorities; the system does.
    """
    certificates = ssl.create_default_context().get_ca_certs(binary_form=True)
    if not certificates:
        return
    java: Any = gateway.jvm.java
    store = java.security.KeyStore.getInstance("PKCS12")
    store.load(None, None)
    factory = java.security.cert.CertificateFactory.getInstance("X.509")
    for number, certificate in enumerate(certificates):
        stream = java.io.ByteArrayInputStream(certificate)
        store.setCertificateEntry(str(number), factory.generateCertificate(stream))
    password = gateway.new_array(gateway.jvm.char, len(TRUST_STORE_PASSWORD))
    for place, character in enumerate(TRUST_STORE_PASSWORD):
        password[place] = character
    out = java.io.FileOutputStream(str(file))
    store.store(out, password)
    out.close()
    java.lang.System.setProperty("javax.net.ssl.trustStore", str(file))
    java.lang.System.setProperty("javax.net.ssl.trustStorePassword", TRUST_STORE_PASSWORD)


def use_proxies(gateway: JavaGateway) -> None:
    """Gives the JVM the proxies of the environment, which it does not read itself."""
    for scheme, url in getproxies().items():
        parts = urlsplit(url)
        if scheme in ("http", "https") and parts.hostname:
            system: Any = gateway.jvm.java.lang.System
            system.setProperty(f"{scheme}.proxyHost", parts.hostname)
            system.setProperty(f"{scheme}.proxyPort", str(parts.port or 80))


def resolve(folder: Path) -> None:
    """Lets Spark's resolver bring the packages and what they need into `folder/jars`."""
    classpath = f"{Path(pyspark.__file__).parent / 'jars'}/*"
    java = str(java_home() / "bin" / "java")
    # The resolver tells its progress on stdout, which may be another program's answer.
    port = launch_gateway(classpath=classpath, die_on_exit=True, java_path=java, redirect_stdout=sys.stderr)
    gateway = JavaGateway(gateway_parameters=GatewayParameters(port=port))
    try:
        trust_system(gateway, folder / "trust.p12")
        use_proxies(gateway)
        jvm: Any = gateway.jvm
        jvm.org.apache.spark.util.DependencyUtils.resolveMavenDependencies(
            True, "", ",".join(PACKAGES), "", str(folder), jvm.scala.Option.apply(None)
        )
    finally:
        gateway.shutdown()


def install() -> None:
    """Brings the jars into place, all or none."""
    if complete(JARS):
        return
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="spark-jars-") as scratch:
        folder = Path(scratch)
        resolve(folder)
        check(folder / "jars")
        shutil.rmtree(JARS, ignore_errors=True)
        (folder / "jars").rename(JARS)


if __name__ == "__main__":
    try:
        install()
    except JarsError as error:
        sys.exit(str(error))
