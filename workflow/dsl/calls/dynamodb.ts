/** Items of DynamoDB tables: https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html */
import * as z from "zod";
import type { Value } from "../ref.ts";
import type { DynamoTable } from "../resources/index.ts";
import { allow } from "../statement.ts";
import type { Answered, Call } from "./call.ts";

/** A value with its type; numbers are text: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
export type Attribute =
  | { readonly S: Value<string> }
  | { readonly N: Value<string> }
  | { readonly BOOL: Value<boolean> }
  | { readonly NULL: true }
  | { readonly SS: Value<readonly string[]> }
  | { readonly L: readonly Attribute[] };
export type Attributes = Readonly<Record<string, Attribute>>;

interface Keyed {
  readonly TableName: string;
  readonly Key: Attributes;
}

interface Update {
  readonly UpdateExpression: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Attributes;
}

interface Got<T> {
  /** Not there where the table has no such item. */
  readonly Item?: T;
}

/** The item of the key, as attributes; the answer is what it is, if there is one. */
export const getItem = <A extends z.ZodType = z.ZodType>(
  table: DynamoTable,
  Key: Attributes,
  { answer }: Answered<A> = {},
): Call<Got<z.input<A>>, Keyed> => ({
  resource: "arn:aws:states:::dynamodb:getItem",
  arguments: { TableName: table.name, Key, ConsistentRead: true },
  schema: answer && z.object({ Item: answer.optional() }),
  permissions: [allow(["dynamodb:GetItem"], table.arn)],
});

export const putItem = (
  table: DynamoTable,
  Item: Attributes,
): Call<object, { TableName: string; Item: Attributes }> => ({
  resource: "arn:aws:states:::dynamodb:putItem",
  arguments: { TableName: table.name, Item },
  permissions: [allow(["dynamodb:PutItem"], table.arn)],
});

export const deleteItem = (table: DynamoTable, Key: Attributes): Call<object, Keyed> => ({
  resource: "arn:aws:states:::dynamodb:deleteItem",
  arguments: { TableName: table.name, Key },
  permissions: [allow(["dynamodb:DeleteItem"], table.arn)],
});

/** @throws DynamoDB.ConditionalCheckFailedException where the condition does not hold */
export const updateItem = (table: DynamoTable, Key: Attributes, update: Update): Call<object, Keyed & Update> => ({
  resource: "arn:aws:states:::dynamodb:updateItem",
  arguments: { TableName: table.name, Key, ...update },
  permissions: [allow(["dynamodb:UpdateItem"], table.arn)],
});
