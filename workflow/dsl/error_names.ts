/**
 * Errors that Step Functions raises itself, as lists for `catch` and `retry`; services' errors are named by `errorName`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-error-representation
 */

/** Every error but those that can't be caught. */
export const AnyError = ["States.ALL"] as const;
/** Every error of a task but its timeout. */
export const TaskFailed = ["States.TaskFailed"] as const;
/** A task that ran longer than its timeout, or whose heartbeats stopped. */
export const TimedOut = ["States.Timeout"] as const;
/** A task whose heartbeats stopped. */
export const HeartbeatMissed = ["States.HeartbeatTimeout"] as const;
/** The machine's role may not do what the task asks for. */
export const NotPermitted = ["States.Permissions"] as const;
/** An expression that could not be evaluated, or gave nothing. */
export const ExpressionFailed = ["States.QueryEvaluationError"] as const;
/** A payload or a result of more than 256 KiB. */
export const TooMuchData = ["States.DataLimitExceeded"] as const;
/** More items of a distributed Map failed than it tolerates. */
export const TooManyFailed = ["States.ExceedToleratedFailureThreshold"] as const;
/** The items of a distributed Map could not be read. */
export const ItemsUnreadable = ["States.ItemReaderFailed"] as const;
/** The results of a distributed Map could not be written. */
export const ResultsUnwritable = ["States.ResultWriterFailed"] as const;
