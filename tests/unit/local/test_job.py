"""A run of a Glue job's script in this process."""

import sys
from pathlib import Path

from lakehouse_local.job import Outcome, Run, argv, execute, spark_confs


def run_of(folder: Path, text: str, **arguments: str) -> Run:
    script = folder / "script.py"
    script.write_text(text)
    given = {f"--{name}": value for name, value in arguments.items()}
    return Run("jr_1", "load", script, [], given, folder / "logs" / "jr_1.log")


def test_a_script_gets_its_arguments_and_not_those_that_glue_takes(tmp_path: Path) -> None:
    run = run_of(tmp_path, "", batch="b-1")
    run = Run(
        **{**run.__dict__, "arguments": {**run.arguments, "--extra-py-files": "x.zip", "--enable-metrics": "true"}}
    )
    assert argv(run)[1:] == ["--batch", "b-1", "--JOB_NAME", "load", "--JOB_ID", "j_load", "--JOB_RUN_ID", "jr_1"]


def test_what_a_script_prints_is_in_its_log(tmp_path: Path) -> None:
    run = run_of(tmp_path, "print('loaded 3 rows')")
    assert execute(run) == Outcome("SUCCEEDED", None)
    assert run.log.read_text() == "loaded 3 rows\n"


def test_a_script_that_raises_fails_with_its_error(tmp_path: Path) -> None:
    run = run_of(tmp_path, "raise LookupError('no such file')")
    assert execute(run) == Outcome("FAILED", "LookupError: no such file")
    assert "script.py" in run.log.read_text()


def test_a_script_may_exit_well_or_badly(tmp_path: Path) -> None:
    assert execute(run_of(tmp_path, "import sys; sys.exit(0)")) == Outcome("SUCCEEDED", None)
    assert execute(run_of(tmp_path, "import sys; sys.exit('bad arguments')")) == Outcome(
        "FAILED", "SystemExit: bad arguments"
    )


def test_each_run_imports_the_library_that_its_job_names(tmp_path: Path) -> None:
    outcomes = []
    for version in ("one", "two"):
        library = tmp_path / version
        library.mkdir()
        (library / "shared_library.py").write_text(f"version = '{version}'")
        run = run_of(tmp_path, "import shared_library; print(shared_library.version)")
        assert execute(Run(**{**run.__dict__, "libraries": [str(library)]})).state == "SUCCEEDED"
        outcomes.append(run.log.read_text())
    assert outcomes == ["one\n", "two\n"]
    assert "shared_library" not in sys.modules


def test_glues_conf_is_several_settings_in_one() -> None:
    assert spark_confs({"--conf": "spark.a=1 --conf spark.b=-Dx=y"}) == {"spark.a": "1", "spark.b": "-Dx=y"}
    assert spark_confs({}) == {}
