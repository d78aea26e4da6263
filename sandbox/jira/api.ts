import type { Answer, Call } from '../http.ts';
import type { Site } from './fields.ts';
import { isRecord } from './json.ts';
import type { Account, HistoryEntry, Issue } from './model.ts';
import { issueNotFound, refusal } from './refusal.ts';
import type { Store } from './store.ts';

/** What the routes stand on. */
export interface Api {
  readonly site: Site;
  readonly store: Store;
  /** The server's own address. */
  readonly url: () => string;
  readonly now: () => Date;
}

/** A call whose caller is known. */
export interface Request {
  readonly call: Call;
  /** The parts of the path that the route names. */
  readonly params: Readonly<Record<string, string>>;
  /** The JSON that was sent; null for none. */
  readonly body: unknown;
  readonly actor: Account;
}

export type Handler = (request: Request, api: Api) => Answer;

/** A part of a path with a colon is a parameter. The first that fits is taken. */
export type Routes = readonly (readonly [method: string, path: string, handler: Handler])[];

/** The issue that the path names. @throws Refusal 404. */
export function issueOf({ params }: Request, { store }: Api): Issue {
  const issue = store.find(params.issue ?? '');
  if (issue === null) throw issueNotFound();
  return issue;
}

/** @throws Refusal 400 when the body is no JSON object. */
export function bodyOf({ body }: Request): Record<string, unknown> {
  if (isRecord(body)) return body;
  throw refusal(400, ['Invalid request payload. Refer to the REST API documentation and try again.']);
}

/** A comma-separated parameter, which may also come several times. */
export function listParam({ call }: Request, name: string): string[] {
  return call.query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** @throws Refusal 400 when it is no whole number from 0. */
export function numberParam({ call }: Request, name: string, otherwise: number): number {
  const text = call.query.get(name);
  if (text === null) return otherwise;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw refusal(400, [`Parameter '${name}' must be a non-negative integer`]);
}

export function historyEntry(
  what: { kind: HistoryEntry['kind']; from?: string | null; to?: string | null; field?: string },
  by: { actor: Account; at: Date },
): HistoryEntry {
  return {
    at: by.at.toISOString(),
    actor: by.actor.displayName,
    kind: what.kind,
    from: what.from ?? null,
    to: what.to ?? null,
    ...(what.field === undefined ? {} : { field: what.field }),
  };
}

/** Who does something, and to what. */
export interface By {
  readonly actor: Account;
  readonly api: Api;
}

/** Properties sent with an issue or a comment, by key. @throws Refusal 400. */
export function propertiesOf(sent: unknown): Record<string, unknown> {
  if (sent === undefined) return {};
  if (!Array.isArray(sent)) throw refusal(400, [], { properties: 'data was not an array' });
  const properties: Record<string, unknown> = {};
  for (const one of sent as unknown[]) {
    if (!isRecord(one) || typeof one.key !== 'string' || one.value === undefined) {
      throw refusal(400, [], { properties: 'A property needs a key and a value.' });
    }
    properties[checkedKey(one.key)] = checkedValue(one.value);
  }
  return properties;
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-properties/ */
export function checkedKey(key: string): string {
  if (key !== '' && key.length <= 255) return key;
  throw refusal(400, ['The property key must have 1 to 255 characters.']);
}

export function checkedValue(value: unknown): unknown {
  if (JSON.stringify(value).length <= 32_768) return value;
  throw refusal(400, ['The property value must not be longer than 32768 characters.']);
}
