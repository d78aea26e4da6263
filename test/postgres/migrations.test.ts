import knexFactory from 'knex';
import { migrationContract } from '../contracts/migrations.ts';
import { temporaryDatabase } from './temporary-database.ts';

describe('migrating a Postgres server', () => {
  migrationContract(async () => {
    const database = temporaryDatabase();
    await database.create();
    const knex = knexFactory({ client: 'pg', connection: database.url, pool: { min: 0, max: 1 } });
    return {
      knex,
      close: async () => {
        await knex.destroy();
        await database.drop();
      },
    };
  });
});
