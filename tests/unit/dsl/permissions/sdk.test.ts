import { PutLogEventsCommand, ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { CrawlerRunningException, StartCrawlerCommand } from "@aws-sdk/client-glue";
import { ListObjectsV2Command, NoSuchBucket } from "@aws-sdk/client-s3";
import { ExecutionAlreadyExists, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { errorName, sdkResource, type AnyCommand, type SdkError } from "../../../../workflow/dsl/sdk.ts";

describe("An SDK integration", () => {
  const resources: readonly [AnyCommand, string][] = [
    [StartCrawlerCommand, "glue:startCrawler"],
    [StartExecutionCommand, "sfn:startExecution"],
    [PutEventsCommand, "eventbridge:putEvents"],
    [PutLogEventsCommand, "cloudwatchlogs:putLogEvents"],
    [ListObjectsV2Command, "s3:listObjectsV2"],
    [SendMessageCommand, "sqs:sendMessage"],
  ];
  for (const [command, resource] of resources) {
    it(`calls ${resource} for ${command.name}`, () => {
      expect(sdkResource(command)).to.equal(`arn:aws:states:::aws-sdk:${resource}`);
    });
  }
});

/** An error class as the SDK makes it for a service of this name. */
function errorOf(service: string, name: string): SdkError {
  class Base extends Error {
    readonly $fault = "client";
  }
  class Made extends Base {}
  Object.defineProperty(Base, "name", { value: `${service}ServiceException` });
  Object.defineProperty(Made, "name", { value: name });
  return Made;
}

describe("An error of an SDK integration", () => {
  const names: readonly [SdkError, string][] = [
    [CrawlerRunningException, "Glue.CrawlerRunningException"],
    [ResourceNotFoundException, "CloudWatchLogs.ResourceNotFoundException"],
    // Its API adds no suffix, Step Functions does.
    [NoSuchBucket, "S3.NoSuchBucketException"],
    [ExecutionAlreadyExists, "Sfn.ExecutionAlreadyExistsException"],
    // AWS's own example.
    [errorOf("ACMPCA", "ResourceNotFoundException"), "AcmPca.ResourceNotFoundException"],
    [errorOf("DynamoDB", "ConditionalCheckFailedException"), "DynamoDb.ConditionalCheckFailedException"],
    [errorOf("SESv2", "MessageRejected"), "SesV2.MessageRejectedException"],
    [errorOf("IoTDataPlane", "ThrottlingException"), "IotDataPlane.ThrottlingException"],
    [errorOf("SSOAdmin", "ConflictException"), "SsoAdmin.ConflictException"],
    [errorOf("ApiGatewayV2", "NotFoundException"), "ApiGatewayV2.NotFoundException"],
    [errorOf("S3Control", "NotFoundException"), "S3Control.NotFoundException"],
  ];
  for (const [error, name] of names) {
    it(`is ${name} in Step Functions`, () => {
      expect(errorName(error)).to.equal(name);
    });
  }

  it("has no name where no service's errors are its kin", () => {
    class Mine extends Error {
      readonly $fault = "client";
    }
    expect(() => errorName(Mine)).to.throw(
      TypeError,
      "Mine is no error of a service: use an exception that an AWS SDK for JavaScript v3 client exports",
    );
  });
});
