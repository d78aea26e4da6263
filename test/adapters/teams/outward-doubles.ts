import { createChats } from '../../../adapters/teams/chats.ts';
import type { TeamsChat } from '../../../adapters/teams/chat.ts';
import type { Connector, TeamsMember } from '../../../adapters/teams/connector.ts';
import type { TeamsSettings } from '../../../adapters/teams/index.ts';
import { createStreams, type Streams, type StreamDeps } from '../../../adapters/teams/streams.ts';
import type { PlatformNotes, Stop } from '#chat-ports.ts';
import { RemoteError } from '#errors.ts';

export const tenantId = 'tenant-1';
export const settings: TeamsSettings = {
  appId: 'app-1',
  tenantId,
  credentials: { kind: 'secret', secret: 'secret-1' },
  allowedTenants: [tenantId],
  serviceHosts: ['smba.trafficmanager.net'],
  openIdMetadataUrl: 'https://login.example/keys',
  loginUrl: 'https://login.example',
  webUrl: 'https://teams.microsoft.com',
};

const everywhere = {
  tenantId,
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  botId: '28:app-1',
  isShared: false,
};
export const channel: TeamsChat = {
  ...everywhere,
  id: '19:help@thread.tacv2',
  scope: 'channel',
  teamId: '19:t@thread.tacv2',
};
export const group: TeamsChat = { ...everywhere, id: '19:group@thread.v2', scope: 'groupChat', teamId: null };
export const personal: TeamsChat = { ...everywhere, id: 'a:ana', scope: 'personal', teamId: null };

export const inChannel = { platform: 'teams', ref: `${tenantId}/19%3Ahelp%40thread.tacv2/1700000000001` } as const;
export const inPersonal = { platform: 'teams', ref: `${tenantId}/a%3Aana/1700000000001` } as const;
export const ana = `teams/${tenantId}/aad-ana`;

export function member(fields: Partial<TeamsMember> = {}): TeamsMember {
  const told = { email: 'Ana@example.com', userPrincipalName: 'ana@example.com', tenantId, userRole: 'user' };
  return { id: '29:ana', aadObjectId: 'aad-ana', name: 'Ana Silva', ...told, ...fields };
}

/** Notes in memory. */
export function createNotes(): PlatformNotes & { readonly kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  return {
    kept,
    find: async (key) => structuredClone(kept.get(key) ?? null),
    save: async (key, value) => void kept.set(key, structuredClone(value)),
    remove: async (key) => void kept.delete(key),
  };
}

export interface Call {
  readonly verb: keyof Connector;
  readonly args: readonly unknown[];
}

/** A connector that answers as the test says, or fails the calls that `fail` names, and keeps them. */
export function createConnectorDouble(answers: Partial<Connector> = {}) {
  const calls: Call[] = [];
  const state: { fail: (call: Call) => RemoteError | null } = { fail: () => null };
  let last = 1_700_000_001_000;
  const next = () => {
    last += 1;
    return String(last);
  };
  const all: Connector = {
    send: async () => next(),
    stream: async () => ({ kind: 'taken', id: next() }),
    update: async () => true,
    remove: async () => {},
    openPersonal: async () => personal.id,
    openThread: async () => ({ thread: next() }),
    member: async () => null,
    members: async () => [],
    bearer: async () => 'bot-token',
    ...answers,
  };
  const watched = Object.fromEntries(
    Object.entries(all).map(([verb, answer]) => [
      verb,
      async (...args: unknown[]) => {
        const call = { verb: verb as keyof Connector, args };
        calls.push(call);
        const failure = state.fail(call);
        if (failure !== null) throw failure;
        return (answer as (...given: unknown[]) => unknown)(...args);
      },
    ]),
  ) as unknown as Connector;
  return { connector: watched, calls, state };
}

export const unavailable = new RemoteError('teams', 'unavailable', { message: 'send: HTTP status 503' });

export interface Outward extends ReturnType<typeof createConnectorDouble> {
  readonly deps: StreamDeps & { readonly streams: Streams };
  readonly stops: Stop[];
  /** The moment, in milliseconds since 1970; it passes while something is waited for. */
  readonly now: { ms: number };
  readonly notes: ReturnType<typeof createNotes>;
  readonly logged: string[];
}

/** All that goes out needs, with the chats that are known. */
export async function outward(
  answers: Partial<Connector> = {},
  known: readonly TeamsChat[] = [channel, personal],
): Promise<Outward> {
  const double = createConnectorDouble(answers);
  const notes = createNotes();
  const logged: string[] = [];
  const write = (message: string) => void logged.push(message);
  const log = { debug: write, info: write, warn: write, error: write };
  const chats = createChats(notes);
  for (const chat of known) {
    const person = chat.scope === 'personal' ? { aadObjectId: 'aad-ana', userId: '29:ana' } : null;
    await chats.saw(chat, person);
  }
  const stops: Stop[] = [];
  const now = { ms: 1_700_000_000_000 };
  const deps: StreamDeps = {
    connector: double.connector,
    chats,
    notes,
    settings,
    log,
    inbox: { stopped: async (stop) => void stops.push(stop) },
    clock: () => new Date(now.ms),
    pause: async (ms) => void (now.ms += ms),
    members: async () => [ana],
  };
  return { ...double, notes, logged, stops, now, deps: { ...deps, streams: createStreams(deps) } };
}
