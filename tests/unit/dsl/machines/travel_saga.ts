/**
 * Books a flight, a car and takes the money; if one of them fails, all that was booked is cancelled, the last first.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/saga-pattern-sam
 */
import * as z from "zod";
import {
  AnyError,
  invoke,
  lambdaFunction,
  publish,
  snsTopic,
  text,
  workflow,
  type Flow,
  type LambdaFunction,
} from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

interface Booking {
  readonly what: string;
  readonly book: LambdaFunction;
  readonly cancel: LambdaFunction;
}
const functions = () => ({ book: lambdaFunction(), cancel: lambdaFunction() });

const machine = workflow(
  "travel_saga",
  {
    input: z.object({ trip: z.string() }),
    resources: { flight: functions(), car: functions(), payment: functions(), topic: snsTopic() },
  },
  (flow, { trip }, aws) => {
    /** What was tried may have been done, so a booking that fails is cancelled too. */
    const bookAll = (flow: Flow, [booking, ...later]: readonly Booking[]): void => {
      if (booking === undefined) return;
      const { what, book, cancel } = booking;
      flow
        .try(`With${what}`, (flow) => {
          flow.task(`Book${what}`, invoke(book, { trip }));
          bookAll(flow, later);
        })
        .catch(AnyError, (flow, error) => {
          flow.task(`Cancel${what}`, invoke(cancel, { trip }), {
            retry: [{ errors: AnyError, interval: 5, maxAttempts: 3 }],
          });
          return flow.fail(`No${what}`, { error: error.Error, cause: error.Cause });
        });
    };
    return flow
      .try("Trip", (flow) => {
        bookAll(flow, [
          { what: "Flight", ...aws.flight },
          { what: "Car", ...aws.car },
          { what: "Payment", ...aws.payment },
        ]);
        flow.task("TellSuccess", publish(aws.topic, { message: text`${trip} is booked` }));
        return "booked";
      })
      .catch(AnyError, (flow, error) => {
        flow.task("TellFailure", publish(aws.topic, { message: text`${trip} is not booked: ${error.Cause}` }));
        return flow.fail("NotBooked", { error: "NotBooked", cause: error.Error });
      });
  },
);

const done = { Payload: {} };
const told = { MessageId: "m" };

export const travelSaga = example(machine, {
  "books all": {
    input: { trip: "ROM" },
    tasks: { BookFlight: done, BookCar: done, BookPayment: done, TellSuccess: told },
    output: "booked",
  },
  "cancels all, the last first, where the money is not there": {
    input: { trip: "ROM" },
    tasks: {
      BookFlight: done,
      BookCar: done,
      BookPayment: new TaskError("NoMoney", "the card is empty"),
      CancelPayment: done,
      CancelCar: [new TaskError("Busy"), done],
      CancelFlight: done,
      TellFailure: told,
    },
    error: "NotBooked",
    cause: "NoMoney",
    seconds: 5,
    asked: { TellFailure: [{ TopicArn: "${topic.arn}", Message: "ROM is not booked: the card is empty" }] },
  },
  "cancels only the flight where there is none": {
    input: { trip: "ROM" },
    tasks: { BookFlight: new TaskError("Full"), CancelFlight: done, TellFailure: told },
    error: "NotBooked",
    cause: "Full",
  },
});
