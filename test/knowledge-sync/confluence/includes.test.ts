import { readIncludes } from '../../../knowledge-sync/confluence/includes.ts';
import type { Site } from '../../../knowledge-sync/confluence/site.ts';
import { parseStorage } from '../../../knowledge-sync/confluence/storage/index.ts';
import { RemoteError, type RemoteErrorKind } from '../../../src/errors.ts';

const include = (title: string, space = 'IT') =>
  `<ac:structured-macro ac:name="include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="${title}" ri:space-key="${space}"/></ac:link></ac:parameter></ac:structured-macro>`;
const spaces = new Map([['1', { id: '1', key: 'IT', readers: [] }]]);
const everyone = [['everyone']];

function includesOf(storage: string, pageTitled: Site['pageTitled'], audience = everyone) {
  const site = { pageTitled } as Site;
  const including = { root: parseStorage(storage).root, page: { spaceKey: 'IT' }, audience };
  return readIncludes(including, { site, spaces, audienceOf: async () => everyone });
}

const found = (title: string, storage: string) => ({
  id: title.length.toString(),
  status: 'current',
  title,
  spaceId: '1',
  version: { number: 3 },
  body: { storage: { value: storage } },
});

test.each<[RemoteErrorKind]>([['unavailable'], ['rate-limited']])(
  'an included page that is %s this time makes the document incomplete',
  async (kind) => {
    const result = await includesOf(include('A'), async () => {
      throw new RemoteError('Confluence', kind, { message: 'busy' });
    });
    expect(result).toMatchObject({ isComplete: false, inclusions: [] });
    expect([...result.texts.values()]).toEqual([{ kind: 'left-out', gap: 'unreadable', what: 'included page “A”' }]);
  },
);

test('a refused token is no fault of the included page', async () => {
  const refused = includesOf(include('A'), async () => {
    throw new RemoteError('Confluence', 'unauthorized', { message: 'no' });
  });
  await expect(refused).rejects.toMatchObject({ kind: 'unauthorized' });
});

test('a page of another spelling is another page', async () => {
  const result = await includesOf(include('a'), async () => found('A', '<p>x</p>'));
  expect(result.inclusions).toEqual([{ ref: { spaceKey: 'IT', title: 'a' }, kind: 'missing' }]);
});

test('pages that include pages without end are asked for fifty times', async () => {
  let asked = 0;
  const result = await includesOf(include('P'), async (_, title) => {
    asked += 1;
    return found(title, include(`${title}1`) + include(`${title}2`));
  });
  expect(asked).toBe(50);
  expect(result.inclusions).toHaveLength(50);
});

test('a page that is included by many is asked for once', async () => {
  const asked: string[] = [];
  await includesOf(include('A') + include('B') + include('A'), async (_, title) => {
    asked.push(title);
    return found(title, include('C') + include('A'));
  });
  expect(asked).toEqual(['A', 'B', 'C']);
});

test('of a page that not all readers may read, nothing is looked at', async () => {
  const asked: string[] = [];
  const site = {
    async pageTitled(_: string, title: string) {
      asked.push(title);
      return found(title, include('C'));
    },
  } as unknown as Site;
  const including = { root: parseStorage(include('A')).root, page: { spaceKey: 'IT' }, audience: everyone };
  const result = await readIncludes(including, { site, spaces, audienceOf: async () => [['group:confluence/hr']] });
  expect({ asked, texts: [...result.texts.values()], parsed: result.parsed }).toEqual({
    asked: ['A'],
    texts: [
      {
        kind: 'left-out',
        gap: 'no-right',
        what: 'included page “A”, which not every reader of this page may read',
      },
    ],
    parsed: [],
  });
});
