import type { Conversation, Turn } from './conversation.ts';
import type { EarlierWords } from './prompt.ts';

/** The last so many: what a follow-up points at was said just before. */
const MOST = 6;

/** What was said in the thread before that which waits for a decision, in order. */
export function earlierWords({ turns, handledThrough }: Conversation): readonly EarlierWords[] {
  const handled = turns.findIndex(({ id }) => id === handledThrough);
  return turns
    .slice(0, handled + 1)
    .filter(isSaid)
    .slice(-MOST)
    .map(({ author, text }) => ({
      by: author === 'bot' || author === 'agent' ? 'helpdesk' : 'requester',
      text,
    }));
}

function isSaid({ stage, text, withdrawn, action }: Turn): boolean {
  return stage === 'thread' && !withdrawn && action === null && text.trim() !== '';
}
