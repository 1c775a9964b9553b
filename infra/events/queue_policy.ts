/** Who may put messages into a queue: EventBridge for the rules given, and nobody without TLS. */
export function queuePolicyJson(queueArn: string, ruleArns: readonly string[]): string {
  const bells = {
    Sid: "Bells",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queueArn,
    Condition: { ArnEquals: { "aws:SourceArn": ruleArns } },
  };
  const onlyTls = {
    Sid: "OnlyTls",
    Effect: "Deny",
    Principal: "*",
    Action: "sqs:*",
    Resource: queueArn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [...(ruleArns.length > 0 ? [bells] : []), onlyTls] });
}
