import type { z } from 'zod';
import type { Pace } from '../pace.ts';
import { pagesOf } from '../pages.ts';
import { pathOfNext, withLimit } from './next-link.ts';
import { ListSchema } from './schema.ts';
import { type Ask, ConfluenceFailure } from './transport.ts';

/** Requests in their turn, with answers of a known shape. Paths are below the base address. All throw RemoteError only. */
export interface Requests {
  readonly get: <S extends z.ZodType>(schema: S, path: string, body?: unknown) => Promise<z.output<S>>;
  /** As `get`, without another try when the answer cannot be understood: it would be the same. */
  readonly getOnce: <S extends z.ZodType>(schema: S, path: string) => Promise<z.output<S>>;
  /** An item that cannot be read is a listing that cannot be trusted: it is never left out silently. */
  readonly listing: <S extends z.ZodType>(schema: S, path: string, size: number) => AsyncGenerator<z.output<S>>;
}

export function createRequests({ baseUrl, pace }: { baseUrl: string; pace: Pace }, ask: Ask): Requests {
  return {
    get: (schema, path, body) => pace.run(async () => readAs(schema, await ask(path, body), path)),
    getOnce: async (schema, path) => readAs(schema, await pace.run(() => ask(path)), path),
    listing: <S extends z.ZodType>(schema: S, first: string, size: number) =>
      pagesOf<z.output<S>, string>(
        async (cursor, limit) => {
          const path = withLimit(cursor ?? first, limit);
          const answer = readAs(ListSchema, await ask(path), path);
          const next = answer._links?.next ?? null;
          return {
            items: answer.results.map((item) => readAs(schema, item, path)),
            next: next === null ? null : pathOfNext(next, baseUrl),
          };
        },
        { pace, size },
      ),
  };
}

/** Null for what is not there, or not ours to see. */
export async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ConfluenceFailure && (error.status === 404 || error.status === 403)) return null;
    throw error;
  }
}

/** What Confluence answered, as the shape we rely on. @throws ConfluenceFailure `unavailable` when it has another: a proxy's page, say. */
export function readAs<S extends z.ZodType>(schema: S, answer: unknown, path: string): z.output<S> {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  const what = path.split('?')[0] ?? '';
  const where = read.error.issues[0]?.path.join('.') ?? '';
  throw new ConfluenceFailure('unavailable', {
    message: `${what}: answer of an unknown shape (${where})`,
    status: 200,
  });
}
