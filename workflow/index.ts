/** The machines that the command line knows: the lakehouse's, and examples, which are never deployed. */
import { bucketReport } from "./examples/bucket_report.ts";
import { humanApproval } from "./examples/human_approval.ts";
import { orderSaga } from "./examples/order_saga.ts";
import { lakehouse } from "./lakehouse.ts";

export const machines = [lakehouse, humanApproval, bucketReport, orderSaga];
