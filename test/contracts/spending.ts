import type { Caps, PlannedCall, Reservation } from '#model-ports.ts';
import type { Store } from '#ports.ts';
import { type Database, type DatabaseLocation, openDatabase } from '../../adapters/postgres/database.ts';
import { createStore } from '../../adapters/postgres/store.ts';
import { down, up } from '../../migrations/0008_spending.ts';

const usage = { inputTokens: 100, cachedTokens: 40, outputTokens: 20 };

/**
 * What every database must do about money. `pools`: how many processes share it, as far as it knows. Each test has
 * months of its own.
 */
export function spendingContract(location: () => DatabaseLocation, { pools }: { pools: number }): void {
  let databases: readonly Database[];
  let stores: readonly Store[];
  let store: Store;

  beforeAll(async () => {
    databases = [];
    for (let pool = 0; pool < pools; pool += 1) databases = [...databases, await openDatabase(location())];
    stores = databases.map((database) => createStore(database, { language: 'english' }));
    [store] = stores as readonly [Store];
  });
  afterAll(async () => {
    await Promise.all(databases.map((database) => database.close()));
  });

  let months = 0;
  let at: Date;
  beforeEach(() => {
    months += 1;
    at = new Date(Date.UTC(2027, months, 15, 12));
  });
  const later = (hours: number): Date => new Date(at.getTime() + hours * 3_600_000);

  const call = (change: Partial<PlannedCall> = {}): PlannedCall => ({
    purpose: 'answer',
    model: 'gpt-5-mini',
    most: 100,
    conversationId: null,
    personRef: null,
    channel: null,
    at,
    ...change,
  });
  const idOf = (reservation: Reservation): string => {
    if (reservation.kind !== 'reserved') throw new Error(`refused by ${reservation.scope}`);
    return reservation.reservationId;
  };
  const reserved = async (change: Partial<PlannedCall> = {}, caps: Caps = {}): Promise<string> =>
    idOf(await store.spending.reserve(call(change), caps));
  /** Reserves and settles; what is told of it. */
  const spend = async (amount: number, caps: Caps, change: Partial<PlannedCall> = {}) =>
    store.spending.settle(await reserved({ most: amount, ...change }, caps), { spent: amount, usage }, caps);

  test('what is held back counts as spent until it is known what it cost', async () => {
    const conversationId = String(months);
    expect(await store.spending.spent('day', at)).toBe(0);
    const id = await reserved({ conversationId });
    const amounts = async () => [
      await store.spending.spent('day', at),
      await store.spending.spent('month', at),
      await store.spending.ofConversation(conversationId),
    ];
    expect(await amounts()).toEqual([100, 100, 100]);
    expect(await store.spending.settle(id, { spent: 30, usage }, {})).toEqual([]);
    expect(await amounts()).toEqual([30, 30, 30]);
    await reserved({ conversationId });
    expect(await amounts()).toEqual([130, 130, 130]);
    const [row] = await databases[0]!.knex('spending_call').where({ id });
    expect(row).toMatchObject({ purpose: 'answer', model: 'gpt-5-mini', reserved: '100', spent: '30', at });
    expect(row).toMatchObject({ input_tokens: '100', cached_tokens: '40', output_tokens: '20' });
  });

  test('a reservation is settled once, and truly when it cost more than was held back', async () => {
    const id = await reserved();
    await store.spending.settle(id, { spent: 250, usage }, {});
    await store.spending.settle(id, { spent: 1, usage }, {});
    expect(await store.spending.spent('day', at)).toBe(250);
    const twice = await reserved();
    await Promise.all(
      [1, 2, 3, 4].map((_, index) => (stores[index % pools] ?? store).spending.settle(twice, { spent: 10, usage }, {})),
    );
    expect(await store.spending.spent('day', at)).toBe(260);
  });

  test.each(['9007199254740993', '999999999999999999', 'x', ''])('no reservation %j: nothing happens', async (id) => {
    expect(await store.spending.settle(id, { spent: 10, usage }, {})).toEqual([]);
    expect(await store.spending.spent('day', at)).toBe(0);
    expect(await store.spending.ofConversation(id)).toBe(0);
  });

  test('large amounts are exact', async () => {
    await reserved({ most: 4_503_599_627_370_495 });
    await reserved({ most: 2 });
    expect(await store.spending.spent('day', at)).toBe(4_503_599_627_370_497);
  });

  test.each([
    ['day', { day: 150 }, {}],
    ['month', { month: 150 }, {}],
    ['channel', { channel: 150 }, { channel: 'C1' }],
    ['person', { person: 150 }, { personRef: 'slack/T1/U1' }],
  ] as const)('a call that would pass the cap of the %s is refused, and holds nothing', async (scope, caps, whose) => {
    await reserved(whose, caps);
    const refused = await store.spending.reserve(call(whose), caps);
    expect(refused).toMatchObject({ kind: 'refused', scope, news: [{ scope, percent: 100, spent: 100, cap: 150 }] });
    expect(await store.spending.spent('day', at)).toBe(100);
    const totals = await databases[0]!
      .knex('spending_total')
      .where('period', '>=', at.toISOString().slice(0, 7) + '-01');
    expect(totals.filter(({ amount }) => amount !== '100')).toEqual([]);
    expect(await reserved({ ...whose, most: 50 }, caps)).toEqual(expect.any(String));
    expect(await store.spending.reserve(call({ ...whose, most: 1 }), caps)).toMatchObject({
      kind: 'refused',
      news: [],
    });
    // what costs nothing passes nothing
    expect(await reserved({ ...whose, most: 0 }, caps)).toEqual(expect.any(String));
  });

  test('caps of people and channels are each one’s own, for a day', async () => {
    const caps = { person: 100, channel: 100 };
    const mine = { personRef: 'slack/T1/U2', channel: 'C2' };
    await reserved(mine, caps);
    expect(await store.spending.reserve(call(mine), caps)).toMatchObject({
      scope: 'channel',
      news: [
        { scope: 'channel', whose: 'C2' },
        { scope: 'person', whose: 'slack/T1/U2' },
      ],
    });
    await reserved({ personRef: 'slack/T1/U3' }, caps);
    await reserved({ channel: 'C3' }, caps);
    await reserved({ ...mine, at: later(24) }, caps);
    await reserved({}, caps);
  });

  test('a day and a month end at midnight UTC, and a call settled after it counts where it began', async () => {
    const end = new Date(Date.UTC(2027, months + 1, 1) - 1);
    const begin = new Date(end.getTime() + 1);
    months += 1; // the next month is ours as well
    const id = await reserved({ at: end });
    const amounts = async () =>
      Promise.all(
        (['day', 'month'] as const).flatMap((scope) => [end, begin].map((when) => store.spending.spent(scope, when))),
      );
    expect(await amounts()).toEqual([100, 0, 100, 0]);
    await reserved({ at: begin }, { day: 100, month: 100 });
    expect(await amounts()).toEqual([100, 100, 100, 100]);
    await store.spending.settle(id, { spent: 7, usage }, {});
    expect(await amounts()).toEqual([7, 100, 7, 100]);
  });

  test('each share of a cap is told once a day, the highest only, and anew when the cap is raised', async () => {
    const told = [];
    for (const amount of [490, 10, 10, 290, 10, 190]) {
      const news = await spend(amount, { day: 1000 });
      told.push(news.map(({ percent, spent }) => [percent, spent]));
    }
    expect(told).toEqual([[], [[50, 500]], [], [[80, 800]], [], [[100, 1000]]]);
    expect(await store.spending.reserve(call({ most: 1 }), { day: 1000 })).toMatchObject({ kind: 'refused', news: [] });

    expect(await spend(10, { day: 1200 })).toMatchObject([{ percent: 80, spent: 1010, cap: 1200 }]);
    expect(await spend(10, { day: 1300 })).toEqual([expect.objectContaining({ percent: 50, cap: 1300 })]);
    expect(await spend(10, { day: 1250 })).toEqual([expect.objectContaining({ percent: 80, cap: 1250 })]);
    // as while one process still has the old settings
    for (const day of [1300, 1250, 1300]) expect(await spend(0, { day })).toEqual([]);

    const next = { at: later(24) };
    expect(await spend(900, { day: 1000, month: 4000 }, next)).toEqual([
      { scope: 'day', whose: '', percent: 80, spent: 900, cap: 1000 },
    ]);
    expect(await spend(100, { day: 1000, month: 4000 }, next)).toEqual([
      { scope: 'month', whose: '', percent: 50, spent: 2030, cap: 4000 },
      { scope: 'day', whose: '', percent: 100, spent: 1000, cap: 1000 },
    ]);
  });

  test('fifty at once never pass a cap, whichever cap it is, and what they hold back without settling stays', async () => {
    const caps = { day: 1050, month: 990, person: 450, channel: 5000 };
    const people = ['slack/T1/A', 'slack/T1/B', 'slack/T1/C'];
    const amounts: number[] = [];
    const attempts = Array.from({ length: 50 }, async (_, index) => {
      const { spending } = stores[index % pools] ?? store;
      const personRef = people[index % people.length] ?? null;
      const reservation = await spending.reserve(call({ personRef, channel: 'C9' }), caps);
      amounts.push(await spending.spent('month', at));
      // one in five crashes before it can say what it cost
      if (reservation.kind === 'reserved' && index % 5 !== 0) {
        await spending.settle(reservation.reservationId, { spent: 90, usage }, caps);
      }
      amounts.push(await spending.spent('month', at));
      return { personRef, ...reservation };
    });
    const reservations = await Promise.all(attempts);
    expect(Math.max(...amounts)).toBeLessThanOrEqual(990);
    const made = reservations.filter(({ kind }) => kind === 'reserved');
    expect(made.length).toBeGreaterThanOrEqual(9);
    for (const person of people) {
      expect(made.filter(({ personRef }) => personRef === person).length).toBeLessThanOrEqual(4);
    }
    const rows = await databases[0]!.knex('spending_call').where({ at });
    const sum = rows.reduce((total, { reserved: held, spent }) => total + Number(spent ?? held), 0);
    expect(await store.spending.spent('month', at)).toBe(sum);
    expect(await store.spending.spent('day', at)).toBe(sum);
    // whoever comes later finds no more room than is left
    const left = 990 - sum;
    expect(await store.spending.reserve(call({ most: left + 1 }), caps)).toMatchObject({ kind: 'refused' });
    expect(await store.spending.reserve(call({ most: left }), caps)).toMatchObject({ kind: 'reserved' });
    expect(await store.spending.spent('month', at)).toBe(990);
  });

  test('of fifty at once that reach a share, one is told of it', async () => {
    const caps = { day: 10_000 };
    const news = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const { spending } = stores[index % pools] ?? store;
        const reservation = await spending.reserve(call({ most: 200 }), caps);
        return spending.settle(idOf(reservation), { spent: 200, usage }, caps);
      }),
    );
    const told = news.flat().map(({ percent }) => percent);
    expect(told.at(-1)).toBeDefined();
    expect(new Set(told).size).toBe(told.length);
    expect(told).toContain(100);
  });

  test('within a transaction it happens with it, or not at all', async () => {
    const kept = await store.transaction(async (within) => {
      const id = idOf(await within.spending.reserve(call(), { day: 300 }));
      await within.spending.settle(id, { spent: 60, usage }, { day: 300 });
      const refused = await within.spending.reserve(call({ most: 250 }), { day: 300 });
      return [refused.kind, idOf(await within.spending.reserve(call(), { day: 300 }))];
    });
    expect(kept).toEqual(['refused', expect.any(String)]);
    expect(await store.spending.spent('day', at)).toBe(160);

    const fails = store.transaction(async (within) => {
      await within.spending.reserve(call(), {});
      throw new Error('crash');
    });
    await expect(fails).rejects.toThrow('crash');
    expect(await store.spending.spent('day', at)).toBe(160);
  });

  test('of calls older than ninety days only what all have spent together is kept', async () => {
    const conversationId = '900001';
    const about = { conversationId, personRef: 'slack/T1/OLD', channel: 'OLD' };
    await reserved({ ...about, at: later(-91 * 24) });
    await reserved({ ...about, at: later(-89 * 24) });
    expect(await store.spending.ofConversation(conversationId)).toBe(200);
    await reserved();
    expect(await store.spending.ofConversation(conversationId)).toBe(100);
    const totals = databases[0]!.knex('spending_total').whereIn('whose', ['slack/T1/OLD', 'OLD']);
    expect(await totals).toHaveLength(2);
    expect(await store.spending.spent('day', later(-91 * 24))).toBe(100);
  });

  test('amounts that are none are refused loudly', async () => {
    for (const most of [-1, 0.5, Number.NaN])
      await expect(store.spending.reserve(call({ most }), {})).rejects.toThrow();
    expect(await store.spending.spent('day', at)).toBe(0);
    const id = await reserved();
    await expect(store.spending.settle(id, { spent: -1, usage }, {})).rejects.toThrow();
    expect(await store.spending.spent('day', at)).toBe(100);
  });

  test('the migration goes there and back', async () => {
    const { knex } = databases[0]!;
    const rolledBack = knex.transaction(async (trx) => {
      await down(trx);
      expect(await trx.schema.hasTable('spending_call')).toBe(false);
      await up(trx);
      expect(await trx('spending_total')).toEqual([]);
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    expect(await knex('spending_total')).not.toEqual([]);
  });
}
