/** What a Glue job is started with, whoever starts it: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html */

/** Delta's extension and catalog, and UTC everywhere: a timestamp's day must not depend on where the job runs. */
const sparkConf: Readonly<Record<string, string>> = {
  "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
  "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
  "spark.sql.session.timeZone": "UTC",
  "spark.driver.extraJavaOptions": "-Duser.timezone=UTC",
  "spark.executor.extraJavaOptions": "-Duser.timezone=UTC",
};

/** Glue takes one `--conf`, so the further ones stand in its value. */
export const confArgument = Object.entries(sparkConf)
  .map(([key, value]) => `${key}=${value}`)
  .join(" --conf ");

interface JobPlaces {
  /** `s3://bucket` of the raw zone. */
  readonly raw: string;
  /** `s3://bucket/processed`, the parent of all tables. */
  readonly processed: string;
  /** The package's zip. */
  readonly library: string;
  /** Python packages that Glue installs, as `name==version,…`. */
  readonly modules: string;
  readonly logGroup: string;
}

/** The arguments that hold for every run; the machine adds those of one batch (`--batch`, `--files`, `--report`). */
export const jobArguments = (contract: string, places: JobPlaces): Readonly<Record<string, string>> => ({
  "--contract": contract,
  "--raw": places.raw,
  "--processed": places.processed,
  "--mode": "incremental",
  "--extra-py-files": places.library,
  "--datalake-formats": "delta",
  "--conf": confArgument,
  "--additional-python-modules": places.modules,
  "--job-language": "python",
  "--enable-metrics": "true",
  "--enable-observability-metrics": "true",
  "--enable-continuous-cloudwatch-log": "true",
  "--continuous-log-logGroup": places.logGroup,
});
