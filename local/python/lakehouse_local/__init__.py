"""The Python processes of the local run time: the emulator's guard, a Spark worker for Glue jobs, and Athena."""
