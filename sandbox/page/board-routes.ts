import { z } from 'zod';
import { readArticles } from './articles.ts';
import { toBoard } from './board.ts';
import type { PageParts } from './parts.ts';
import { Refusal } from './requests.ts';
import { route, type Routes } from './route.ts';

const Id = z.string().min(1).max(64);

/** The board and the articles. */
export function boardRoutes({ jira, company }: Pick<PageParts, 'jira' | 'company'>): Routes {
  return {
    'GET /api/article': route(z.object({ url: z.string().max(2000) }), async ({ url }) => {
      const article = (await readArticles(company.knowledgeFolder)).find((candidate) => candidate.url === url);
      if (article === undefined) throw new Refusal(404, 'There is no such article.');
      return article;
    }),
    'GET /api/board': () => toBoard(jira),
    'GET /api/board/issue': route(z.object({ key: Id }), ({ key }) => {
      const issue = jira.issue(key);
      if (issue === null) throw new Refusal(404, `There is no issue ${key}.`);
      return issue;
    }),
  };
}
