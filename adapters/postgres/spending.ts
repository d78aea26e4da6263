import type { Knex } from 'knex';
import type { CapNews, Caps, PlannedCall, Spending, SpendingScope } from '#model-ports.ts';
import { allRows, firstRow } from './first-row.ts';
import { isId } from './row-id.ts';
import {
  addToTotals,
  amountOf,
  amountOfConversation,
  insertCall,
  noteTold,
  removeOld,
  settleCall,
} from './spending-sql.ts';

/**
 * What is spent on models, in Postgres. Whoever reserves or settles holds the rows of the totals until the transaction
 * ends: so inside one, nothing slow may follow.
 */
export function createSpending(knex: Knex): Spending {
  return {
    reserve: (call, caps) => inTransaction(knex, (trx) => reserve(trx, call, caps)),
    settle: (reservationId, cost, caps) => inTransaction(knex, (trx) => settle(trx, { reservationId, ...cost }, caps)),
    async spent(scope, at) {
      const day = dayOf(at);
      const period = scope === 'month' ? `${day.slice(0, 7)}-01` : day;
      return Number((await firstRow<{ amount: string }>(knex, amountOf, { scope, period }))?.amount ?? 0);
    },
    async ofConversation(conversationId) {
      if (!isId(conversationId)) return 0;
      const row = await firstRow<{ amount: string }>(knex, amountOfConversation, { conversationId });
      return Number(row?.amount ?? 0);
    },
  };
}

function inTransaction<T>(knex: Knex, work: (trx: Knex) => Promise<T>): Promise<T> {
  return knex.isTransaction === true ? work(knex) : knex.transaction(work);
}

/** A day in UTC. */
function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** Whose totals a call counts in. */
type Spender = Pick<PlannedCall, 'personRef' | 'channel' | 'at'>;

interface Total {
  readonly scope: SpendingScope;
  readonly whose: string;
  readonly amount: number;
  readonly toldPercent: number;
  readonly toldCap: number;
  readonly isNew: boolean;
}

async function reserve(trx: Knex, call: PlannedCall, caps: Caps): ReturnType<Spending['reserve']> {
  const totals = await add(trx, call, call.most);
  // the first call of a day clears up: so it is done once, by whichever process that is
  if (totals.some(({ scope, isNew }) => scope === 'day' && isNew))
    await allRows(trx, removeOld, { day: dayOf(call.at) });
  const passed = call.most === 0 ? [] : totals.filter(({ scope, amount }) => amount > (caps[scope] ?? Infinity));
  const [first] = passed;
  if (first !== undefined) {
    // nobody has seen the sums in between: the rows are held until the transaction ends
    await add(trx, call, -call.most);
    const news = passed.flatMap((total) =>
      newsOf({ ...total, amount: total.amount - call.most }, { caps, percent: 100 }),
    );
    await tell(trx, news, call.at);
    return { kind: 'refused', scope: first.scope, news };
  }
  const { purpose, model, conversationId, personRef, channel, at, most } = call;
  const stored = { purpose, model, conversationId, personRef, channel, at, reserved: most };
  const row = await firstRow<{ id: string }>(trx, insertCall, stored);
  if (row === null) throw new Error('the call could not be recorded');
  return { kind: 'reserved', reservationId: row.id };
}

async function settle(
  trx: Knex,
  { reservationId, spent, usage }: { readonly reservationId: string } & Parameters<Spending['settle']>[1],
  caps: Caps,
): Promise<readonly CapNews[]> {
  if (!isId(reservationId)) return [];
  const { inputTokens, cachedTokens, outputTokens } = usage;
  const values = { reservationId, spent, inputTokens, cachedTokens, outputTokens };
  const call = await firstRow<SettledRow>(trx, settleCall, values);
  if (call === null) return [];
  const spender = { personRef: call.person_ref, channel: call.channel, at: call.at };
  const totals = await add(trx, spender, spent - Number(call.reserved));
  const news = totals.flatMap((total) => newsOf(total, { caps, percent: percentOf(total, caps) }));
  await tell(trx, news, call.at);
  return news;
}

interface SettledRow {
  readonly reserved: string;
  readonly at: Date;
  readonly person_ref: string | null;
  readonly channel: string | null;
}

async function add(trx: Knex, { personRef, channel, at }: Spender, amount: number): Promise<readonly Total[]> {
  const rows = await allRows<TotalRow>(trx, addToTotals, { amount, day: dayOf(at), personRef, channel });
  return rows.map(({ scope, whose, amount: sum, told_percent, told_cap, is_new }) => ({
    scope,
    whose,
    amount: Number(sum),
    toldPercent: told_percent,
    toldCap: Number(told_cap),
    isNew: is_new,
  }));
}

interface TotalRow {
  readonly scope: SpendingScope;
  readonly whose: string;
  readonly amount: string;
  readonly told_percent: number;
  readonly told_cap: string;
  readonly is_new: boolean;
}

/** The highest share that is reached; 0: none. */
function percentOf({ scope, amount }: Total, caps: Caps): 0 | CapNews['percent'] {
  const cap = caps[scope];
  if (cap === undefined) return 0;
  return ([100, 80, 50] as const).find((percent) => amount > 0 && amount * 100 >= cap * percent) ?? 0;
}

/** None when as much of the cap was told before. What was told of a cap that was raised since counts for nothing. */
function newsOf(
  { scope, whose, amount, toldPercent, toldCap }: Total,
  { caps, percent }: { caps: Caps; percent: 0 | CapNews['percent'] },
): readonly CapNews[] {
  const cap = caps[scope];
  if (cap === undefined || percent === 0) return [];
  return percent > (cap > toldCap ? 0 : toldPercent) ? [{ scope, whose, percent, spent: amount, cap }] : [];
}

async function tell(trx: Knex, news: readonly CapNews[], at: Date): Promise<void> {
  for (const { scope, whose, percent, cap } of news) {
    await allRows(trx, noteTold, { scope, whose, day: dayOf(at), percent, cap });
  }
}
