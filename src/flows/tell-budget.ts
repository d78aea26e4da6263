import { budgetSentence } from '#domain/budget.ts';
import { BUDGET } from '#domain/openings.ts';
import type { CapNews } from '#model-ports.ts';
import type { Store } from '#ports.ts';
import { noteFault } from './tell-admin.ts';

/**
 * Has each admin told, once, how much of a cap is spent. It stands where the faults of sources stand, one entry for a
 * share of a cap: the next day's replaces it, because its sentence names the day. `admins`: e-mail addresses.
 */
export async function noteBudget(
  store: Store,
  news: readonly CapNews[],
  { admins, at }: { readonly admins: readonly string[]; readonly at: Date },
): Promise<void> {
  if (news.length === 0) return;
  await store.transaction(async (within) => {
    for (const one of news) await note(within, one, { admins, at });
  });
}

async function note(
  within: Store,
  news: CapNews,
  { admins, at }: { readonly admins: readonly string[]; readonly at: Date },
): Promise<void> {
  const source = `${BUDGET}/${[news.scope, news.whose, news.percent].filter((part) => part !== '').join(' ')}`;
  const whose = news.scope === 'person' ? await nameOf(within, news.whose) : news.whose;
  await noteFault(within, { source, fault: budgetSentence({ ...news, whose }, at), admins, at });
}

async function nameOf(within: Store, personRef: string): Promise<string> {
  return (await within.people.find(personRef))?.person.name ?? personRef;
}
