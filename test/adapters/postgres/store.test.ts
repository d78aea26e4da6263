import { knowledgeContract } from '../../contracts/knowledge.ts';
import { chatsContract } from '../../contracts/store-chats.ts';
import { storeContract } from '../../contracts/store.ts';
import { ticketLoopContract } from '../../contracts/ticket-loop.ts';

describe('the embedded database', () => {
  storeContract(() => ({ dump: process.env['TEST_DUMP'] ?? '' }));
});
describe('places without threads, and people, in the embedded database', () => {
  chatsContract(() => ({ dump: process.env['TEST_DUMP'] ?? '' }));
});
describe('conversations with a ticket in the embedded database', () => {
  ticketLoopContract(() => ({ dump: process.env['TEST_DUMP'] ?? '' }));
});
describe('documents in the embedded database', () => {
  knowledgeContract(() => ({ dump: process.env['TEST_DUMP'] ?? '' }));
});
