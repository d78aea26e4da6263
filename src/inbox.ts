import { goesOn } from '#domain/chat-thread.ts';
import { readCommand } from '#domain/command.ts';
import type { Click, Message } from '#domain/conversation.ts';
import { formAfter } from '#domain/forms.ts';
import { requestLines } from '#domain/open-request.ts';
import { afterPress, TOO_LATE } from '#domain/pressed.ts';
import type { Reply } from '#domain/reply.ts';
import { helpParts, statusParts } from '#domain/speak.ts';
import type { Clock, Inbox, Received, Store } from './ports.ts';

/** So many of a person's requests are listed. */
const MOST_REQUESTS = 15;

/**
 * Takes in what the chat platforms and the ticket system deliver: stored under the vendor's own id, in one transaction
 * with the job that deals with it, before the delivery is acknowledged. A redelivery changes nothing.
 */
export function createInbox(store: Store, clock: Clock): Inbox {
  const receive = (write: (store: Store) => Promise<Received | null>) =>
    store.transaction(async (within) => {
      const received = await write(within);
      if (received !== null) await sendJob(within, received);
      return received;
    });

  return {
    async message(message) {
      await receive(async (within) => within.inbound.message(await placed(within, message)));
    },
    async change(change) {
      await receive(async (within) => {
        const message = change.message === null ? null : await placed(within, change.message);
        return within.inbound.change({ ...change, message });
      });
    },
    async click(click) {
      const received = await receive((within) => within.inbound.click(click));
      const conversationId = received?.conversationId ?? (await conversationBehind(store, click));
      if (conversationId === null) return TOO_LATE;
      const pressed = afterPress(await store.conversations.load(conversationId), click);
      // one that comes again opens no second form
      return received === null ? { ...pressed, form: null } : pressed;
    },
    async form(click) {
      const conversationId = await conversationBehind(store, click);
      return conversationId === null ? null : formAfter(await store.conversations.load(conversationId), click);
    },
    turnOfPost: (post) => store.conversations.ofPost(post),
    command: ({ person, text }) => replyTo(text, { store, person, at: clock() }),
    async arrived({ platform, chat, place }) {
      await store.transaction(async (within) => {
        const notes = within.notes(platform);
        if ((await notes.find(`arrived/${chat}`)) !== null) return;
        await notes.save(`arrived/${chat}`, clock().toISOString());
        await within.jobs.send('greet', `${platform} ${chat}`, { platform, chat, place });
      });
    },
    async ticketHint(hint) {
      await store.transaction(async (within) => {
        const received = await within.inbound.ticketHint(hint);
        if (received === null) return;
        await within.jobs.sendUnlessWaiting('refresh-ticket', received.conversationId, received);
      });
    },
  };
}

/** In a place without threads: in the conversation that goes on there, or in one of its own. */
async function placed({ inbound }: Store, message: Message): Promise<Message> {
  if (message.chat === undefined) return message;
  const going = await inbound.goingOn(message.address.platform, message.chat);
  if (going !== null && goesOn(going, message)) return { ...message, address: going.address };
  const command = readCommand(message.text);
  return command?.name === 'new' && command.rest !== '' ? { ...message, text: command.rest } : message;
}

/** Of a press that was seen before; null when it is none on a post of ours in that thread. */
async function conversationBehind({ conversations }: Store, { turnId, address }: Click): Promise<string | null> {
  if (!/^\d{1,18}$/.test(turnId)) return null;
  const shown = await conversations.outgoing(turnId).catch(() => null);
  const isThere = shown?.address?.platform === address.platform && shown.address.ref === address.ref;
  return shown !== null && isThere ? shown.conversationId : null;
}

async function replyTo(
  text: string,
  { store, person, at }: { store: Store; person: Parameters<Inbox['command']>[0]['person']; at: Date },
): Promise<Reply> {
  const command = readCommand(text);
  if (command?.name === 'status') {
    await store.people.save(person, at);
    return { parts: statusParts(requestLines(await store.requests.of(person.ref, MOST_REQUESTS))), buttons: [] };
  }
  const isKnown = text.trim() === '' || command?.name === 'help';
  const unknown = {
    kind: 'text',
    text: `“${text.trim().slice(0, 80)}” is no command. Ask it in a direct message.`,
  } as const;
  return { parts: [...(isKnown ? [] : [unknown]), ...helpParts()], buttons: [] };
}

async function sendJob({ jobs }: Store, { conversationId, turnId, as }: Received): Promise<void> {
  switch (as) {
    case 'pending':
      return jobs.send('answer', conversationId, { conversationId });
    case 'changed':
      return jobs.send('mirror', conversationId, { conversationId });
    case 'staff':
      return jobs.send('staff-act', conversationId, { conversationId, turnId });
  }
}
