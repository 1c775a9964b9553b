/** Errors in the shape of Step Functions' API: `__type` and `message`, status 400. */

// The service's own names in front of the error's; SDKs read what follows the `#`.
const model = "com.amazonaws.swf.service.v2.model";
const common: Readonly<Record<string, string>> = {
  ValidationException: "com.amazon.coral.validate",
  UnknownOperationException: "com.amazon.coral.service",
  SerializationException: "com.amazon.coral.service",
  AccessDeniedException: "com.amazon.coral.service",
};

export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly type: string;
  readonly status: number;
  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }

  toJSON(): { readonly __type: string; readonly message: string } {
    return { __type: `${common[this.type] ?? model}#${this.type}`, message: this.message };
  }
}

export const invalidArn = (arn: string): ApiError =>
  new ApiError("InvalidArn", `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
export const noSuchMachine = (arn: string): ApiError =>
  new ApiError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
export const noSuchExecution = (arn: string): ApiError =>
  new ApiError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
export const invalidToken = (): ApiError => new ApiError("InvalidToken", "Invalid Token: 'Invalid token'");
export const invalid = (problem: string): ApiError =>
  new ApiError("ValidationException", `1 validation error detected: ${problem}`);
