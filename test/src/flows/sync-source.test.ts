import { RemoteError, SetupError } from '#errors.ts';
import { createSyncSource, type SyncSourceDeps } from '../../../src/flows/sync-source.ts';

const at = new Date('2026-03-01T09:00:00Z');

/** A store that remembers one fault a source, and the jobs that were sent. */
function setUp(admins: readonly string[] = ['ann@acme.example', 'bob@acme.example'], embeds = false) {
  const faults = new Map<string, string>();
  const sent: unknown[] = [];
  const outcome = { brokenOff: null as Error | null };
  const asked: unknown[] = [];
  const within = {
    syncRuns: {
      async noteFault(source: string, fault: string | null) {
        const isNews = (faults.get(source) ?? null) !== fault;
        if (fault === null) faults.delete(source);
        else faults.set(source, fault);
        return isNews;
      },
    },
    jobs: {
      send: async (...job: unknown[]) => void sent.push(job),
      sendUnlessWaiting: async (...job: unknown[]) => void sent.push(job),
    },
  };
  const store = { transaction: async (work: (store: unknown) => Promise<unknown>) => work(within) };
  const flow = createSyncSource({
    store: store as unknown as SyncSourceDeps['store'],
    async sync(source, options) {
      asked.push([source, options]);
      return outcome;
    },
    admins,
    embeds,
    clock: () => at,
  });
  return { flow, outcome, sent, faults, asked };
}

const refused = new RemoteError('Notion', 'unauthorized', { message: 'refuses the token: set NOTION_TOKEN anew' });

test.each([
  ['a token that is refused', refused],
  ['a setting that is wrong', new SetupError('The folder x does not exist.')],
])('%s is told to each admin once, until it is mended', async (_, error) => {
  const { flow, outcome, sent, faults } = setUp();
  outcome.brokenOff = error;
  await flow('notion', false);
  await flow('notion', false);
  expect(sent).toEqual([
    ['tell-admin', 'notion ann@acme.example', { source: 'notion', email: 'ann@acme.example' }],
    ['tell-admin', 'notion bob@acme.example', { source: 'notion', email: 'bob@acme.example' }],
  ]);
  outcome.brokenOff = null;
  await flow('notion', false);
  expect([...faults]).toEqual([]);
  outcome.brokenOff = error;
  await flow('notion', false);
  expect(sent).toHaveLength(4);
});

test('what passes by itself is thrown for the queue, and changes nothing of what admins were told', async () => {
  const { flow, outcome, sent, faults } = setUp();
  outcome.brokenOff = refused;
  await flow('notion', false);
  const down = new RemoteError('Notion', 'unavailable', { message: '503' });
  outcome.brokenOff = down;
  await expect(flow('notion', false)).rejects.toBe(down);
  expect([...faults]).toEqual([['notion', refused.message]]);
  expect(sent).toHaveLength(2);
});

test('a dry run tells nobody', async () => {
  const { flow, outcome, sent, asked } = setUp();
  outcome.brokenOff = refused;
  await flow('notion', true);
  expect(sent).toEqual([]);
  expect(asked).toEqual([['notion', { dry: true }]]);
});

test('what a sync has brought is given its vectors, where chunks have any; not what was only looked at', async () => {
  const { flow, sent } = setUp([], true);
  await flow('notion', true);
  expect(sent).toEqual([]);
  await flow('notion', false);
  expect(sent).toEqual([['embed', 'all', {}]]);
});
