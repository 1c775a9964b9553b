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
        "--day": unknown;
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
      StatusCode: number;
      StatusText: string;
      Headers: Record<string, string[]>;
      ResponseBody: {
        id: string;
      };
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
        day: unknown;
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
        day: unknown;
      };
    };
    readonly result: {
      n: number;
    }[];
  };
}
