import { spendingContract } from '../contracts/spending.ts';
import { temporaryDatabase } from './temporary-database.ts';

const database = temporaryDatabase();
const { url } = database;

beforeAll(() => database.create());
afterAll(() => database.drop());

describe('money on a Postgres server, of two processes', () => {
  spendingContract(() => ({ url }), { pools: 2 });
});
