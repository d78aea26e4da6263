import { type Channel, type Channels, createChannels } from './channels.ts';
import { createEphemerals, type Ephemerals } from './messages.ts';
import type { Draft, Ephemeral, Message } from './messages.ts';
import { withReaction, type ReactionWish } from './reactions.ts';
import { createReadMarks, type ReadMarks } from './read-marks.ts';
import type { ChannelSeed, Installation, Roster } from './roster.ts';
import { createTimeline, type Timeline } from './timeline.ts';
import { createTsClock, type TsClock } from './ts-clock.ts';

/**
 * Something that became visible in a channel. `previous` is the message before it was changed or deleted,
 * `ts` the moment of the change.
 */
export type Happening =
  | { readonly kind: 'posted'; readonly channel: Channel; readonly message: Message }
  | Changed
  | { readonly kind: 'deleted'; readonly channel: Channel; readonly ts: string; readonly previous: Message }
  | Reacted
  | { readonly kind: 'ephemeral'; readonly channel: Channel; readonly message: Ephemeral };

/** A reaction that came or went: seen, but no change of the message. */
interface Reacted {
  readonly kind: 'reacted';
  readonly channel: Channel;
  readonly ts: string;
  readonly message: Message;
  readonly wish: ReactionWish;
}

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
  /** False when there is no such message, or the user's reaction is already there, or not there. */
  react(channelId: string, ts: string, wish: ReactionWish): boolean;
  /** Null when there was none. A first message that has replies leaves a tombstone. */
  remove(channelId: string, ts: string): Message | null;
  /** Shows a message to one person. */
  whisper(channelId: string, draft: Draft, forUser: string): Ephemeral;
  whispers(channelId: string, forUser: string): readonly Ephemeral[];
  /** Changes an ephemeral message, or takes it away when the edit gives null. Whether it was there. */
  changeWhisper(channelId: string, at: WhisperPlace, edit: (whisper: Ephemeral) => Ephemeral | null): boolean;
  /** Takes an ephemeral message away. Nobody but the person is concerned. */
  dismiss(channelId: string, ts: string, forUser: string): void;
}

interface WhisperPlace {
  readonly ts: string;
  readonly forUser: string;
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

interface Ground {
  readonly channels: Channels;
  readonly timeline: (channelId: string) => Timeline;
  readonly clock: TsClock;
  readonly ephemerals: Ephemerals;
  readonly tell: (happening: Happening) => void;
}

function createConversing(on: Ground): Conversing {
  const { channels, timeline, clock, tell } = on;

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
    react(channelId, ts, wish) {
      const channel = channels.get(channelId);
      const previous = timeline(channelId).find(ts);
      const message = previous === null ? null : withReaction(previous, wish);
      if (message === null) return false;
      timeline(channelId).replace(message);
      tell({ kind: 'reacted', channel, ts: clock.next(), message, wish });
      return true;
    },
    remove(channelId, ts) {
      const previous = timeline(channelId).find(ts);
      if (previous === null) return null;
      if ((previous.reply_count ?? 0) > 0) return change(channelId, ts, tombstone);
      timeline(channelId).remove(ts);
      tell({ kind: 'deleted', channel: channels.get(channelId), ts: clock.next(), previous });
      return previous;
    },
    ...createWhispering(on),
  };
}

function createWhispering({
  channels,
  clock,
  ephemerals,
  tell,
}: Ground): Pick<Conversing, 'whisper' | 'whispers' | 'dismiss' | 'changeWhisper'> {
  return {
    whisper(channelId, draft, forUser) {
      const message: Ephemeral = { ...draft, ts: clock.next(), forUser };
      ephemerals.add(channelId, message);
      tell({ kind: 'ephemeral', channel: channels.get(channelId), message });
      return message;
    },
    whispers: (channelId, forUser) => ephemerals.of(channelId, forUser),
    changeWhisper(channelId, { ts, forUser }, edit) {
      const old = ephemerals.of(channelId, forUser).find((whisper) => whisper.ts === ts);
      if (old === undefined) return false;
      const fresh = edit(old);
      if (fresh === null) ephemerals.remove(channelId, ts, forUser);
      else ephemerals.replace(channelId, fresh);
      tell({ kind: 'ephemeral', channel: channels.get(channelId), message: fresh ?? old });
      return true;
    },
    dismiss: (channelId, ts, forUser) => void ephemerals.remove(channelId, ts, forUser),
  };
}

/** What Slack leaves in the place of a deleted message that has replies. */
function tombstone(message: Message): Message {
  const text = 'This message was deleted.';
  return { type: 'message', subtype: 'tombstone', hidden: true, user: 'USLACKBOT', text, ts: message.ts };
}
