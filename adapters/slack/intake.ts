import type { Clock, Inbox, Log } from '#ports.ts';
import { z } from 'zod';
import { readClicks, readEvent } from './events.ts';

/** Hands deliveries over to the inbox, and knows which are in hand. */
export interface Intake {
  /** Returns when the event is stored; throws when it is not, and then Slack must be told. */
  event(body: unknown, retryNum: number | undefined): Promise<void>;
  /** The same for a click. */
  clicks(body: unknown): Promise<void>;
  /** Takes deliveries again after `close`. */
  open(): void;
  /** Refuses further deliveries, which Slack then makes again; returns when those in hand are stored. */
  close(): Promise<void>;
}

type Ids = Readonly<Record<string, unknown>>;

/** @param ownUserId our bot's user id; null while it is not known. */
export function createIntake(deps: { inbox: Inbox; log: Log; clock: Clock; ownUserId: () => string | null }): Intake {
  const { inbox, log, clock, ownUserId } = deps;
  const { take, open, close } = createHands(log);

  async function takeEvent(body: unknown, ids: Ids): Promise<void> {
    const incoming = known(() => readEvent(body, ownUserId()), ids, log);
    switch (incoming?.kind) {
      case undefined:
        return;
      case 'message':
        log.debug('slack: message', { ...ids, lateByMs: clock().getTime() - incoming.message.sentAt.getTime() });
        return inbox.message(incoming.message);
      case 'change':
        return inbox.change(incoming.change);
      case 'nothing':
        return log.debug('slack: event without meaning for us', { ...ids, why: incoming.why });
    }
  }

  async function takeClicks(body: unknown, ids: Ids): Promise<void> {
    for (const click of known(() => readClicks(body), ids, log) ?? []) await inbox.click(click);
  }

  return {
    async event(body, retryNum) {
      const ids = { ...idsOf(body), retryNum };
      await take(ids, () => takeEvent(body, ids));
    },
    async clicks(body) {
      const ids = idsOf(body);
      await take(ids, () => takeClicks(body, ids));
    },
    open,
    close,
  };
}

/** What is in hand, and whether more is taken. */
function createHands(log: Log) {
  const inHand = new Set<Promise<void>>();
  let closed = false;

  async function take(ids: Ids, work: () => Promise<void>): Promise<void> {
    if (closed) throw new Error('closed: Slack delivers again');
    const working = work();
    inHand.add(working);
    try {
      await working;
    } catch (error) {
      log.error('slack: not stored, to be delivered again', { ...ids, errorName: nameOf(error) });
      throw error;
    } finally {
      inHand.delete(working);
    }
  }

  function open(): void {
    closed = false;
  }

  async function close(): Promise<void> {
    closed = true;
    await Promise.allSettled(inHand);
  }

  return { take, open, close };
}

/** Null when the shape is not known: delivered again, it would not become known. */
function known<T>(read: () => T, ids: Ids, log: Log): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    log.error('slack: unknown shape', { ...ids, at: placesOf(error) });
    return null;
  }
}

/** What a delivery may be called by in the log: types and ids, of whatever shape it is. */
export function idsOf(body: unknown): Ids {
  const outer = Object(body) as { type?: unknown; event_id?: unknown; event?: unknown };
  const inner = Object(outer.event) as { type?: unknown };
  return { type: short(outer.type), eventId: short(outer.event_id), eventType: short(inner.type) };
}

function short(id: unknown): string | undefined {
  return typeof id === 'string' ? id.slice(0, 100) : undefined;
}

function placesOf(error: z.ZodError): readonly string[] {
  return error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`);
}

/** A database's error quotes the values it could not write, so its text stays out of the log. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
