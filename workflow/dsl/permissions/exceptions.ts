/**
 * Operations that are authorised by actions of another name: service → operation → actions, separated by blanks.
 *
 * How far they are verified, beyond that IAM has each of the actions: those of S3, of Glue and `Invoke` of Lambda by the
 * documentation in the SDK's own packages, operation by operation, but for the few that the tests list; DynamoDB's
 * transactions and PartiQL by the pages that are named there. API Gateway, Bedrock, KMS and Timestream are by those pages
 * alone, the batches of SNS and SQS by their single twins.
 */

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html. Configurations of metadata
 * tables, of replication and of encryption need actions of S3 Tables, IAM and KMS as well, by what is in them.
 */
const s3 = {
  CompleteMultipartUpload: "PutObject",
  CopyObject: "GetObject PutObject",
  CreateBucketMetadataConfiguration: "CreateBucketMetadataTableConfiguration",
  CreateMultipartUpload: "PutObject",
  CreateSession: "s3express:CreateSession",
  DeleteBucketAnalyticsConfiguration: "PutAnalyticsConfiguration",
  DeleteBucketCors: "PutBucketCORS",
  DeleteBucketEncryption: "PutEncryptionConfiguration",
  DeleteBucketIntelligentTieringConfiguration: "PutIntelligentTieringConfiguration",
  DeleteBucketInventoryConfiguration: "PutInventoryConfiguration",
  DeleteBucketLifecycle: "PutLifecycleConfiguration",
  DeleteBucketMetadataConfiguration: "DeleteBucketMetadataTableConfiguration",
  DeleteBucketMetricsConfiguration: "PutMetricsConfiguration",
  DeleteBucketOwnershipControls: "PutBucketOwnershipControls",
  DeleteBucketReplication: "PutReplicationConfiguration",
  DeleteBucketTagging: "PutBucketTagging",
  DeleteObjects: "DeleteObject",
  DeletePublicAccessBlock: "PutBucketPublicAccessBlock",
  GetBucketAccelerateConfiguration: "GetAccelerateConfiguration",
  GetBucketAnalyticsConfiguration: "GetAnalyticsConfiguration",
  GetBucketEncryption: "GetEncryptionConfiguration",
  GetBucketIntelligentTieringConfiguration: "GetIntelligentTieringConfiguration",
  GetBucketInventoryConfiguration: "GetInventoryConfiguration",
  GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
  GetBucketMetadataConfiguration: "GetBucketMetadataTableConfiguration",
  GetBucketMetricsConfiguration: "GetMetricsConfiguration",
  GetBucketNotificationConfiguration: "GetBucketNotification",
  GetBucketReplication: "GetReplicationConfiguration",
  GetObjectAttributes: "GetObject GetObjectAttributes",
  GetObjectLockConfiguration: "GetBucketObjectLockConfiguration",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  HeadBucket: "ListBucket",
  HeadObject: "GetObject",
  ListBucketAnalyticsConfigurations: "GetAnalyticsConfiguration",
  ListBucketIntelligentTieringConfigurations: "GetIntelligentTieringConfiguration",
  ListBucketInventoryConfigurations: "GetInventoryConfiguration",
  ListBucketMetricsConfigurations: "GetMetricsConfiguration",
  ListBuckets: "ListAllMyBuckets",
  ListDirectoryBuckets: "s3express:ListAllMyDirectoryBuckets",
  ListMultipartUploads: "ListBucketMultipartUploads",
  ListObjects: "ListBucket",
  ListObjectsV2: "ListBucket",
  ListObjectVersions: "ListBucketVersions",
  ListParts: "ListMultipartUploadParts",
  PutBucketAccelerateConfiguration: "PutAccelerateConfiguration",
  PutBucketAnalyticsConfiguration: "PutAnalyticsConfiguration",
  PutBucketEncryption: "PutEncryptionConfiguration",
  PutBucketIntelligentTieringConfiguration: "PutIntelligentTieringConfiguration",
  PutBucketInventoryConfiguration: "PutInventoryConfiguration",
  PutBucketLifecycleConfiguration: "PutLifecycleConfiguration",
  PutBucketMetricsConfiguration: "PutMetricsConfiguration",
  PutBucketNotificationConfiguration: "PutBucketNotification",
  PutBucketReplication: "PutReplicationConfiguration",
  PutObjectLockConfiguration: "PutBucketObjectLockConfiguration",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
  RenameObject: "s3express:CreateSession",
  SelectObjectContent: "GetObject",
  UploadPart: "PutObject",
  UploadPartCopy: "GetObject PutObject",
  WriteGetObjectResponse: "s3-object-lambda:WriteGetObjectResponse",
};

/**
 * A statement's text decides which of them it needs:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html
 */
const partiQl = "PartiQLSelect PartiQLInsert PartiQLUpdate PartiQLDelete";

export const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html */
  apigatewaymanagementapi: {
    DeleteConnection: "ManageConnections",
    GetConnection: "ManageConnections",
    PostToConnection: "ManageConnections",
  },
  /** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock_Runtime.html, each operation's page */
  bedrockagentruntime: { RetrieveAndGenerateStream: "RetrieveAndGenerate" },
  bedrockruntime: {
    Converse: "InvokeModel",
    ConverseStream: "InvokeModelWithResponseStream",
    InvokeModelWithBidirectionalStream: "InvokeModel",
    StartAsyncInvoke: "InvokeModel",
  },
  /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
  dynamodb: {
    BatchExecuteStatement: partiQl,
    ExecuteStatement: partiQl,
    ExecuteTransaction: partiQl,
    TransactGetItems: "GetItem",
    TransactWriteItems: "ConditionCheckItem DeleteItem PutItem UpdateItem",
  },
  /** https://docs.aws.amazon.com/glue/latest/webapi/API_GetUnfilteredTableMetadata.html and the two beside it */
  glue: {
    GetUnfilteredPartitionMetadata: "GetPartition",
    GetUnfilteredPartitionsMetadata: "GetPartitions",
    GetUnfilteredTableMetadata: "GetTable",
  },
  /** https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html */
  kms: { ReEncrypt: "ReEncryptFrom ReEncryptTo" },
  /** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
  lambda: {
    GetLayerVersionByArn: "GetLayerVersion",
    Invoke: "InvokeFunction",
    InvokeWithResponseStream: "InvokeFunction",
  },
  s3,
  /** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
  sns: { PublishBatch: "Publish" },
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html */
  sqs: {
    ChangeMessageVisibilityBatch: "ChangeMessageVisibility",
    DeleteMessageBatch: "DeleteMessage",
    SendMessageBatch: "SendMessage",
  },
  /** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazontimestream.html */
  timestreamquery: { Query: "Select" },
};
