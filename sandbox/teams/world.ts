import type { TeamsChange, TeamsChatView, TeamsMessage, TeamsOptions } from './contract.ts';
import { aadIdOf, channelIdOf, groupIdOf, personalChatOf } from './ids.ts';

export interface Chat {
  readonly id: string;
  /** Of the seeds; of a personal chat its person. */
  readonly seedId: string;
  readonly name: string;
  readonly kind: TeamsChatView['kind'];
  readonly topic: string;
  /** By `slackId`. */
  readonly members: readonly string[];
  /** What the app is installed to: the team for all its standard channels, else the chat. */
  readonly scope: string;
}

/** The one team: its id is that of its General channel. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly aadGroupId: string;
}

/** A message with what only the server needs. */
export interface Kept extends TeamsMessage {
  /** As a person typed it. */
  readonly typed?: string;
}

/** What is new about a message; the server gives it its id. */
export type Draft = Omit<Kept, 'id'>;

export interface StoredWorld {
  readonly lastId: number;
  readonly messages: Readonly<Record<string, readonly Kept[]>>;
  /** What the app is installed to, or was removed from, by scope. */
  readonly installed: Readonly<Record<string, boolean>>;
  /** By person, a space and chat: the last message that was seen. */
  readonly reads: Readonly<Record<string, string>>;
}

/** Chats, messages and installations. It knows nothing of activities or HTTP. */
export interface World {
  readonly chats: readonly Chat[];
  readonly team: Team | null;
  chat(id: string): Chat | null;
  all(chat: string): readonly Kept[];
  find(chat: string, id: string): Kept | null;
  /** A time in milliseconds that no other message or event has. */
  nextId(): string;
  add(chat: string, draft: Draft, id?: string): Kept;
  /** `undefined` takes a field away. @throws Error when there is no such message. */
  change(chat: string, id: string, change: Changed): Kept;
  /** Undefined: it never was. */
  installed(scope: string): boolean | undefined;
  setInstalled(scope: string, isInstalled: boolean): void;
  readUntil(as: string, chat: string): string;
  markRead(as: string, chat: string): void;
  tell(change: TeamsChange): void;
  on(listener: (change: TeamsChange) => void): () => void;
  state(): StoredWorld;
}

export type Changed = { readonly [Field in keyof Draft]?: Draft[Field] | undefined };

export function createWorld(options: TeamsOptions, stored: StoredWorld | null, touch: () => void): World {
  const team = teamOf(options);
  const chats = chatsOf(options, team);
  const byId = new Map(chats.map((chat) => [chat.id, chat]));
  const listeners = createListeners();
  const installed = new Map(Object.entries(stored?.installed ?? {}));
  const { reads, readUntil } = createReads(stored?.reads ?? {});
  const log = createMessageLog(stored);
  const known = (kept: Kept, chat: string) => {
    touch();
    listeners.tell({
      type: 'message',
      chat,
      id: kept.id,
      ...(kept.threadId === undefined ? {} : { threadId: kept.threadId }),
    });
    return kept;
  };

  return {
    ...log,
    ...listeners,
    chats,
    team,
    readUntil,
    chat: (id) => byId.get(id) ?? null,
    add: (chat, draft, id = log.nextId()) => known(log.put(chat, { ...draft, id }), chat),
    change(chat, id, change) {
      const kept = log.find(chat, id);
      if (kept === null) throw new Error(`sandbox teams: no message ${id} in ${chat}`);
      const entries = Object.entries({ ...kept, ...change }).filter(([, value]) => value !== undefined);
      return known(log.put(chat, Object.fromEntries(entries) as unknown as Kept), chat);
    },
    installed: (scope) => installed.get(scope),
    setInstalled(scope, isInstalled) {
      installed.set(scope, isInstalled);
      touch();
    },
    markRead(as, chat) {
      reads.set(`${as} ${chat}`, log.all(chat).at(-1)?.id ?? '0');
      touch();
      listeners.tell({ type: 'read', as, chat });
    },
    state: () => ({ ...log.state(), installed: Object.fromEntries(installed), reads: Object.fromEntries(reads) }),
  };
}

function createMessageLog(stored: StoredWorld | null) {
  const timelines = new Map(
    Object.entries(stored?.messages ?? {}).map(([chat, list]) => [chat, new Map(list.map((kept) => [kept.id, kept]))]),
  );
  let lastId = stored?.lastId ?? 0;
  return {
    all: (chat: string): readonly Kept[] => Array.from(timelines.get(chat)?.values() ?? []),
    find: (chat: string, id: string) => timelines.get(chat)?.get(id) ?? null,
    nextId() {
      lastId = Math.max(Date.now(), lastId + 1);
      return String(lastId);
    },
    put(chat: string, kept: Kept): Kept {
      const timeline = timelines.get(chat) ?? new Map<string, Kept>();
      timelines.set(chat, timeline.set(kept.id, kept));
      return kept;
    },
    state: () => ({
      lastId,
      messages: Object.fromEntries(Array.from(timelines, ([chat, timeline]) => [chat, Array.from(timeline.values())])),
    }),
  };
}

function createReads(stored: Readonly<Record<string, string>>) {
  const reads = new Map(Object.entries(stored));
  return { reads, readUntil: (as: string, chat: string) => reads.get(`${as} ${chat}`) ?? '0' };
}

function createListeners() {
  const listeners = new Set<(change: TeamsChange) => void>();
  return {
    tell(change: TeamsChange): void {
      for (const listener of listeners) listener(change);
    },
    on(listener: (change: TeamsChange) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function teamOf({ channels, company }: TeamsOptions): Team | null {
  const standard = channels.filter((channel) => channel.private !== true);
  const general = standard.find(({ name }) => name === 'general') ?? standard[0] ?? channels[0];
  if (general === undefined) return null;
  return { id: channelIdOf(general.id), name: company, aadGroupId: aadIdOf(`team/${company}`) };
}

function chatsOf({ people, channels, groups = [], appName = 'Firstline' }: TeamsOptions, team: Team | null): Chat[] {
  const everyone = people.map(({ slackId }) => slackId);
  const personal = everyone.map((seedId): Chat => {
    const id = personalChatOf(seedId);
    return { id, seedId, name: appName, kind: 'personal', topic: '', members: [seedId], scope: id };
  });
  const grouped = groups.map(({ id: seedId, name, members }): Chat => {
    const id = groupIdOf(seedId);
    return { id, seedId, name, kind: 'group', topic: '', members, scope: id };
  });
  const teamed = channels.map(({ id: seedId, name, topic = '', members, private: isPrivate }): Chat => {
    const id = channelIdOf(seedId);
    if (isPrivate !== true)
      return { id, seedId, name, kind: 'channel', topic, members: everyone, scope: team?.id ?? id };
    return { id, seedId, name, kind: 'private', topic, members: members === 'all' ? everyone : members, scope: id };
  });
  return [...personal, ...teamed, ...grouped];
}
