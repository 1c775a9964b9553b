/** All examples, a file each. */
import type { Example } from "./example.ts";
import { accountApplication } from "./account_application.ts";
import { activityWorker } from "./activity_worker.ts";
import { batchFanOut } from "./batch_fan_out.ts";
import { runBatchJob } from "./batch_job.ts";
import { bedrockAndHttp } from "./bedrock_and_http.ts";
import { callbackPattern } from "./callback_pattern.ts";
import { categoriseMessages } from "./categorise_messages.ts";
import { circuitBreaker } from "./circuit_breaker.ts";
import { containerTask } from "./container_task.ts";
import { csvMap } from "./csv_map.ts";
import { customEvent } from "./custom_event.ts";
import { deadLetters } from "./dead_letters.ts";
import { eitherOr } from "./either_or.ts";
import { emitAndWait } from "./emit_and_wait.ts";
import { explicitFailure } from "./explicit_failure.ts";
import { highVolumeMessages } from "./high_volume_messages.ts";
import { idempotent } from "./idempotent.ts";
import { imageProcessing } from "./image_processing.ts";
import { jobPoller } from "./job_poller.ts";
import { jsonLinesMap } from "./json_lines_map.ts";
import { lambdaOrchestration } from "./lambda_orchestration.ts";
import { listedObjectsMap } from "./listed_objects_map.ts";
import { mapOverMessages } from "./map_over_messages.ts";
import { multipleQueries } from "./multiple_queries.ts";
import { nestedWorkflow } from "./nested_workflow.ts";
import { orderFulfilment } from "./order_fulfilment.ts";
import { paginationLoop } from "./pagination_loop.ts";
import { parallelApproval } from "./parallel_approval.ts";
import { pathBasedOnData } from "./path_based_on_data.ts";
import { promptChain } from "./prompt_chain.ts";
import { quarantine } from "./quarantine.ts";
import { queryLargeDatasets } from "./query_large_datasets.ts";
import { refundApproval } from "./refund_approval.ts";
import { replayEvents } from "./replay_events.ts";
import { retryWithBackoff } from "./retry_with_backoff.ts";
import { scatterGather } from "./scatter_gather.ts";
import { semaphore } from "./semaphore.ts";
import { taskTimer } from "./task_timer.ts";
import { transferRecords } from "./transfer_records.ts";
import { travelSaga } from "./travel_saga.ts";
import { versionsCleanup } from "./versions_cleanup.ts";

export const examples: readonly Example[] = [
  accountApplication,
  activityWorker,
  batchFanOut,
  runBatchJob,
  bedrockAndHttp,
  callbackPattern,
  categoriseMessages,
  circuitBreaker,
  containerTask,
  csvMap,
  customEvent,
  deadLetters,
  eitherOr,
  emitAndWait,
  explicitFailure,
  highVolumeMessages,
  idempotent,
  imageProcessing,
  jobPoller,
  jsonLinesMap,
  lambdaOrchestration,
  listedObjectsMap,
  mapOverMessages,
  multipleQueries,
  nestedWorkflow,
  orderFulfilment,
  paginationLoop,
  parallelApproval,
  pathBasedOnData,
  promptChain,
  quarantine,
  queryLargeDatasets,
  refundApproval,
  replayEvents,
  retryWithBackoff,
  scatterGather,
  semaphore,
  taskTimer,
  transferRecords,
  travelSaga,
  versionsCleanup,
];
