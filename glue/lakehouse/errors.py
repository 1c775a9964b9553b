"""The errors that a job ends with: each says what happened, where, and what to do next."""


class ArgumentsError(Exception):
    """The job was started with arguments, a contract or a list of files that it cannot use."""


class TableError(Exception):
    """A table is not what the contract needs it to be."""


class AccountingError(Exception):
    """Rows are unaccounted for: a defect of this program. Nothing was reported, so the files stay in the raw zone."""


class ConcurrentCommitError(Exception):
    """Another writer has changed a table while this job was deciding. Running the batch again is safe."""
