import type { Knex } from 'knex';

/**
 * What is spent on models: a total for each place where money is counted, and each call. Amounts are micro money:
 * millionths of the currency in which prices are set.
 *
 * Calls do not refer to their conversation: the check of a foreign key waits for whoever holds the conversation's row,
 * and everybody who spends would wait as well.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table spending_total (
      scope text not null check (scope in ('month', 'day', 'channel', 'person')),
      whose text not null,                 -- the channel or person; '' for the others
      period date not null,                -- the day in UTC; of a month its first
      amount bigint not null,              -- spent and held back together
      told_percent int not null default 0, -- the highest share that was told
      told_cap bigint not null default 0,  -- of this cap
      primary key (scope, whose, period)
    );

    create table spending_call (
      id bigint generated always as identity primary key,
      purpose text not null,
      model text not null,
      conversation_id bigint,
      person_ref text,
      channel text,
      at timestamptz not null,
      reserved bigint not null check (reserved >= 0),
      spent bigint check (spent >= 0),     -- null: it was not heard of, and counts as reserved
      input_tokens bigint,
      cached_tokens bigint,
      output_tokens bigint,
      settled_at timestamptz
    );
    create index spending_call_conversation on spending_call (conversation_id) where conversation_id is not null;
    create index spending_call_at on spending_call using brin (at);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table spending_call, spending_total');
}
