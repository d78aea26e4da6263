import type { Clock, Inbox, Log } from '#ports.ts';
import { z } from 'zod';
import { readClicks, readSubmission } from './clicks.ts';
import { readEvent } from './events.ts';
import { type AnswerCommand, type CommandAnswer, notNow, readCommand } from './commands.ts';
import type { OpenForm } from './forms.ts';
import type { Whisper } from './whisper.ts';

/** Hands deliveries over to the inbox, and knows which are in hand. */
export interface Intake {
  /** Returns when the event is stored; throws when it is not, and then Slack must be told. */
  event(body: unknown, retryNum: number | undefined): Promise<void>;
  /** The same for a click. The form that it calls for is opened after that, and not waited for. */
  clicks(body: unknown): Promise<void>;
  /** The same for a form that is sent. */
  submission(body: unknown): Promise<void>;
  /** What is to be shown to who typed a command, in three seconds; never throws. It changes nothing. */
  command(body: unknown): Promise<CommandAnswer>;
  /** Takes deliveries again after `close`. */
  open(): void;
  /** Refuses further deliveries, which Slack then makes again; returns when those in hand are stored, and forms open. */
  close(): Promise<void>;
}

type Ids = Readonly<Record<string, unknown>>;

interface IntakeParts {
  readonly inbox: Inbox;
  readonly log: Log;
  readonly clock: Clock;
  /** Our bot's user id; null while it is not known. */
  readonly ownUserId: () => string | null;
  readonly openForm: OpenForm;
  readonly whisper: Whisper;
  readonly answerCommand: AnswerCommand;
}

export function createIntake(parts: IntakeParts): Intake {
  const { inbox, log, clock, ownUserId, openForm, whisper, answerCommand } = parts;
  const { take, keep, open, close } = createHands(log);

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
    const { clicks, triggerId, responseUrl } = known(() => readClicks(body), ids, log) ?? nothingPressed;
    for (const click of clicks) {
      const { form, refusal } = await inbox.click(click);
      // the acknowledgement has three seconds, and so has the form: neither waits for the other
      if (form !== null) keep(openForm(form, { ...click, triggerId }));
      if (refusal !== null) keep(whisper(refusal, { ...click, responseUrl }));
    }
  }

  async function takeSubmission(body: unknown, ids: Ids): Promise<void> {
    const click = known(() => readSubmission(body, clock()), ids, log);
    if (click !== null) await inbox.click(click);
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
    async submission(body) {
      const ids = idsOf(body);
      await take(ids, () => takeSubmission(body, ids));
    },
    async command(body) {
      const typed = known(() => readCommand(body), idsOf(body), log);
      return typed === null ? notNow : answerCommand(typed);
    },
    open,
    close,
  };
}

const nothingPressed = { clicks: [], triggerId: '', responseUrl: '' };

/** What is in hand, and whether more is taken. */
function createHands(log: Log) {
  const inHand = new Set<Promise<void>>();
  let closed = false;

  async function take(ids: Ids, work: () => Promise<void>): Promise<void> {
    if (closed) throw new Error('closed: Slack delivers again');
    const working = work();
    keep(working);
    try {
      await working;
    } catch (error) {
      log.error('slack: not stored, to be delivered again', { ...ids, errorName: nameOf(error) });
      throw error;
    }
  }

  function keep(working: Promise<void>): void {
    const kept = working.then(forget, forget);
    inHand.add(kept);
    function forget(): void {
      inHand.delete(kept);
    }
  }

  function open(): void {
    closed = false;
  }

  async function close(): Promise<void> {
    closed = true;
    // what is in hand may open a form
    while (inHand.size > 0) await Promise.all(inHand);
  }

  return { take, keep, open, close };
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
