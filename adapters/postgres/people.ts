import type { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import type { Person } from '#domain/conversation.ts';
import type { People } from '#ports.ts';
import { allRows, firstRow } from './first-row.ts';

const savePerson = `
  insert into person (ref, name, email, outsider, bot, fetched_at)
  values (:ref, :name, :email, :outsider, :bot, :fetchedAt)
  on conflict (ref) do update
  set name = excluded.name, email = excluded.email, outsider = excluded.outsider, bot = excluded.bot,
    fetched_at = excluded.fetched_at`;

const findPerson = 'select name, email, outsider, bot, fetched_at from person where ref = :ref';

/** By ref. A person who is out of date in one process is asked for again within the hour, as in any other. */
export type PeopleCache = LRUCache<string, { person: Person; fetchedAt: Date }>;

export function createPeopleCache(): PeopleCache {
  return new LRUCache({ max: 10_000 });
}

/** What the platforms last said about people, in Postgres, with those of late in memory. */
export function createPeople(knex: Knex, cache: PeopleCache): People {
  return {
    async find(ref) {
      const cached = cache.get(ref);
      if (cached !== undefined) return cached;
      const row = await firstRow<Person & { fetched_at: Date }>(knex, findPerson, { ref });
      if (row === null) return null;
      const { name, email, outsider, bot } = row;
      const known = { person: { ref, name, email, outsider, bot }, fetchedAt: row.fetched_at };
      cache.set(ref, known);
      return known;
    },
    async save(person, fetchedAt) {
      const { ref, name, email, outsider, bot } = person;
      cache.set(ref, { person, fetchedAt });
      await allRows(knex, savePerson, { ref, name, email, outsider, bot, fetchedAt });
    },
  };
}
