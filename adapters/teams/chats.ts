import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { PlatformNotes } from '#chat-ports.ts';
import { fromPersonRef, personRef } from './addresses.ts';
import type { TeamsChat } from './chat.ts';

/** Where we are installed and how people are reached: noted from what comes in, read by what goes out. */
export interface Chats {
  /**
   * Notes where an activity came from and who sent it, and returns the chat as it is known from now on: what the
   * activity does not tell is taken from what was known. Writes only what has changed.
   */
  saw(chat: SeenChat, person: SeenPerson | null): Promise<TeamsChat>;
  /** Null: we are not there, or not any more. What is to be sent there has to wait for an activity that comes from there. */
  chat(tenantId: string, chatId: string): Promise<TeamsChat | null>;
  /** How a tenant is reached: as its last activity said. Null: nothing ever came from there. */
  service(tenantId: string): Promise<Pick<TeamsChat, 'serviceUrl' | 'botId'> | null>;
  /** Null: nothing ever came from them. By their ref. */
  person(ref: string): Promise<KnownPerson | null>;
  /** A personal chat that we have opened, or were brought into. */
  keepPersonal(ref: string, personal: TeamsChat, userId: string): Promise<void>;
  /** We were taken out: nothing is sent there until something comes from there again. */
  left(tenantId: string, chatId: string): Promise<void>;
}

/** A chat as one activity shows it. Null is what that does not tell. */
export type SeenChat = Omit<TeamsChat, 'isShared'> & { readonly isShared: boolean | null };

/** Who sent an activity. */
export interface SeenPerson {
  readonly aadObjectId: string;
  /** `29:…` */
  readonly userId: string;
}

export interface KnownPerson extends SeenPerson {
  readonly tenantId: string;
  /** The id of the chat where something last came from them: there Teams tells who they are. */
  readonly chat: string;
  /** The id of their own chat with us; null when there is none that we know. */
  readonly personalChat: string | null;
}

/** Kept for so many chats and people; the others are read again. */
const remembered = 10_000;

const Chat = z.object({
  id: z.string(),
  tenantId: z.string(),
  serviceUrl: z.string(),
  botId: z.string(),
  scope: z.enum(['personal', 'groupChat', 'channel']),
  teamId: z.string().nullable(),
  isShared: z.boolean(),
});
const Known = z.object({
  tenantId: z.string(),
  aadObjectId: z.string(),
  userId: z.string(),
  chat: z.string(),
  personalChat: z.string().nullable(),
});

const Service = z.object({ serviceUrl: z.string(), botId: z.string() });
type Service = z.infer<typeof Service>;

/**
 * Chats under `chat/<tenantId>/<id>`, people under `person/<tenantId>/<aadObjectId>`, how a tenant is reached under
 * `last/<tenantId>`.
 */
export function createChats(notes: PlatformNotes): Chats {
  const chats = createShelf<TeamsChat>(notes, (value) => Chat.safeParse(value).data ?? null);
  const people = createShelf<KnownPerson>(notes, (value) => Known.safeParse(value).data ?? null);

  const services = createShelf<Service>(notes, (value) => Service.safeParse(value).data ?? null);

  async function keepPerson(person: KnownPerson): Promise<void> {
    const key = personKey(person.tenantId, person.aadObjectId);
    const known = await people.find(key);
    await people.save(key, { ...person, personalChat: person.personalChat ?? known?.personalChat ?? null });
  }

  return {
    async saw(seen, person) {
      const key = chatKey(seen.tenantId, seen.id);
      const known = await chats.find(key);
      const chat: TeamsChat = {
        ...seen,
        teamId: seen.teamId ?? known?.teamId ?? null,
        isShared: seen.isShared ?? known?.isShared ?? false,
      };
      await chats.save(key, chat);
      await services.save(serviceKey(chat.tenantId), { serviceUrl: chat.serviceUrl, botId: chat.botId });
      if (person !== null) {
        const personalChat = chat.scope === 'personal' ? chat.id : null;
        const { aadObjectId, userId } = person;
        await keepPerson({ tenantId: chat.tenantId, aadObjectId, userId, chat: chat.id, personalChat });
      }
      return chat;
    },
    chat: (tenantId, chatId) => chats.find(chatKey(tenantId, chatId)),
    service: (tenantId) => services.find(serviceKey(tenantId)),
    async person(ref) {
      const { tenantId, aadObjectId } = fromPersonRef(ref);
      return people.find(personKey(tenantId, aadObjectId));
    },
    async keepPersonal(ref, personal, userId) {
      const { tenantId, aadObjectId } = fromPersonRef(ref);
      await chats.save(chatKey(tenantId, personal.id), personal);
      await keepPerson({ tenantId, aadObjectId, userId, chat: personal.id, personalChat: personal.id });
    },
    left: (tenantId, chatId) => chats.remove(chatKey(tenantId, chatId)),
  };
}

interface Shelf<T> {
  find(key: string): Promise<T | null>;
  save(key: string, value: T): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Notes of one sort, with a memory before them: most activities come from where one came from before. */
function createShelf<T extends object>(notes: PlatformNotes, read: (value: unknown) => T | null): Shelf<T> {
  const memory = new LRUCache<string, T>({ max: remembered });

  async function find(key: string): Promise<T | null> {
    const kept = memory.get(key);
    if (kept !== undefined) return kept;
    const value = read(await notes.find(key));
    if (value !== null) memory.set(key, value);
    return value;
  }

  return {
    find,
    async save(key, value) {
      const known = await find(key);
      if (known !== null && isSame(known, value)) return;
      await notes.save(key, value);
      memory.set(key, value);
    },
    async remove(key) {
      memory.delete(key);
      await notes.remove(key);
    },
  };
}

/** Of flat objects. */
function isSame(one: object, other: object): boolean {
  const [left, right] = [Object.entries(one), new Map(Object.entries(other))];
  return left.length === right.size && left.every(([name, value]) => right.get(name) === value);
}

function chatKey(tenantId: string, chatId: string): string {
  return `chat/${tenantId}/${chatId}`;
}

function serviceKey(tenantId: string): string {
  return `last/${tenantId}`;
}

function personKey(tenantId: string, aadObjectId: string): string {
  return personRef(tenantId, aadObjectId).replace(/^teams/, 'person');
}
