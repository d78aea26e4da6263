import type { Conversation, Turn } from '#domain/conversation.ts';
import { filesThere } from '#domain/mirrored-file.ts';
import type { Clock, Store } from '#ports.ts';
import { type ChatPlatforms, findPerson } from './people.ts';

/**
 * Takes over what the requester said in another chat into the conversation of their ticket, once: as words of theirs,
 * on the ticket by what is decided on them there, and in its thread, unless others read along there. Done again after
 * they have changed or taken back their words, it brings them up to that.
 */
export function createCarryOver({ store, platforms, clock }: { store: Store; platforms: ChatPlatforms; clock: Clock }) {
  return async function carryOver(turnId: string, conversationId: string): Promise<void> {
    const conversation = await store.conversations.load(conversationId);
    const decision = conversation.turns.find(({ id }) => id === turnId)?.decision;
    if (decision?.kind !== 'continue') return;
    const { name } = await findPerson(conversation.requesterRef, { platforms, people: store.people, clock });
    const target = await store.conversations.load(decision.request.conversationId);
    const key = `carried/${conversation.name}/${turnId}`;
    const text = saidUpTo(conversation, turnId);

    await store.transaction(async (within) => {
      const notes = within.notes(conversation.address.platform);
      const carried = await notes.find(key);
      const taken = { target, key, name, text, at: clock() };
      const turn = typeof carried === 'string' ? await revise(within, carried, text) : await takeOver(within, taken);
      if (turn === null) return;
      await notes.save(key, turn.turnId);
      const { id } = target;
      if (target.place === 'direct') await within.jobs.send('deliver', id, { conversationId: id, turnId: turn.turnId });
      const next = typeof carried === 'string' ? 'mirror' : 'answer';
      await within.jobs.send(next, id, { conversationId: id });
    });
  };
}

interface Taken {
  readonly target: Conversation;
  readonly key: string;
  readonly name: string;
  readonly text: string;
  readonly at: Date;
}

async function takeOver(within: Store, { target, key, name, text, at }: Taken): Promise<{ turnId: string } | null> {
  if (text === '') return null;
  return within.conversations.recordAgentTurn({
    conversationId: target.id,
    author: 'requester',
    authorName: name,
    // that conversation's own ref of the same person: its platform knows no other
    personRef: target.requesterRef,
    text,
    at,
    files: [],
    commentId: null,
    once: key,
  });
}

function revise(within: Store, turnId: string, text: string): Promise<{ turnId: string } | null> {
  return within.conversations.reviseTurn(turnId, { text: text === '' ? null : text });
}

/**
 * What the requester said of this: since what was last taken over, or else what the offer was made on and all that came
 * after it. What they asked before that was something else.
 */
function saidUpTo({ turns }: Conversation, turnId: string): string {
  const until = turns.slice(
    0,
    turns.findIndex(({ id }) => id === turnId),
  );
  const isSpoken = ({ decision }: Turn) =>
    decision !== null && decision.kind !== 'silent' && decision.kind !== 'report';
  const offer = until.findLastIndex(({ decision }) => decision?.kind === 'offer-continue');
  const last = until.findLastIndex(({ decision }) => decision?.kind === 'continue');
  const from = last > offer ? last : until.slice(0, Math.max(offer, 0)).findLastIndex(isSpoken);
  return until
    .slice(from + 1)
    .filter(({ author, action, withdrawn }) => author === 'requester' && action === null && !withdrawn)
    .map(words)
    .filter((line) => line !== '')
    .join('\n\n');
}

/** Files stay where they were shared: the other platform could not fetch them. */
function words(turn: Turn): string {
  const files = filesThere(turn).map(({ name }) => name);
  return files.length === 0 ? turn.text : `${turn.text}\n(files in the other chat: ${files.join(', ')})`.trim();
}
