/** Activities: tasks that wait for workers to ask for them. */
import type { Json } from "../json.ts";
import type { TaskCall } from "../run.ts";
import { isActivity } from "../states/task-events.ts";
import { untilAborted } from "../states/task-call.ts";
import { ApiError, invalidArn } from "./api-error.ts";
import { isName, type Place } from "./arns.ts";

export interface Activity {
  readonly activityArn: string;
  readonly name: string;
  readonly creationDate: Date;
}

/** What GetActivityTask answers; without a task in time nothing of it. */
export interface ActivityTask {
  readonly taskToken?: string;
  readonly input?: string;
}

interface Offer {
  readonly call: TaskCall;
  readonly take: (workerName: string | undefined) => void;
}

interface Registered {
  readonly activity: Activity;
  readonly offers: Offer[];
  readonly workers: ((offer: Offer | undefined) => void)[];
}

export class Activities {
  readonly #place: Place;
  readonly #pollMilliseconds: number;
  readonly #activities = new Map<string, Registered>();

  /** @param pollSeconds how long GetActivityTask waits for a task */
  constructor(place: Place, pollSeconds = 60) {
    this.#place = place;
    this.#pollMilliseconds = pollSeconds * 1000;
  }

  /** The same again changes nothing. */
  create(name: string): Activity {
    if (!isName(name)) throw new ApiError("InvalidName", `Invalid Name: '${name}'`);
    const activityArn = `arn:aws:states:${this.#place.region}:${this.#place.account}:activity:${name}`;
    const known = this.#activities.get(activityArn);
    if (known !== undefined) return known.activity;
    const activity = { activityArn, name, creationDate: new Date() };
    this.#activities.set(activityArn, { activity, offers: [], workers: [] });
    return activity;
  }

  delete(activityArn: string): void {
    if (!isActivity(activityArn)) throw invalidArn(activityArn);
    this.#activities.delete(activityArn);
  }

  find(activityArn: string): Activity {
    return this.#find(activityArn).activity;
  }

  list(): readonly Activity[] {
    return [...this.#activities.values()].map(({ activity }) => activity);
  }

  /** Waits for a task to be there. */
  async poll(activityArn: string, workerName: string | undefined): Promise<ActivityTask> {
    const { offers, workers } = this.#find(activityArn);
    const offer =
      offers.shift() ??
      (await new Promise<Offer | undefined>((resolve) => {
        const timer = setTimeout(() => {
          workers.splice(workers.indexOf(answer), 1);
          resolve(undefined);
        }, this.#pollMilliseconds);
        const answer = (next: Offer | undefined): void => {
          clearTimeout(timer);
          resolve(next);
        };
        workers.push(answer);
      }));
    if (offer === undefined) return {};
    offer.take(workerName);
    const { taskToken = "", arguments: input } = offer.call;
    return { taskToken, input: JSON.stringify(input) };
  }

  /** Does a task of an activity: by the next worker that asks. */
  async run(call: TaskCall): Promise<Json> {
    const { offers, workers } = this.#find(call.resource);
    let own: Offer | undefined;
    try {
      const workerName = await untilAborted(
        call.signal,
        () =>
          new Promise<string | undefined>((take) => {
            own = { call, take };
            const worker = workers.shift();
            if (worker === undefined) offers.push(own);
            else worker(own);
          }),
      );
      call.submitted(workerName ?? null);
    } catch (error) {
      const waiting = own === undefined ? -1 : offers.indexOf(own);
      if (waiting !== -1) offers.splice(waiting, 1);
      throw error;
    }
    return call.callback();
  }

  /** Lets all workers go. */
  close(): void {
    for (const { workers } of this.#activities.values()) for (const answer of workers.splice(0)) answer(undefined);
  }

  #find(activityArn: string): Registered {
    if (!isActivity(activityArn)) throw invalidArn(activityArn);
    const known = this.#activities.get(activityArn);
    if (known !== undefined) return known;
    throw new ApiError("ActivityDoesNotExist", `Activity Does Not Exist: '${activityArn}'`);
  }
}
