import type { Click, Message, MessageChange } from '#domain/conversation.ts';
import type { Form } from '#domain/form.ts';
import type { Arrival, Inbox, Pressed, Stop } from '#chat-ports.ts';

/** An inbox that keeps what it is handed, and knows what was handed over before, as the store does. */
export interface RecordingInbox extends Inbox {
  /** Each message once, by its id; likewise changes and clicks by the ids of their events. In order. */
  readonly messages: readonly Message[];
  readonly changes: readonly MessageChange[];
  readonly clicks: readonly Click[];
  readonly arrivals: readonly Arrival[];
  /** Each once, by the id of its event. */
  readonly stops: readonly Stop[];
  /** All that was handed over and kept, repetitions too. */
  readonly handed: {
    readonly messages: readonly Message[];
    readonly changes: readonly MessageChange[];
    readonly clicks: readonly Click[];
  };
  /** What is answered to a click, and to whoever asks for its form. */
  pressed: Pressed;
  offered: Form | null;
  /** Whether what is not addressed is of a conversation of ours. */
  ours: boolean;
  /** The forms that were asked for without a press. */
  readonly asked: readonly Click[];
  /** How much has come, kept or not. */
  readonly begun: number;
  /** Awaited before anything is kept. */
  hold: Promise<void>;
  /** What comes next is not stored: the database is gone for a moment. */
  failOnce(): void;
}

export const nothingPressed: Pressed = { form: null, reply: null, refusal: null };

export function createRecordingInbox(): RecordingInbox {
  const handed = { messages: [] as Message[], changes: [] as MessageChange[], clicks: [] as Click[] };
  const arrivals: Arrival[] = [];
  const stops: Stop[] = [];
  const asked: Click[] = [];
  let begun = 0;
  let failing = false;

  async function keep<T>(kept: T[], one: T): Promise<void> {
    begun += 1;
    await inbox.hold;
    if (failing) {
      failing = false;
      throw new Error('the database is gone');
    }
    kept.push(one);
  }

  const inbox: RecordingInbox = {
    handed,
    arrivals,
    asked,
    get messages() {
      return onceEach(handed.messages, ({ id }) => id);
    },
    get changes() {
      return onceEach(handed.changes, ({ eventId }) => eventId);
    },
    get clicks() {
      return onceEach(handed.clicks, ({ eventId }) => eventId);
    },
    get stops() {
      return onceEach(stops, ({ eventId }) => eventId);
    },
    get begun() {
      return begun;
    },
    pressed: nothingPressed,
    offered: null,
    ours: true,
    hold: Promise.resolve(),
    failOnce() {
      failing = true;
    },
    message: (message) => keep(handed.messages, message),
    change: (change) => keep(handed.changes, change),
    isOurs: async () => inbox.ours,
    async click(click) {
      await keep(handed.clicks, click);
      return inbox.pressed;
    },
    async form(click) {
      asked.push(click);
      return inbox.offered;
    },
    turnOfPost: async () => null,
    command: async () => ({ parts: [{ kind: 'text', text: 'There is nothing to tell.' }], buttons: [] }),
    async arrived(arrival) {
      arrivals.push(arrival);
    },
    stopped: (stop) => keep(stops, stop),
    ticketHint: async () => {},
  };
  return inbox;
}

function onceEach<T>(all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  const first = new Map<string, T>();
  for (const one of all) if (!first.has(nameOf(one))) first.set(nameOf(one), one);
  return Array.from(first.values());
}
