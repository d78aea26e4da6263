import type { Knex } from 'knex';
import type { Jobs, Store } from '#ports.ts';
import { createConversations } from './conversations.ts';
import type { Database } from './database.ts';
import { groupCommit } from './group-commit.ts';
import { createInbound } from './inbound.ts';
import { createIncidents } from './incidents.ts';
import { collectJobs, createJobs } from './jobs.ts';
import { createKnowledge } from './knowledge.ts';
import { createLessons } from './lessons.ts';
import { createPeople, createPeopleCache } from './people.ts';
import { createPlatformNotes } from './platform-notes.ts';
import { createRequests } from './requests.ts';
import { createSourceMemory } from './source-notes.ts';
import { createSyncRuns } from './sync-runs.ts';
import { createTickets } from './tickets.ts';
import { createTrails } from './trails.ts';

/** Everything that is kept, in one database. `language`: the name of a Postgres text search configuration. */
export function createStore(database: Database, { language }: { language: string }): Store {
  const people = createPeopleCache();
  const sending = new WeakMap<Knex, Jobs>();
  const inTransaction = groupCommit(async (work) =>
    database.knex.transaction(async (trx) => {
      const jobs = collectJobs(database, trx);
      sending.set(trx, jobs);
      const result = await work(trx);
      await jobs.flush();
      return result;
    }),
  );

  function within(knex: Knex): Store {
    return {
      inbound: createInbound(knex),
      conversations: createConversations(knex),
      tickets: createTickets(knex),
      incidents: createIncidents(knex),
      lessons: createLessons(knex),
      people: createPeople(knex, people),
      requests: createRequests(knex),
      notes: (platform) => createPlatformNotes(knex, platform),
      knowledge: createKnowledge({ knex, language }),
      trails: createTrails(knex),
      memory: createSourceMemory(knex),
      syncRuns: createSyncRuns(knex),
      jobs: sending.get(knex) ?? createJobs(database, knex),
      // Within a transaction it is that transaction: waiting for another one would wait for ever.
      transaction: (work) => (knex === database.knex ? inTransaction((trx) => work(within(trx))) : work(within(knex))),
    };
  }
  return within(database.knex);
}
