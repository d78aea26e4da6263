import { z } from 'zod';
import type { Answer } from '../../http.ts';
import type { Core } from '../core.ts';
import { type Stream, type StreamFault, streamLifeMs } from '../open-streams.ts';
import type { Chat } from '../world.ts';
import type { SentActivity } from './checks.ts';
import { badSyntax, refusal } from './refusal.ts';

const mostInformative = 1000;

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

/** A part of a stream that is written; without an id a new message. Returns its id. */
type Keep = (part: { chat: Chat; activity: SentActivity; id?: string; isInformative: boolean }) => string;

/** https://learn.microsoft.com/en-us/microsoftteams/platform/bots/streaming-ux */
export function createStreams(core: Core, keep: Keep): Streams {
  const { streams } = core;

  function begin(chat: Chat, activity: SentActivity, { streamSequence, streamType }: Info): Answer {
    if (streams.openIn(chat.id) !== null)
      return notAllowed('Content stream is not allowed: another one is active in this chat.');
    if (streamSequence !== 1 && streamType !== 'final') return badSyntax('A stream begins with streamSequence 1.');
    const id = keep({ chat, activity, isInformative: streamType === 'informative' });
    streams.add({ ...newStream(activity.text ?? '', streamType), id, chat: chat.id });
    return { status: 201, body: { id } };
  }

  function goOn(chat: Chat, activity: SentActivity, { info, stream }: { info: Info; stream: Stream }): Answer {
    const { streamType, streamSequence } = info;
    const refused = refusedChunk(stream, activity, info);
    if (refused !== null) return refused;
    const isInformative = streamType === 'informative';
    const text = activity.text ?? '';
    stream.sequence = streamSequence ?? stream.sequence;
    stream.isOver = streamType === 'final';
    stream.informative = isInformative ? text : '';
    if (!isInformative) stream.text = text;
    keep({ chat, activity, id: stream.id, isInformative });
    return { status: 202, body: {} };
  }

  function takePart(chat: Chat, activity: SentActivity, info: Info): Answer {
    core.world.tell({ type: 'typing', chat: chat.id });
    const stream = info.streamId === undefined ? null : streams.find(chat.id, info.streamId);
    const fault = streams.nextFault();
    if (fault !== null) return failed(fault, stream);
    if (info.streamId === undefined) return begin(chat, activity, info);
    if (stream === null) return notAllowed('Content stream is not allowed: unknown streamId.');
    return goOn(chat, activity, { info, stream });
  }

  return {
    take(chat, activity) {
      const entity = activity.entities?.find(({ type }) => type === 'streaminfo');
      if (entity === undefined) return null;
      const parsed = infoShape.safeParse(entity);
      if (!parsed.success) return badSyntax(`streaminfo: ${z.prettifyError(parsed.error)}`);
      if (chat.kind !== 'personal') return notAllowed('Content stream is not allowed in this conversation.');
      return refusedShape(activity, parsed.data) ?? takePart(chat, activity, parsed.data);
    },
  };
}

function newStream(text: string, streamType: Info['streamType']): Omit<Stream, 'id' | 'chat'> {
  const isInformative = streamType === 'informative';
  return {
    startedAt: Date.now(),
    sequence: 1,
    text: isInformative ? '' : text,
    informative: isInformative ? text : '',
    isOver: streamType === 'final',
    isCancelled: false,
  };
}

const cancelled = 'Content stream was canceled by user.';
const exceeded = 'Content stream is not allowed: the message exceeded streaming time.';

/** A fault of the sandbox. */
function failed(fault: StreamFault, stream: Stream | null): Answer {
  switch (fault) {
    case 'cancelled':
      if (stream !== null) stream.isCancelled = true;
      return notAllowed(cancelled);
    case 'exceeded':
      if (stream !== null) stream.isOver = true;
      return notAllowed(exceeded);
    case 'not-allowed':
      return notAllowed('Content stream is not allowed.');
    case 'rate-limited':
      return { ...refusal(429, 'TooManyRequests', 'TooManyRequests.'), headers: { 'retry-after': '1' } };
  }
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
  if (stream.isCancelled) return notAllowed(cancelled);
  if (Date.now() - stream.startedAt > streamLifeMs) return notAllowed(exceeded);
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
