import type { Knex } from 'knex';
import type { Lessons, StoredLesson } from '#ticket-ports.ts';
import { allRows, firstRow } from './first-row.ts';
import { isId } from './row-id.ts';
import { clean } from './stored-text.ts';

const columns = `
  id, conversation_id as "conversationId", ticket_id as "ticketId", question, answer, url, state, changed_by as by,
  changed_at as "changedAt", revision`;

const propose = `
  insert into lesson (conversation_id, ticket_id, question, answer, url, changed_at)
  values (:conversationId, :ticketId, :question, :answer, :url, :at)
  on conflict (ticket_id) do nothing returning ${columns}`;

const find = `select ${columns} from lesson where id = :lessonId`;

const ofConversation = `
  select ${columns} from lesson where conversation_id = :conversationId order by id desc limit 1`;

const settle = `
  update lesson set state = coalesce(:state, state), question = coalesce(:question, question),
    answer = coalesce(:answer, answer), changed_by = :by, changed_at = :at, revision = revision + 1
  where id = :lessonId and (
    state <> coalesce(:state, state) or question <> coalesce(:question, question)
    or answer <> coalesce(:answer, answer)
  )
  returning ${columns}`;

const approved = `select ${columns} from lesson where state = 'approved' order by id`;

/** What is learnt from solved tickets, in Postgres. */
export function createLessons(knex: Knex): Lessons {
  return {
    propose: ({ question, answer, ...lesson }) =>
      firstRow<StoredLesson>(knex, propose, { ...lesson, question: clean(question), answer: clean(answer) }),
    find: async (lessonId) => (isId(lessonId) ? firstRow<StoredLesson>(knex, find, { lessonId }) : null),
    ofConversation: (conversationId) => firstRow<StoredLesson>(knex, ofConversation, { conversationId }),
    async settle(lessonId, { state = null, question, answer, by, at }) {
      if (!isId(lessonId)) return null;
      const words = { question: cleanOrNull(question), answer: cleanOrNull(answer) };
      return firstRow<StoredLesson>(knex, settle, { lessonId, state, ...words, by: clean(by), at });
    },
    approved: () => allRows<StoredLesson>(knex, approved, {}),
  };
}

function cleanOrNull(text: string | undefined): string | null {
  return text === undefined ? null : clean(text);
}
