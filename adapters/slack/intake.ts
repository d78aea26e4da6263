import type { Address } from '#domain/conversation.ts';
import type { Inbox } from '#chat-ports.ts';
import type { Clock, Log } from '#ports.ts';
import { createHands, type Hands, type Ids, shortId } from '../chat/hands.ts';
import { known } from '../chat/known.ts';
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

interface IntakeParts {
  readonly inbox: Inbox;
  readonly log: Log;
  readonly clock: Clock;
  /** Our bot's user id; null while it is not known. */
  readonly ownUserId: () => string | null;
  readonly openForm: OpenForm;
  /** Never throws. */
  readonly clearStatus: (address: Address) => Promise<void>;
  readonly whisper: Whisper;
  readonly answerCommand: AnswerCommand;
}

/** What Slack is called in the log. */
const platform = 'Slack';

export function createIntake(parts: IntakeParts): Intake {
  const { inbox, log, clock, openForm, whisper, answerCommand } = parts;
  const hands = createHands({ platform, log });

  async function takeClicks(body: unknown, ids: Ids): Promise<void> {
    const { clicks, triggerId, responseUrl } = known(() => readClicks(body), ids, { platform, log }) ?? nothingPressed;
    for (const click of clicks) {
      const { form, refusal } = await inbox.click(click);
      // the acknowledgement has three seconds, and so has the form: neither waits for the other
      if (form !== null) hands.keep(openForm(form, { ...click, triggerId }));
      if (refusal !== null) hands.keep(whisper(refusal, { ...click, responseUrl }));
    }
  }

  async function takeSubmission(body: unknown, ids: Ids): Promise<void> {
    const click = known(() => readSubmission(body, clock()), ids, { platform, log });
    if (click !== null) await inbox.click(click);
  }

  return {
    async event(body, retryNum) {
      const ids = { ...idsOf(body), retryNum };
      await hands.take(ids, () => takeEvent({ body, ids }, hands, parts));
    },
    async clicks(body) {
      const ids = idsOf(body);
      await hands.take(ids, () => takeClicks(body, ids));
    },
    async submission(body) {
      const ids = idsOf(body);
      await hands.take(ids, () => takeSubmission(body, ids));
    },
    async command(body) {
      const typed = known(() => readCommand(body), idsOf(body), { platform, log });
      return typed === null ? notNow : answerCommand(typed);
    },
    open: () => hands.open(),
    close: () => hands.close(),
  };
}

async function takeEvent({ body, ids }: { body: unknown; ids: Ids }, hands: Hands, parts: IntakeParts): Promise<void> {
  const { inbox, log, clock, ownUserId } = parts;
  const incoming = known(() => readEvent(body, ownUserId()), ids, { platform, log });
  switch (incoming?.kind) {
    case undefined:
      return;
    case 'message':
      log.debug('slack: message', { ...ids, lateByMs: clock().getTime() - incoming.message.sentAt.getTime() });
      return inbox.message(incoming.message);
    case 'change':
      return inbox.change(incoming.change);
    case 'stop':
      await inbox.stopped(incoming.stop);
      // Slack leaves its loading line, with the button in it, for us to take away
      return hands.keep(parts.clearStatus(incoming.stop.address));
    case 'nothing':
      return log.debug('slack: event without meaning for us', { ...ids, why: incoming.why });
  }
}

const nothingPressed = { clicks: [], triggerId: '', responseUrl: '' };

/** What a delivery may be called by in the log: types and ids, of whatever shape it is. */
export function idsOf(body: unknown): Ids {
  const outer = Object(body) as { type?: unknown; event_id?: unknown; event?: unknown };
  const inner = Object(outer.event) as { type?: unknown };
  return { type: shortId(outer.type), eventId: shortId(outer.event_id), eventType: shortId(inner.type) };
}
