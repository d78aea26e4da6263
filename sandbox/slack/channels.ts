import type { ChannelSeed, Installation, Roster } from './roster.ts';

/** A conversation: public channel, private channel, or the direct messages between one person and the app. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'private' | 'dm';
  readonly topic: string;
  readonly members: readonly string[];
  /** The person, in direct messages. */
  readonly user: string | null;
  readonly createdSeconds: number;
  readonly isExtShared: boolean;
  readonly isArchived: boolean;
}

export interface Channels {
  find(channelId: string): Channel | null;
  /** @throws when there is no such channel. */
  get(channelId: string): Channel;
  all(): readonly Channel[];
  dm(userId: string): Channel;
  setMember(channelId: string, userId: string, isMember: boolean): void;
}

/** Channels as seeded, with the app in or out of them as it was stored, and the direct messages that were begun. */
export function createChannels(source: {
  seeds: readonly ChannelSeed[];
  roster: Roster;
  installation: Installation;
  stored: readonly Channel[];
}): Channels {
  const { installation, roster } = source;
  const { botUserId } = installation;
  const seeded = source.seeds.map((seed) => fromSeed(seed, installation, roster));
  const byId = new Map(seeded.map((channel) => [channel.id, channel]));
  for (const channel of source.stored) {
    if (channel.kind === 'dm') byId.set(channel.id, channel);
    else if (byId.has(channel.id)) setMember(channel.id, botUserId, channel.members.includes(botUserId));
  }

  function get(channelId: string): Channel {
    const found = byId.get(channelId);
    if (found === undefined) throw new Error(`no channel ${channelId}`);
    return found;
  }
  function setMember(channelId: string, userId: string, isMember: boolean): void {
    const channel = get(channelId);
    const others = channel.members.filter((member) => member !== userId);
    byId.set(channelId, { ...channel, members: isMember ? [...others, userId] : others });
  }

  return {
    find: (channelId) => byId.get(channelId) ?? null,
    get,
    all: () => [...byId.values()],
    dm(userId) {
      const open = byId.values().find((channel) => channel.kind === 'dm' && channel.user === userId);
      if (open !== undefined) return open;
      if (roster.person(userId) === null) throw new Error(`no user ${userId}`);
      const channel = directMessages(userId, installation);
      byId.set(channel.id, channel);
      return channel;
    },
    setMember,
  };
}

function fromSeed(seed: ChannelSeed, installation: Installation, roster: Roster): Channel {
  const { members = 'all' } = seed;
  const people = members === 'all' ? roster.people.map((person) => person.slackId) : members;
  const bot = seed.hasApp === false ? [] : [installation.botUserId];
  return {
    id: seed.id ?? `C${idFrom(seed.name)}`,
    name: seed.name,
    kind: seed.private === true ? 'private' : 'channel',
    topic: seed.topic ?? '',
    members: [...people, ...bot],
    user: null,
    createdSeconds: 1_767_225_600,
    isExtShared: seed.isExtShared ?? false,
    isArchived: seed.isArchived ?? false,
  };
}

function directMessages(userId: string, installation: Installation): Channel {
  return {
    // always the same, so that a page that was left open finds it again
    id: `D${userId.slice(1)}`,
    name: installation.appName,
    kind: 'dm',
    topic: '',
    members: [userId, installation.botUserId],
    user: userId,
    createdSeconds: Math.floor(Date.now() / 1000),
    isExtShared: false,
    isArchived: false,
  };
}

/** The same name gives the same id, so that stored messages are found again. */
function idFrom(name: string): string {
  const letters = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return `0${letters}`.padEnd(10, '0');
}
