import type { Knex } from 'knex';
import type { Jobs, Log, Store } from '#ports.ts';
import { createConversations } from './conversations.ts';
import type { Database } from './database.ts';
import { groupCommit } from './group-commit.ts';
import { createInbound } from './inbound.ts';
import { createIncidents } from './incidents.ts';
import { collectJobs, createJobs } from './jobs.ts';
import { createKnowledge } from './knowledge.ts';
import { createLessons } from './lessons.ts';
import { createNearest } from './nearest.ts';
import { createPeople, createPeopleCache } from './people.ts';
import { createPlatformNotes } from './platform-notes.ts';
import { createRequests } from './requests.ts';
import { createSourceMemory } from './source-notes.ts';
import { createSpending } from './spending.ts';
import { createSyncRuns } from './sync-runs.ts';
import { createTickets } from './tickets.ts';
import { createTrails } from './trails.ts';
import { createVectors } from './vectors.ts';

/** `language`: the name of a Postgres text search configuration. `log`: told, once, when vectors cannot be searched. */
export interface StoreOptions {
  readonly language: string;
  readonly log?: Pick<Log, 'warn'>;
}

/** Everything that is kept, in one database. */
export function createStore(database: Database, { language, log }: StoreOptions): Store {
  const people = createPeopleCache();
  const nearest = createNearest({ log });
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
      knowledge: createKnowledge({ knex, language, nearest }),
      vectors: createVectors(knex, { isShared: database.embedded }),
      trails: createTrails(knex),
      memory: createSourceMemory(knex),
      spending: createSpending(knex),
      syncRuns: createSyncRuns(knex),
      jobs: sending.get(knex) ?? createJobs(database, knex),
      // Within a transaction it is that transaction: waiting for another one would wait for ever.
      transaction: (work) => (knex === database.knex ? inTransaction((trx) => work(within(trx))) : work(within(knex))),
    };
  }
  return within(database.knex);
}
