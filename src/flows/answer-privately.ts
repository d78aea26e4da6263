import { privateAnswerOpening } from '#domain/openings.ts';
import type { Clock, Store } from '#ports.ts';
import { openTicket } from './open-ticket.ts';
import { type ChatPlatforms, platformOf } from './people.ts';

export interface PrivateAnswerDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly clock: Clock;
}

/**
 * Takes a question from a channel into the requester's direct messages: opens a thread there, the job's one effect, and
 * then a conversation in which they have asked it, once. The answer is that conversation's own affair.
 */
export function createAnswerPrivately({ store, platforms, clock }: PrivateAnswerDeps) {
  return async function answerPrivately(offerTurnId: string, conversationId: string, again: boolean): Promise<void> {
    const { address: asked, name, requesterRef, turns } = await store.conversations.load(conversationId);
    const offer = turns.find(({ id }) => id === offerTurnId)?.decision;
    if (offer?.kind !== 'offer-private' || offer.grounds.question === null) return;
    const { question } = offer.grounds;
    const platform = platformOf(platforms, asked.platform);
    // The conversation's name, not its id: that one begins anew with every database.
    const key = `private/${name}/${offerTurnId}`;
    const reply = privateAnswerOpening({ question, url: await platform.permalink(asked) });

    const { address, messageId, chat } = await platform.startDirect(requesterRef, { key, reply, again });

    await store.transaction(async (within) => {
      const message = { eventId: key, id: messageId, address, authorRef: requesterRef, text: question, files: [] };
      const there = { place: 'direct', ...(chat === undefined ? {} : { chat: { id: chat, quotes: null } }) } as const;
      const opened = await within.inbound.message({ ...message, ...there, addressed: true, sentAt: clock() });
      if (opened === null) return;
      await within.jobs.send('answer', opened.conversationId, { conversationId: opened.conversationId });
      await within.jobs.send('settle', conversationId, { conversationId, turnId: offerTurnId });
    });
  };
}

/** When no direct message can be sent, a person takes over: whoever takes up an offer is not left without an outcome. */
export function createHandOverUnsent({ store, clock }: PrivateAnswerDeps) {
  return async function handOverUnsent(conversationId: string): Promise<void> {
    const { handledThrough: throughTurnId } = await store.conversations.load(conversationId);
    await store.transaction((within) =>
      openTicket(within, { conversationId, reason: 'unavailable', throughTurnId, at: clock() }),
    );
  };
}
