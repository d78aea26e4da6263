import { type ConfluenceOptions, type ConfluenceSandbox, startConfluence } from '../../../sandbox/confluence/index.ts';

export const ada = 'ada@acme.example';
export const bo = 'bo@acme.example';
export const guest = 'gil@other.example';

/** A site with three employees, one of whom hides the address, and a guest, a group for each kind of right, and one space. */
export async function startAcme(options: ConfluenceOptions = {}): Promise<ConfluenceSandbox> {
  const site = await startConfluence({
    people: [
      { name: 'Ada Poe', email: 'Ada@acme.example', jiraAccountId: '5b10ac8d82e05b22cc7d4ef5' },
      { name: 'Bo Lee', email: bo },
      { name: 'Cy Hart', email: 'cy@acme.example', hidesEmail: true },
      { name: 'Gil Ray', email: guest, guest: true },
    ],
    groups: { finance: [ada], it: [bo] },
    ...options,
  });
  if (site.spaces().length === 0) {
    site.createSpace({ key: 'IT', name: 'IT help', readers: { groups: ['confluence-users'] } });
  }
  return site;
}

/** The parts of all kinds of answers that tests look into. What an answer does not have is undefined all the same. */
export interface Body {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly name: string;
  readonly email: string;
  readonly accountId: string;
  readonly timeZone: string;
  readonly status: unknown;
  readonly code: string;
  readonly downloadLink: string;
  readonly limit: number;
  readonly size: number;
  readonly statusCode: number;
  readonly message: string;
  readonly data: { readonly successful: boolean };
  readonly errors: readonly [Body, ...Body[]];
  readonly results: readonly [Body, ...Body[]];
  readonly ancestors: readonly [Body, ...Body[]];
  readonly metadata: { readonly labels: Body };
  readonly restrictions: { readonly user: Body; readonly group: Body; readonly read: Body };
  readonly body: {
    readonly storage: { readonly value: string };
    readonly atlas_doc_format: { readonly value: string };
  };
  readonly principal: { readonly type: string; readonly id: string };
  readonly operation: { readonly key: string; readonly targetType: string };
  readonly _links: { readonly next?: string; readonly base: string; readonly webui: string };
}

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** Asks as the bot, or as somebody else; the path is below the origin. */
export async function ask(site: ConfluenceSandbox, path: string, as: string | null = site.email): Promise<Got> {
  const basic = Buffer.from(`${as}:${site.apiToken}`).toString('base64');
  const headers: Record<string, string> = as === null ? {} : { authorization: `Basic ${basic}` };
  return gotOf(await fetch(`${site.url}${path}`, { headers }));
}

export async function post(site: ConfluenceSandbox, path: string, sent: unknown): Promise<Got> {
  const basic = Buffer.from(`${site.email}:${site.apiToken}`).toString('base64');
  const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/json' };
  return gotOf(await fetch(`${site.url}${path}`, { method: 'POST', headers, body: JSON.stringify(sent) }));
}

/** Follows `next` to the end; one list for each page. `root` stands before the addresses of version 1. */
export async function pagesOf(site: ConfluenceSandbox, path: string, as?: string): Promise<Body[][]> {
  const pages: Body[][] = [];
  const root = path.startsWith('/wiki/api/') ? '' : '/wiki';
  let next: string | undefined = path;
  while (next !== undefined && pages.length < 100) {
    const { body } = await ask(site, next, as);
    pages.push([...body.results]);
    next = body._links.next === undefined ? undefined : `${root}${body._links.next}`;
  }
  return pages;
}

export async function titlesOf(site: ConfluenceSandbox, path: string, as?: string): Promise<string[]> {
  return (await pagesOf(site, path, as)).flat().map(({ title }) => title);
}

export function cql(query: string, more = ''): string {
  return `/wiki/rest/api/content/search?cql=${encodeURIComponent(query)}${more}`;
}

async function gotOf(response: Response): Promise<Got> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body };
}
