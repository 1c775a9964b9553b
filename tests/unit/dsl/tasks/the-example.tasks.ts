/**
 * What the Tasks of the machine "the-example" get and yield, for its mocks: `mocksOf<TheExampleTasks>(…)`.
 * Made from example.ts by `npm run lakehouse -- types lakehouse --write`: change that, and make this anew.
 */
export interface TheExampleTasks {
  readonly Sift: {
    readonly event: {
      day: string;
      mode: "soft";
      tree: {
        name: string;
        left?: unknown;
      };
      pair: [number, "a"];
    };
    readonly result: {
      extra?: {
        "a b": boolean;
      };
      kept: string[];
      mode: "soft";
      count: number | null;
    };
  };
  readonly Parse: {
    readonly event: {
      day: string;
    };
    readonly result: null;
  };
  readonly [task: `Load_${string}`]: {
    readonly event: {
      JobName: string;
      Arguments: {
        "--day": string;
        "--target": string;
      };
    };
    readonly result: {
      Id: string;
      JobRunState: string;
    };
  };
  readonly Tell_good: {
    readonly event: {
      TopicArn: string;
      Message: string;
    };
    readonly result: {
      MessageId: string;
    };
  };
  readonly Tell_bad: {
    readonly event: {
      TopicArn: string;
      Message: string;
    };
    readonly result: {
      MessageId: string;
    };
  };
  readonly TellAll: {
    readonly event: {
      TopicArn: string;
      Message: unknown;
    };
    readonly result: {
      MessageId: string;
    };
  };
  readonly TellKnown: {
    readonly event: {
      TopicArn: string;
      Subject: string;
      Message: string;
    };
    readonly result: {
      MessageId: string;
    };
  };
  readonly [task: `Fetch${string}`]: {
    readonly event: {
      FunctionName: string;
      Payload: Record<string, never>;
    };
    readonly result: {
      id: string;
    };
  };
  readonly Site: {
    readonly event: {
      ApiEndpoint: string;
      Method: string;
      Authentication: {
        ConnectionArn: string;
      };
    };
    readonly result: {
      ResponseBody: {
        id: string;
      };
      StatusCode: number;
      StatusText: string;
      Headers: Record<string, string[]>;
    };
  };
  readonly Query: {
    readonly event: {
      QueryString: string;
      WorkGroup: string;
      QueryExecutionContext: {
        Database: string;
      };
    };
    readonly result: {
      day: string;
      "row count": string;
    }[];
  };
  readonly "Ask: now?": {
    readonly event: {
      TopicArn: string;
      Message: string;
    };
    readonly result: {
      ok: boolean;
      by?: string;
    };
  };
  readonly Check: {
    readonly event: {
      day: string;
      token: string;
    };
    readonly result: {
      fine: boolean;
    };
  };
  readonly Child: {
    readonly event: {
      StateMachineArn: string;
      Input: {
        day: string;
      };
    };
    readonly result: {
      rows: number;
    };
  };
  readonly Other: {
    readonly event: {
      FunctionName: string;
      Payload: {
        day: string;
      };
    };
    readonly result: {
      n: number;
    }[];
  };
  readonly Send: {
    readonly event: {
      QueueUrl: string;
      MessageBody: {
        day: string;
        trees: {
          name: string;
          left?: unknown;
        }[];
      };
    };
    readonly result: {
      MessageId: string;
    };
  };
  readonly Emit: {
    readonly event: {
      Entries: {
        EventBusName: string;
        Source: string;
        DetailType: string;
        Detail: {
          n: number;
        };
      }[];
    };
    readonly result: {
      Entries: {
        EventId: string;
      }[];
    };
  };
  readonly Log: {
    readonly event: {
      LogGroupName: string;
      LogStreamName: string;
      LogEvents: {
        Timestamp: number;
        Message: string;
      }[];
    };
    readonly result: {
      NextSequenceToken?: string;
      RejectedLogEventsInfo?: {
        TooNewLogEventStartIndex?: number;
        TooOldLogEventEndIndex?: number;
        ExpiredLogEventEndIndex?: number;
      };
      RejectedEntityInfo?: {
        ErrorType?: "EntitySizeTooLarge" | "InvalidAttributes" | "InvalidEntity" | "InvalidKeyAttributes" | "InvalidTypeValue" | "MissingRequiredFields" | "UnsupportedLogGroupType";
      };
    };
  };
  readonly Count: {
    readonly event: {
      TableName: string;
      Key: {
        day: {
          S: string;
        };
      };
      UpdateExpression: string;
      ExpressionAttributeValues: {
        ":amount": {
          N: string;
        };
        ":tags": {
          L: {
            S: string;
          }[];
        };
      };
    };
    readonly result: object;
  };
  readonly Contain: {
    readonly event: {
      Cluster: string;
      TaskDefinition: string;
      Overrides: {
        ContainerOverrides: {
          Name: string;
          Command: string[];
          Environment: {
            Name: string;
            Value: string;
          }[];
        }[];
      };
    };
    readonly result: {
      TaskArn: string;
      Containers: {
        Name: string;
        ExitCode?: number;
      }[];
    };
  };
  readonly Batch: {
    readonly event: {
      JobName: string;
      JobQueue: string;
      JobDefinition: string;
      Parameters: {
        day: string;
      };
      ArrayProperties: {
        Size: number;
      };
    };
    readonly result: {
      JobId: string;
      JobName: string;
      Status: string;
    };
  };
}
