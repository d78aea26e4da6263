import type { CapNews } from '#model-ports.ts';
import { createTellAdmin } from '../../../src/flows/tell-admin.ts';
import { noteBudget } from '../../../src/flows/tell-budget.ts';
import { at, colleague, createChat, type Desk, openDesk } from './helpdesk.ts';

const ann = colleague('ann');
const admins = [ann.email ?? '', 'bob@acme.example'];
const half: CapNews = { scope: 'day', whose: '', percent: 50, spent: 2_500_000, cap: 5_000_000 };
const tomorrow = new Date(at.getTime() + 86_400_000);

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  await desk.database.knex('source_fault').del();
});
afterAll(() => desk.database.close());

const noted = async (news: readonly CapNews[], when = at) => {
  await noteBudget(desk.store, news, { admins, at: when });
  return (await desk.jobs('tell-admin')).map(({ source, email }) => `${source} > ${email}`);
};
const toBoth = (source: string) => admins.map((email) => `${source} > ${email}`);

test('each admin is told of each share of each cap once, and the next day again', async () => {
  expect(await noted([])).toEqual([]);
  expect(await noted([half])).toEqual(toBoth('model-budget/day 50'));
  expect(await noted([half])).toEqual([]);
  const ofTwo: readonly CapNews[] = [
    { ...half, percent: 80, spent: 4_000_000 },
    { ...half, scope: 'channel', whose: 'C1', percent: 100 },
  ];
  expect(await noted(ofTwo)).toEqual([...toBoth('model-budget/day 80'), ...toBoth('model-budget/channel C1 100')]);
  expect(await noted([half], tomorrow)).toEqual(toBoth('model-budget/day 50'));
});

test('what they read names what is spent and what to change, and the person by name', async () => {
  await desk.store.people.save(ann, at);
  await noted([half, { ...half, scope: 'person', whose: ann.ref }]);
  const { state, platforms } = createChat([ann]);
  const tell = createTellAdmin({ faults: desk.store.syncRuns, platforms, log: { warn() {} } });
  await tell('model-budget/day 50', admins[0] ?? '', false);
  await tell(`model-budget/person ${ann.ref} 50`, admins[0] ?? '', false);
  const texts = state.begun.map(({ reply }) => reply.parts);
  expect(texts).toEqual([
    [
      {
        kind: 'text',
        text: '50 % of the language model’s budget for 2026-03-01 is spent: 2.50 of 5.00. At 100 % questions are answered with quotations from the documents without the model until midnight UTC. To change the limit, set MODEL_BUDGET_PER_DAY.',
      },
    ],
    [{ kind: 'text', text: expect.stringContaining(`budget for one person (${ann.name}) on 2026-03-01 is spent`) }],
  ]);
});

test('within a transaction that fails nobody is told', async () => {
  const fails = desk.store.transaction(async (within) => {
    await noteBudget(within, [half], { admins, at });
    throw new Error('crash');
  });
  await expect(fails).rejects.toThrow('crash');
  expect(await desk.jobs('tell-admin')).toEqual([]);
  expect(await noted([half])).toEqual(toBoth('model-budget/day 50'));
});
