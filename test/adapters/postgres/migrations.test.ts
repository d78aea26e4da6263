import knexFactory from 'knex';
import { startEmbedded } from '../../../adapters/postgres/embedded.ts';
import { migrationContract } from '../../contracts/migrations.ts';

describe('migrating the embedded database', () => {
  migrationContract(async () => {
    const embedded = await startEmbedded({});
    const connection = { host: embedded.host, port: embedded.port, user: 'postgres', database: 'postgres' };
    const knex = knexFactory({ client: 'pg', connection, pool: { min: 1, max: 1 } });
    return {
      knex,
      close: async () => {
        await knex.destroy();
        await embedded.close();
      },
    };
  });
});
