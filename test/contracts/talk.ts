import type { Address, Click, Message, SharedFile } from '#domain/conversation.ts';
import { type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';
import type { Received, Store } from '#ports.ts';

export const at = new Date('2026-03-01T09:00:00Z');
export const decision: Decision = { kind: 'ask', about: 'nothing-asked', grounds: NOTHING_SEARCHED };

export function later(seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}

export function file(name: string, changes: Partial<SharedFile> = {}): SharedFile {
  return { name, ref: `F/${name}`, mimeType: 'image/png', bytes: 1234, ...changes };
}

/** People who talk to the store: each message and click in it is another one. */
export interface Talk {
  readonly message: (changes?: Partial<Message>) => Message;
  /** A message that opens a conversation. */
  readonly opened: (changes?: Partial<Message>) => Promise<Received & { first: Message }>;
  /** Records a decision on all that is said; the turn's id. */
  readonly answered: (conversationId: string) => Promise<string>;
  readonly click: (turnId: string, of: { address: Address } & Partial<Click>) => Click;
}

let number = 0;

export function createTalk(store: () => Store): Talk {
  function message(changes: Partial<Message> = {}): Message {
    number += 1;
    return {
      id: `T1/C1/${number}`,
      eventId: `slack/Ev${number}`,
      address: { platform: 'slack', ref: `T1/C1/${number}` },
      place: 'direct',
      authorRef: 'slack/T1/U1',
      text: 'my vpn drops',
      sentAt: at,
      addressed: true,
      files: [],
      ...changes,
    };
  }
  return {
    message,
    async opened(changes = {}) {
      const first = message(changes);
      const received = await store().inbound.message(first);
      if (received === null) throw new Error('not received');
      return { ...received, first };
    },
    async answered(conversationId) {
      const { version, turns } = await store().conversations.load(conversationId);
      const handledThrough = turns.at(-1)?.id ?? '';
      const record = { conversationId, version, handledThrough, decision, text: 'Hello', at };
      const turn = await store().conversations.recordDecision(record);
      if (turn === null) throw new Error('not recorded');
      return turn.turnId;
    },
    click(turnId, changes) {
      number += 1;
      const click = { eventId: `slack/click${number}`, turnId, personRef: 'slack/T1/U1', action: 'solved' } as const;
      return { ...click, at, values: null, ...changes };
    },
  };
}

/** What comes in is stored in one transaction with its job. */
export function createIntake(store: () => Store): Pick<Store['inbound'], 'message' | 'change' | 'click'> {
  const takeIn = (write: (within: Store) => Promise<Received | null>) =>
    store().transaction(async (within) => {
      const received = await write(within);
      if (received !== null) await within.jobs.send('answer', received.conversationId, { ...received });
      return received;
    });
  return {
    message: (message) => takeIn((within) => within.inbound.message(message)),
    change: (change) => takeIn((within) => within.inbound.change(change)),
    click: (click) => takeIn((within) => within.inbound.click(click)),
  };
}

/** Looks again and again until it is so. */
export async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
