import type { z } from 'zod';
import { Refusal } from './requests.ts';

/** Answers one request of the page: the query or the JSON body in, what is sent back as JSON out. */
export type Route = (input: unknown) => unknown;

/** Method and path, such as `GET /api/board`, to what answers it. */
export type Routes = Readonly<Record<string, Route>>;

/** A route whose input is checked first. A wrong one throws a Refusal with 400 that names the fields. */
export function route<Input>(schema: z.ZodType<Input>, answer: (input: Input) => unknown): Route {
  return (input) => {
    const parsed = schema.safeParse(input);
    if (parsed.success) return answer(parsed.data);
    const fields = new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? 'the request')));
    throw new Refusal(400, `Please check ${[...fields].join(', ')}: missing, too long or not understood.`);
  };
}
