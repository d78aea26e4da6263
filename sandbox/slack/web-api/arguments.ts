import { ApiError, invalidArguments } from '../api-error.ts';
import { isRecord } from '../block-kit/shape.ts';
import type { Call } from '../../http.ts';

/**
 * The arguments of one call, however they came: form (nested ones as JSON text), JSON, or query.
 * https://docs.slack.dev/apis/web-api/#request-bodies
 */
export interface Arguments {
  readonly token: string | null;
  readonly all: Readonly<Record<string, unknown>>;
  /** Absent and empty are both null. */
  text(name: string): string | null;
  /** @throws ApiError `invalid_arguments` when it is absent or empty. */
  required(name: string): string;
  flag(name: string): boolean;
  /** A whole number of 1 to `max`; `otherwise` when absent. @throws ApiError `invalid_limit`. */
  count(name: string, max: number, otherwise: number): number;
  /** A list or an object; undefined when absent. @throws ApiError with `error` when it is not JSON. */
  nested(name: string, error: string): unknown;
}

/** @throws ApiError when the body is not of the kind that its content type says. */
export function readArguments(call: Call): Arguments {
  const values = { ...Object.fromEntries(call.query), ...bodyOf(call) };
  const bearer = /^Bearer (.+)$/i.exec(call.headers.authorization ?? '')?.[1];
  const { token, ...all } = values;

  function text(name: string): string | null {
    const value = all[name];
    if (value === undefined || value === null || value === '') return null;
    return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
  }

  return {
    token: bearer ?? (typeof token === 'string' ? token : null),
    all,
    text,
    required(name) {
      const value = text(name);
      if (value === null) throw invalidArguments(`missing required field: ${name}`);
      return value;
    },
    flag: (name) => ['true', '1'].includes(text(name) ?? ''),
    count(name, max, otherwise) {
      const value = text(name);
      if (value === null) return otherwise;
      const number = Number(value);
      if (!Number.isInteger(number) || number < 1) throw new ApiError('invalid_limit');
      return Math.min(number, max);
    },
    nested(name, error) {
      const value = all[name];
      if (typeof value !== 'string') return value ?? undefined;
      if (value === '') return undefined;
      return parse(value, error);
    },
  };
}

function bodyOf(call: Call): Record<string, unknown> {
  if (call.body === '') return {};
  const type = call.headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(call.body));
  if (!type.startsWith('application/json')) throw new ApiError('invalid_post_type');
  const parsed = parse(call.body, 'invalid_json');
  if (!isRecord(parsed)) throw new ApiError('json_not_object');
  return { ...parsed };
}

function parse(text: string, error: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(error);
  }
}
