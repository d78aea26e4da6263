import { type Channel, type Channels, createChannels } from './channels.ts';
import { createEphemerals, createTimeline, type Ephemerals } from './messages.ts';
import type { Draft, Ephemeral, Message, Timeline } from './messages.ts';
import { createReadMarks, type ReadMarks } from './read-marks.ts';
import type { ChannelSeed, Installation, Roster } from './roster.ts';
import { createTsClock, type TsClock } from './ts-clock.ts';

/**
 * Something that became visible in a channel. `previous` is the message before it was changed or deleted,
 * `ts` the moment of the change.
 */
export type Happening =
  | { readonly kind: 'posted'; readonly channel: Channel; readonly message: Message }
  | Changed
  | { readonly kind: 'deleted'; readonly channel: Channel; readonly ts: string; readonly previous: Message }
  | { readonly kind: 'marked'; readonly channel: Channel; readonly message: Message }
  | { readonly kind: 'ephemeral'; readonly channel: Channel; readonly message: Ephemeral };

interface Changed {
  readonly kind: 'changed';
  readonly channel: Channel;
  readonly ts: string;
  readonly message: Message;
  readonly previous: Message;
}

/** All that is kept across restarts, as plain JSON. */
export interface WorkspaceState {
  readonly lastMicros: number;
  readonly channels: readonly Channel[];
  readonly messages: Readonly<Record<string, readonly Message[]>>;
  readonly readMarks: Readonly<Record<string, string>>;
}

/** The workspace's people, channels and messages. It knows nothing of HTTP or events; it says what happened. */
export interface Workspace extends Conversing {
  readonly roster: Roster;
  readonly installation: Installation;
  readonly channels: Channels;
  readonly readMarks: ReadMarks;
  /** The next message's `ts`, or that of any other act. */
  nextTs(): string;
  onHappening(listener: (happening: Happening) => void): void;
  state(): WorkspaceState;
}

/** The verbs throw when there is no such channel. */
interface Conversing {
  timeline(channelId: string): Timeline;
  post(channelId: string, draft: Draft): Message;
  /** Null when there is no such message. */
  change(channelId: string, ts: string, edit: (message: Message) => Message): Message | null;
  /** Puts the message in the place of the one with its `ts`, as a reaction does: seen, but no change of the message. */
  mark(channelId: string, message: Message): void;
  /** Null when there was none. A first message that has replies leaves a tombstone. */
  remove(channelId: string, ts: string): Message | null;
  /** Shows a message to one person. */
  whisper(channelId: string, draft: Draft, forUser: string): Ephemeral;
  whispers(channelId: string, forUser: string): readonly Ephemeral[];
}

export interface WorkspaceSource {
  readonly roster: Roster;
  readonly installation: Installation;
  readonly channels: readonly ChannelSeed[];
  readonly stored: WorkspaceState | null;
}

export function createWorkspace({ roster, installation, channels: seeds, stored }: WorkspaceSource): Workspace {
  const channels = createChannels({ seeds, roster, installation, stored: stored?.channels ?? [] });
  const timelines = new Map(
    Object.entries(stored?.messages ?? {}).map(([id, messages]) => [id, createTimeline(messages)] as const),
  );
  function timeline(channelId: string): Timeline {
    const found = timelines.get(channelId) ?? createTimeline([]);
    timelines.set(channelId, found);
    return found;
  }
  const clock = createTsClock(stored?.lastMicros ?? 0);
  const readMarks = createReadMarks(timeline, stored?.readMarks ?? {});
  const listeners: ((happening: Happening) => void)[] = [];
  function tell(happening: Happening): void {
    for (const listener of listeners) listener(happening);
  }

  return {
    roster,
    installation,
    channels,
    readMarks,
    nextTs: () => clock.next(),
    ...createConversing({ channels, timeline, clock, ephemerals: createEphemerals(), tell }),
    onHappening: (listener) => void listeners.push(listener),
    state: () => ({
      lastMicros: clock.lastMicros(),
      channels: channels.all(),
      messages: Object.fromEntries(Array.from(timelines, ([id, messages]) => [id, messages.stored()])),
      readMarks: readMarks.state(),
    }),
  };
}

function createConversing(on: {
  channels: Channels;
  timeline: (channelId: string) => Timeline;
  clock: TsClock;
  ephemerals: Ephemerals;
  tell: (happening: Happening) => void;
}): Conversing {
  const { channels, timeline, clock, ephemerals, tell } = on;

  function change(channelId: string, ts: string, edit: (message: Message) => Message): Message | null {
    const channel = channels.get(channelId);
    const previous = timeline(channelId).find(ts);
    if (previous === null) return null;
    timeline(channelId).replace(edit(previous));
    const message = timeline(channelId).find(ts) ?? previous;
    tell({ kind: 'changed', channel, ts: clock.next(), message, previous });
    return message;
  }

  return {
    timeline,
    change,
    post(channelId, draft) {
      const channel = channels.get(channelId);
      const message: Message = { type: 'message', ts: clock.next(), ...draft };
      timeline(channelId).add(message);
      tell({ kind: 'posted', channel, message });
      return message;
    },
    mark(channelId, message) {
      timeline(channelId).replace(message);
      tell({ kind: 'marked', channel: channels.get(channelId), message });
    },
    remove(channelId, ts) {
      const previous = timeline(channelId).find(ts);
      if (previous === null) return null;
      if ((previous.reply_count ?? 0) > 0) return change(channelId, ts, tombstone);
      timeline(channelId).remove(ts);
      tell({ kind: 'deleted', channel: channels.get(channelId), ts: clock.next(), previous });
      return previous;
    },
    whisper(channelId, draft, forUser) {
      const message: Ephemeral = { ...draft, ts: clock.next(), forUser };
      ephemerals.add(channelId, message);
      tell({ kind: 'ephemeral', channel: channels.get(channelId), message });
      return message;
    },
    whispers: (channelId, forUser) => ephemerals.of(channelId, forUser),
  };
}

/** What Slack leaves in the place of a deleted message that has replies. */
function tombstone(message: Message): Message {
  const text = 'This message was deleted.';
  return { type: 'message', subtype: 'tombstone', hidden: true, user: 'USLACKBOT', text, ts: message.ts };
}
