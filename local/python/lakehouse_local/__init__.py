"""The Python processes of the local run time: the emulator's guard, the Spark worker that runs Glue jobs, and Athena."""
