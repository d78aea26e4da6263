import { type Audience, type Document, EVERYONE, NOBODY } from '#domain/knowledge.ts';
import { DocumentFault, RemoteError } from '#errors.ts';
import type { KnowledgeSource } from '#knowledge-ports.ts';
import { createFreshness, type RefreshDeps, refreshDocument } from '../../knowledge-sync/refresh.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

function document(changes: Partial<Document> = {}): Document {
  return {
    source: 'wiki',
    id: 'vpn',
    title: 'VPN',
    url: 'https://wiki.example/vpn',
    revision: '1',
    updatedAt: null,
    markdown: 'Restart it.',
    audience: EVERYONE,
    gaps: [],
    isComplete: true,
    ...changes,
  };
}

/** A store that holds `copy`, and a source that has `current` of it. */
function setUp(copy: Document | null, current: Document | null) {
  const writes: string[] = [];
  const state = { copy, current, error: null as Error | null, readError: null as Error | null, late: false, reads: 0 };
  const source: KnowledgeSource = {
    name: 'wiki',
    groups: async () => [],
    async *list() {},
    async lookUp() {
      if (state.late) return new Promise<never>(() => {});
      if (state.error !== null) throw state.error;
      return state.current;
    },
    async read() {
      state.reads += 1;
      if (state.readError !== null) throw state.readError;
      return state.current;
    },
  };
  const knowledge: RefreshDeps['knowledge'] = {
    async stored() {
      if (state.copy === null) return new Map();
      const { revision, audience, isComplete } = state.copy;
      return new Map([['vpn', { revision: isComplete ? revision : '', audience, isComplete }]]);
    },
    async put(given) {
      writes.push('put');
      state.copy = given;
    },
    async putAudiences(_, audiences: ReadonlyMap<string, Audience>) {
      writes.push(`rights ${JSON.stringify(audiences.get('vpn'))}`);
      if (state.copy !== null) state.copy = { ...state.copy, audience: audiences.get('vpn') ?? NOBODY };
    },
    async remove() {
      writes.push('remove');
      state.copy = null;
    },
  };
  const deps = { knowledge, log };
  const freshness = createFreshness({ ...deps, sources: [source], askMs: 20, readMs: 20 });
  const check = () => freshness.check([{ source: 'wiki', documentId: 'vpn' }]);
  return { state, writes, check, refresh: () => refreshDocument({ source, id: 'vpn' }, deps) };
}

const restricted = document({ audience: [['group:wiki/it']] });

describe.each(['check', 'refresh'] as const)('%s', (way) => {
  test.each([
    ['as it is stored', document(), document(), 'current', []],
    ['not there and never stored', null, null, 'current', []],
    ['gone', document(), null, 'updated', ['remove']],
    ['changed', document(), document({ revision: '2' }), 'updated', ['put']],
    ['for others to read', document(), restricted, 'updated', ['rights [["group:wiki/it"]]']],
    [
      'changed and for others to read',
      document(),
      { ...restricted, revision: '2' },
      'updated',
      ['rights [["everyone"],["group:wiki/it"]]', 'put'],
    ],
    ['stored in part, which would be read again for ever', document({ isComplete: false }), document(), 'current', []],
  ] as const)('a document that is %s', async (_, copy, current, outcome, expected) => {
    const { writes, ...ways } = setUp(copy, current);
    expect(await ways[way]()).toBe(outcome);
    expect(writes).toEqual(expected);
  });
});

test('a document that was never stored is read when it is said to have changed', async () => {
  const { refresh, writes } = setUp(null, document());
  expect(await refresh()).toBe('updated');
  expect(writes).toEqual(['put']);
});

test.each([
  [
    'is down',
    (state: { error: Error | null }) => (state.error = new RemoteError('wiki', 'unavailable', { message: '' })),
  ],
  ['takes too long', (state: { late: boolean }) => (state.late = true)],
])('a source that %s leaves what is stored as it is', async (_, disturb) => {
  const { check, state, writes } = setUp(document(), document());
  disturb(state);
  expect(await check()).toBe('unchecked');
  expect(writes).toEqual([]);
});

test('a document that changed and cannot be read is gone until the next sync', async () => {
  const { check, state, writes } = setUp(document(), document({ revision: '2' }));
  state.readError = new DocumentFault('is odd.');
  expect(await check()).toBe('updated');
  expect(writes).toEqual(['remove']);
  expect(state.copy).toBeNull();
});

test('a document of a source that is no longer set up cannot be checked', async () => {
  const { writes } = setUp(document(), document());
  const knowledge = { stored: async () => new Map(), put: fail, putAudiences: fail, remove: fail };
  const freshness = createFreshness({ sources: [], knowledge, log, askMs: 20, readMs: 20 });
  expect(await freshness.check([{ source: 'gone', documentId: 'vpn' }])).toBe('unchecked');
  expect(writes).toEqual([]);
});

async function fail(): Promise<never> {
  throw new Error('nothing is to be written');
}
