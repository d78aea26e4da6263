import { openDatabase } from '../../adapters/postgres/database.ts';
import { knowledgeContract } from '../contracts/knowledge.ts';
import { chatsContract } from '../contracts/store-chats.ts';
import { storeContract } from '../contracts/store.ts';
import { ticketLoopContract } from '../contracts/ticket-loop.ts';
import { vectorsContract } from '../contracts/vectors.ts';
import { temporaryDatabase } from './temporary-database.ts';

const database = temporaryDatabase();
const { url } = database;

beforeAll(() => database.create());
afterAll(() => database.drop());

describe('starting together', () => {
  test('four replicas that start at the same time on an empty database all start', async () => {
    const replicas = await Promise.all([1, 2, 3, 4].map(() => openDatabase({ url })));
    const up = await Promise.all(replicas.map((replica) => replica.isUp()));
    await Promise.all(replicas.map((replica) => replica.close()));
    expect(up).toEqual([true, true, true, true]);
  });
});

describe('a Postgres server', () => {
  storeContract(() => ({ url }));
});
describe('places without threads, and people, on a Postgres server', () => {
  chatsContract(() => ({ url }));
});
describe('conversations with a ticket on a Postgres server', () => {
  ticketLoopContract(() => ({ url }));
});
describe('documents on a Postgres server', () => {
  knowledgeContract(() => ({ url }));
});
describe('vectors on a Postgres server', () => {
  vectorsContract(() => ({ url }));
});
