/** What RedriveExecution answered to whom: the same client token gets the same answer and redrives nothing. */

// https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html
const most = 10;
const validMilliseconds = 15 * 60 * 1000;

interface Answer {
  readonly clientToken: string;
  readonly redriveDate: Date;
  readonly until: number;
}

export class Redrives {
  readonly #now: () => number;
  readonly #answers = new Map<string, readonly Answer[]>();

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  answered(executionArn: string, clientToken: string | undefined): Date | undefined {
    const known = this.#answers.get(executionArn) ?? [];
    return known.find((each) => each.clientToken === clientToken && this.#now() < each.until)?.redriveDate;
  }

  answer(executionArn: string, clientToken: string | undefined, redriveDate: Date): void {
    if (clientToken === undefined) return;
    const known = this.#answers.get(executionArn) ?? [];
    const answer = { clientToken, redriveDate, until: this.#now() + validMilliseconds };
    this.#answers.set(executionArn, [...known, answer].slice(-most));
  }
}
