import { z } from 'zod';
import type { Answer } from '../../http.ts';
import type { Core } from '../core.ts';
import type { Chat } from '../world.ts';
import type { SentActivity } from './checks.ts';
import { badSyntax, refusal } from './refusal.ts';

const lifeMs = 2 * 60_000;
const mostInformative = 1000;

interface Stream {
  readonly id: string;
  readonly chat: string;
  readonly startedAt: number;
  sequence: number;
  /** What was streamed so far; informative text does not count. */
  text: string;
  isOver: boolean;
}

const infoShape = z.object({
  streamType: z.enum(['informative', 'streaming', 'final']),
  streamId: z.string().optional(),
  streamSequence: z.number().int().positive().optional(),
});

/** Messages that grow before one's eyes, by chat and id. */
export interface Streams {
  /** Null: the activity is no part of a stream. */
  take(chat: Chat, activity: SentActivity): Answer | null;
}

/**
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/streaming-ux
 *
 * @param keep writes the message; without an id a new one. Returns its id.
 */
export function createStreams(core: Core, keep: (chat: Chat, activity: SentActivity, id?: string) => string): Streams {
  const streams = new Map<string, Stream>();

  function begin(
    chat: Chat,
    activity: SentActivity,
    { streamSequence, streamType }: z.infer<typeof infoShape>,
  ): Answer {
    const isOpen = (stream: Stream) => !stream.isOver && Date.now() - stream.startedAt < lifeMs;
    if (Array.from(streams.values()).some((stream) => stream.chat === chat.id && isOpen(stream)))
      return notAllowed('Content stream is not allowed: another one is active in this chat.');
    if (streamSequence !== 1 && streamType !== 'final') return badSyntax('A stream begins with streamSequence 1.');
    const id = keep(chat, activity);
    const text = streamType === 'informative' ? '' : (activity.text ?? '');
    const isOver = streamType === 'final';
    streams.set(`${chat.id} ${id}`, { id, chat: chat.id, startedAt: Date.now(), sequence: 1, text, isOver });
    return { status: 201, body: { id } };
  }

  function goOn(chat: Chat, activity: SentActivity, { info, stream }: { info: Info; stream: Stream }): Answer {
    const { streamType, streamSequence } = info;
    const refused = refusedChunk(stream, activity, info);
    if (refused !== null) return refused;
    stream.sequence = streamSequence ?? stream.sequence;
    stream.isOver = streamType === 'final';
    if (streamType !== 'informative') stream.text = activity.text ?? '';
    keep(chat, activity, stream.id);
    return { status: 202, body: {} };
  }

  return {
    take(chat, activity) {
      const entity = activity.entities?.find(({ type }) => type === 'streaminfo');
      if (entity === undefined) return null;
      const parsed = infoShape.safeParse(entity);
      if (!parsed.success) return badSyntax(`streaminfo: ${z.prettifyError(parsed.error)}`);
      if (chat.kind !== 'personal') return notAllowed('Content stream is not allowed in this conversation.');
      const refused = refusedShape(activity, parsed.data);
      if (refused !== null) return refused;
      core.world.tell({ type: 'typing', chat: chat.id });
      const { streamId } = parsed.data;
      if (streamId === undefined) return begin(chat, activity, parsed.data);
      const stream = streams.get(`${chat.id} ${streamId}`);
      return stream === undefined
        ? notAllowed('Content stream is not allowed: unknown streamId.')
        : goOn(chat, activity, { info: parsed.data, stream });
    },
  };
}

type Info = z.infer<typeof infoShape>;

function refusedShape(activity: SentActivity, info: Info): Answer | null {
  const isFinal = info.streamType === 'final';
  if (isFinal !== (activity.type === 'message')) return badSyntax('Only the final activity of a stream is a message.');
  if (isFinal !== (info.streamSequence === undefined))
    return badSyntax('All activities of a stream but the final one have a streamSequence.');
  return isFinal ? null : refusedPart(activity, info);
}

function refusedPart({ text = '', attachments = [] }: SentActivity, { streamType }: Info): Answer | null {
  if (text === '') return badSyntax('A stream needs text.');
  if (attachments.length > 0) return badSyntax('Attachments belong to the final activity only.');
  if (streamType === 'informative' && text.length > mostInformative)
    return notAllowed('Content stream is not allowed: informative text is too large.');
  return null;
}

function refusedChunk(stream: Stream, { text = '' }: SentActivity, info: Info): Answer | null {
  if (stream.isOver) return notAllowed('Content stream is not allowed on an already completed streamed message.');
  if (Date.now() - stream.startedAt > lifeMs)
    return notAllowed('Content stream is not allowed: the message exceeded streaming time.');
  if (info.streamSequence !== undefined && info.streamSequence <= stream.sequence)
    return {
      status: 202,
      body: {
        error: {
          code: 'ContentStreamSequenceOrderPreConditionFailed',
          message: 'PreCondition failed exception when processing streaming activity.',
        },
      },
    };
  if (info.streamType === 'streaming' && !text.startsWith(stream.text))
    return notAllowed('Content stream is not allowed: the content has no common prefix with what was streamed.');
  return null;
}

function notAllowed(message: string): Answer {
  return refusal(403, 'ContentStreamNotAllowed', message);
}
