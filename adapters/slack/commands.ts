import type { Person } from '#domain/conversation.ts';
import { RemoteError } from '#errors.ts';
import type { Inbox } from '#chat-ports.ts';
import type { Log } from '#ports.ts';
import { type Rendered, renderReply } from './blocks.ts';
import { personRef } from './events.ts';
import { SlashCommand } from './schema.ts';
import { plainText } from './text.ts';

/** How long an answer may take: Slack waits three seconds for it, the ways there and back included. */
export const longestAnswerMs = 2500;

/** What somebody typed, and who. */
export interface Typed {
  readonly personRef: string;
  /** What stands behind the command's name. */
  readonly text: string;
}

/** The body of an acknowledgement. https://docs.slack.dev/interactivity/implementing-slash-commands#responding_to_commands */
export interface CommandAnswer extends Rendered {
  readonly response_type: 'ephemeral';
}

/** Never throws: what failed is a sentence as well. */
export type AnswerCommand = (typed: Typed) => Promise<CommandAnswer>;

/** @throws ZodError when it is no command of ours. */
export function readCommand(body: unknown): Typed {
  const { team_id: team, user_id: user, text } = SlashCommand.parse(body);
  return { personRef: personRef(team, user), text: plainText(text, []) };
}

/** @param parts `limitMs`: what is not known by then is not waited for. */
export function createAnswerCommand(parts: {
  readonly inbox: Pick<Inbox, 'command'>;
  readonly person: (ref: string) => Promise<Person>;
  readonly log: Log;
  readonly limitMs: number;
}): AnswerCommand {
  const { inbox, person, log, limitMs } = parts;

  async function answer({ personRef: ref, text }: Typed): Promise<CommandAnswer> {
    const reply = await inbox.command({ person: await person(ref), text });
    // there is no turn for a button to be about
    return { response_type: 'ephemeral', ...renderReply({ parts: reply.parts, buttons: [] }, '') };
  }

  return async (typed) => {
    try {
      return await within(limitMs, answer(typed));
    } catch (error) {
      // a database's error quotes values; of a RemoteError the message is ours
      const told = error instanceof RemoteError ? { error } : { errorName: Object(error).name };
      log.warn('slack: a command could not be answered', told);
      return notNow;
    }
  };
}

const sorry = 'I cannot look that up right now. Please try again in a minute.';
export const notNow: CommandAnswer = {
  response_type: 'ephemeral',
  ...renderReply({ parts: [{ kind: 'text', text: sorry }], buttons: [] }, ''),
};

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new RemoteError('slack', 'unavailable', { message: 'a command took too long' })),
    limitMs,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
