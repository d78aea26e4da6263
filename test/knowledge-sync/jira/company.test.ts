import { readFileSync } from 'node:fs';
import { type JiraSandbox, type PastTicket, type Person, startJira } from '../../../sandbox/jira/index.ts';
import { type Document, EVERYONE } from '../../../src/domain/knowledge.ts';
import { chunk } from '../../../knowledge-sync/chunk.ts';
import { createJiraTickets } from '../../../knowledge-sync/jira/index.ts';
import { createPace } from '../../../knowledge-sync/pace.ts';

const people = read<Person[]>('sandbox/company/people.json');
const tickets = read<PastTicket[]>('sandbox/company/tickets.json');

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

describe('the tickets of the sample company', () => {
  let site: JiraSandbox;
  const documents: Document[] = [];

  beforeAll(async () => {
    site = await startJira({ people, pastTickets: tickets });
    const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
    const source = createJiraTickets(
      {
        baseUrl: site.url,
        email: site.email,
        apiToken: site.apiToken,
        jql: 'project = IT AND statusCategory = Done ORDER BY updated DESC',
        resolutions: ['Done', 'Fixed', 'Resolved'],
        audience: EVERYONE,
        pace: createPace({ concurrency: 4, perSecond: null, log }),
      },
      { clock: () => new Date(), log },
    );
    for await (const { id } of source.list()) {
      const document = await source.read(id);
      if (document !== null) documents.push(document);
    }
  });
  afterAll(() => site.close());

  const textOf = ({ title, markdown }: Document) => `${title}\n${markdown}`;
  const keyOf = ({ url }: Document) => url.split('/').at(-1) ?? '';

  test('all that were done are there, and read completely', () => {
    const done = tickets.filter(({ resolution }) => resolution === 'Done').map(({ key }) => key);
    expect(documents.map(keyOf).toSorted()).toEqual(done.toSorted());
    expect(documents.filter(({ isComplete, gaps }) => !isComplete || gaps.length > 0)).toEqual([]);
  });

  test('no e-mail address, phone number or password is in any', () => {
    const texts = documents.map(textOf).join('\n');
    expect(texts.match(/(?<!\bgit)@[\w-]+\.\w+/g)).toBeNull();
    expect(texts.match(/\+\d{2}|\b0\d{2,4}[ /-]\d{3}/g)).toBeNull();
    expect(texts).not.toContain('Roundhay');
  });

  test('no internal comment is in any', () => {
    const byKey = new Map(documents.map((document) => [keyOf(document), textOf(document)]));
    const leaked = tickets.filter(({ key, comments }) =>
      comments.some((comment) => !comment.public && (byKey.get(key) ?? '').includes(comment.body.slice(0, 25))),
    );
    expect(leaked).toEqual([]);
  });

  test('no name of anybody is in any, but for one who has no account and no part in the ticket', () => {
    const found = documents.flatMap((document) =>
      people.flatMap(({ name }) => {
        const parts = [name, ...name.split(' ').filter((part) => /^\p{Lu}.{2}/u.test(part))];
        const isNamed = new RegExp(`(?<!\\p{L})(?:${parts.join('|')})(?!\\p{L})`, 'iu').test(textOf(document));
        return isNamed ? [`${keyOf(document)} ${name}`] : [];
      }),
    );
    expect(found).toEqual(['IT-32 Rui Figueiredo']);
  });

  test('each has a question and a resolution, as sections of their own', () => {
    for (const { markdown, title } of documents) {
      const headings = chunk(markdown, title).map((one) => one.headings.at(-1));
      expect(headings).toEqual(expect.arrayContaining(['Question', 'Resolution']));
    }
  });

  test('what says something about IT is kept', () => {
    const kept = [
      '4.6.0',
      '0x80070005',
      '0xc0000005',
      'AADSTS50053',
      'ERR-VPN-812',
      '001.001.09',
      'LIS-FIN-02',
      'git@github.com',
    ];
    const texts = documents.map(textOf).join('\n');
    expect(kept.filter((word) => !texts.includes(word))).toEqual([]);
  });
});
