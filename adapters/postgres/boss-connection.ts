import type { Knex } from 'knex';
import pg, { type Client, type ClientConfig } from 'pg';
import { fromKnex } from 'pg-boss';
import { onConnection, plannedName } from './connection.ts';

/**
 * pg-boss's statements are long, and planning one takes several times as long as running it. Those of every job begin
 * with WITH; others, of maintenance, may be several in one text, which cannot be prepared.
 */
function isPlannedOnce(text: string): boolean {
  return /^\s*with\b/i.test(text) && !text.includes(';');
}

/** A client for pg-boss's own pool that keeps the plans of its frequent statements. */
export function createBossClient(config: ClientConfig): Client {
  const client = new pg.Client(config);
  const plain = { query: client.query.bind(client) };
  const send = plain.query as (...args: readonly unknown[]) => unknown;
  const planning = (text: unknown, ...rest: readonly unknown[]) => {
    if (typeof text !== 'string' || typeof rest[0] === 'function' || !isPlannedOnce(text)) return send(text, ...rest);
    const [values = [], ...others] = rest;
    return send({ text, name: plannedName(plain, text) }, values, ...others);
  };
  return Object.assign(client, { query: planning });
}

/** Lets pg-boss use a connection of ours: with a transaction, what it writes is part of it. */
export function bossOn(knex: Knex): ReturnType<typeof fromKnex> {
  const boss = fromKnex(knex);
  return {
    async executeSql(text, values = []) {
      if (!isPlannedOnce(text)) return boss.executeSql(text, values);
      return { rows: [...(await onConnection(knex, (query) => query(text, values, { planned: 'once' })))] };
    },
  };
}
