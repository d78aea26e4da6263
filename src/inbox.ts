import { goesOn } from '#domain/chat-thread.ts';
import { readCommand } from '#domain/command.ts';
import type { Address, Click, Message } from '#domain/conversation.ts';
import type { Form } from '#domain/form.ts';
import { formAfter } from '#domain/forms.ts';
import { requestLines } from '#domain/open-request.ts';
import { afterPress, isOffered, TOO_LATE } from '#domain/pressed.ts';
import type { Reply } from '#domain/reply.ts';
import { helpParts, statusParts } from '#domain/speak.ts';
import type { Inbox, Pressed } from './chat-ports.ts';
import type { Clock, OutgoingTurn, Received, Store } from './ports.ts';

/** So many of a person's requests are listed. */
const MOST_REQUESTS = 15;

/**
 * Takes in what the chat platforms and the ticket system deliver: stored under the vendor's own id, in one transaction
 * with the job that deals with it, before the delivery is acknowledged. A redelivery changes nothing.
 */
export function createInbox(store: Store, clock: Clock): Inbox {
  return {
    async message(message) {
      await receive(store, async (within) => within.inbound.message(await placed(within, message)));
    },
    isOurs: async (message) => (await store.inbound.isOurs(message.address)) || (await joined(store, message)) !== null,
    async change(change) {
      await receive(store, async (within) => {
        const message = change.message === null ? null : await placed(within, change.message);
        const text = change.text === null ? null : withoutNew(change.text);
        const received = await within.inbound.change({ ...change, text, message });
        if (received?.as === 'changed') await carryAgain(within, received);
        return received;
      });
    },
    click: (click) => press(store, click),
    form: (click) => formOf(store, click),
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
    async stopped(stop) {
      await receive(store, (within) => within.inbound.stop(stop));
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

function receive(store: Store, write: (within: Store) => Promise<Received | null>): Promise<Received | null> {
  return store.transaction(async (within) => {
    const received = await write(within);
    if (received !== null) await sendJob(within, received);
    return received;
  });
}

async function press(store: Store, click: Click): Promise<Pressed> {
  const shown = await store.conversations.shown(click.turnId);
  if (shown === null || !isOffered(shown.turn, click)) return TOO_LATE;
  const received = await receive(store, (within) => within.inbound.click(click));
  if (received === null && !isThere(shown, click)) return TOO_LATE;
  const pressed = afterPress(await store.conversations.load(shown.conversationId), click);
  // one that comes again opens no second form
  return received === null ? { ...pressed, form: null } : pressed;
}

async function formOf(store: Store, click: Click): Promise<Form | null> {
  const shown = await store.conversations.shown(click.turnId);
  if (shown === null || !isThere(shown, click)) return null;
  return formAfter(await store.conversations.load(shown.conversationId), click);
}

/** In a place without threads: in the conversation that goes on there, or in one of its own. */
async function placed(store: Store, message: Message): Promise<Message> {
  if (message.chat === undefined || message.chat.opens === true) return message;
  const address = await joined(store, message);
  if (address !== null) return { ...message, address };
  return { ...message, text: withoutNew(message.text) };
}

/** The conversation that it goes on with in a place without threads; null when it does with none. */
async function joined({ inbound }: Store, message: Message): Promise<Address | null> {
  if (message.chat === undefined || message.chat.opens === true) return null;
  const going = await inbound.goingOn(message.address.platform, message.chat);
  return going !== null && goesOn(going, message) ? going.address : null;
}

function isThere({ address: own }: OutgoingTurn, { address }: Click): boolean {
  return own?.platform === address.platform && own.ref === address.ref;
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

/** What is said to be new, without saying so. */
function withoutNew(text: string): string {
  const command = readCommand(text);
  return command?.name === 'new' && command.rest !== '' ? command.rest : text;
}

/** What was taken over into another conversation is brought up to the change there. */
async function carryAgain({ conversations, jobs }: Store, { conversationId, turnId }: Received): Promise<void> {
  const { turns } = await conversations.load(conversationId);
  const later = turns.slice(turns.findIndex(({ id }) => id === turnId));
  const taken = later.find(({ decision }) => decision?.kind === 'continue');
  if (taken !== undefined) await jobs.send('carry-over', conversationId, { conversationId, turnId: taken.id });
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
