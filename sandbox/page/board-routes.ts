import { z } from 'zod';
import { toBoard } from './board.ts';
import type { PageParts } from './parts.ts';
import { Refusal } from './requests.ts';
import { route, type Routes } from './route.ts';

const Name = z.string().max(300).default('');

const Wish = z.object({
  text: Name,
  label: Name,
  reporter: Name,
  done: z.coerce.number().int().min(0).max(10_000).default(30),
});

/** The IT team's board and the issues on it. */
export function boardRoutes({ jira, company }: Pick<PageParts, 'jira' | 'company'>): Routes {
  return {
    'GET /api/board': route(Wish, (wish) => toBoard(jira, company.name, wish)),
    'GET /api/board/issue': route(z.object({ key: z.string().min(1).max(64) }), ({ key }) => {
      const issue = jira.issue(key);
      if (issue === null) throw new Refusal(404, `There is no issue ${key}.`);
      return issue;
    }),
  };
}
