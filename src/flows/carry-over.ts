import type { Conversation, Turn } from '#domain/conversation.ts';
import { filesThere } from '#domain/mirrored-file.ts';
import type { Clock, Store } from '#ports.ts';
import { type ChatPlatforms, findPerson } from './people.ts';

/**
 * Takes over what the requester said in another chat into the conversation of their ticket, once: as words of theirs,
 * shown in that thread and, by what is decided on them there, on the ticket.
 */
export function createCarryOver({ store, platforms, clock }: { store: Store; platforms: ChatPlatforms; clock: Clock }) {
  return async function carryOver(turnId: string, conversationId: string): Promise<void> {
    const conversation = await store.conversations.load(conversationId);
    const decision = conversation.turns.find(({ id }) => id === turnId)?.decision;
    if (decision?.kind !== 'continue') return;
    const said = saidUpTo(conversation, turnId);
    const text = said
      .map(words)
      .filter((line) => line !== '')
      .join('\n\n');
    if (text === '') return;
    const { name } = await findPerson(conversation.requesterRef, { platforms, people: store.people, clock });
    const target = decision.request.conversationId;
    const { requesterRef } = await store.conversations.load(target);

    await store.transaction(async (within) => {
      const turn = await within.conversations.recordAgentTurn({
        conversationId: target,
        author: 'requester',
        authorName: name,
        // that conversation's own ref of the same person: its platform knows no other
        personRef: requesterRef,
        text,
        at: clock(),
        files: [],
        commentId: null,
        once: `carried/${conversation.name}/${turnId}`,
      });
      if (turn === null) return;
      await within.jobs.send('deliver', target, { conversationId: target, turnId: turn.turnId });
      await within.jobs.send('answer', target, { conversationId: target });
    });
  };
}

/** What the requester said since what was last taken over. */
function saidUpTo({ turns }: Conversation, turnId: string): readonly Turn[] {
  const until = turns.slice(
    0,
    turns.findIndex(({ id }) => id === turnId),
  );
  const from = until.findLastIndex(({ decision }) => decision?.kind === 'continue') + 1;
  return until
    .slice(from)
    .filter(({ author, action, withdrawn }) => author === 'requester' && action === null && !withdrawn);
}

/** Files stay where they were shared: the other platform could not fetch them. */
function words(turn: Turn): string {
  const files = filesThere(turn).map(({ name }) => name);
  return files.length === 0 ? turn.text : `${turn.text}\n(files in the other chat: ${files.join(', ')})`.trim();
}
