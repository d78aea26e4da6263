import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Address, Person } from '#domain/conversation.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import { oneLine } from '../chat/clean-text.ts';
import { fromAddress, fromPersonRef, personRef } from './addresses.ts';
import type { TeamsChat } from './chat.ts';
import type { KnownPerson } from './chats.ts';
import type { TeamsMember } from './connector.ts';
import type { OutwardDeps } from './reach.ts';

export type TeamsPeople = Pick<ChatPlatform, 'person' | 'personByEmail' | 'members'>;

/** A place with more members than this is taken for one that anybody may be in. */
const mostMembers = 100;

/**
 * Who people are, and who of them reads along. Teams tells it of members of chats that we are in, without any permission.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/get-teams-context
 */
export function createPeople(deps: OutwardDeps): TeamsPeople {
  const roster = createRoster();
  return {
    person: (ref) => person(deps, ref, roster),
    async personByEmail(email) {
      const ref = z.string().safeParse(await deps.notes.find(emailKey(email))).data;
      if (ref === undefined) return null;
      const found = await person(deps, ref, roster);
      // they may have another one by now
      return found.email !== null && emailKey(found.email) === emailKey(email) ? found : null;
    },
    members: (address) => members(deps, address, roster),
  };
}

/**
 * Members as lists told them. Whoever asks who reads along asks next who each of them is, and Teams takes no more than 14
 * such questions a second.
 */
interface Roster {
  /** As told in the last minute. */
  readonly members: LRUCache<string, TeamsMember>;
  /** Where to ask for people from whom nothing has come. */
  readonly chats: LRUCache<string, TeamsChat>;
}

function createRoster(): Roster {
  return { members: new LRUCache({ max: 10_000, ttl: 60_000 }), chats: new LRUCache({ max: 10_000 }) };
}

/**
 * Somebody of whom Teams tells us nothing is an outsider without an address: they are entitled to nothing, and the
 * conversation goes on.
 */
async function person(deps: OutwardDeps, ref: string, roster: Roster): Promise<Person> {
  const member = roster.members.get(ref) ?? (await ask(deps, ref, roster));
  const isEmulated = deps.settings.credentials.kind === 'none';
  if (member === null) return { ref, name: 'Unknown person', email: null, outsider: !isEmulated, bot: false };
  const found = toPerson(member, { ref, isOurs: isOurs(member, deps) });
  if (found.email !== null && !found.outsider) await keepEmail(deps, found.email, ref);
  return found;
}

async function ask(deps: OutwardDeps, ref: string, roster: Roster): Promise<TeamsMember | null> {
  const known = await deps.chats.person(ref);
  const member = known === null ? null : await askWhereSeen(deps, known);
  const listed = member === null ? roster.chats.get(ref) : undefined;
  return listed === undefined ? member : deps.connector.member(listed, fromPersonRef(ref).aadObjectId);
}

/** Where they were last, and, if they have left it, their own chat with us. */
async function askWhereSeen({ chats, connector }: OutwardDeps, known: KnownPerson): Promise<TeamsMember | null> {
  for (const id of new Set([known.chat, known.personalChat ?? known.chat])) {
    const chat = await chats.chat(known.tenantId, id);
    const member = chat === null ? null : await connector.member(chat, known.userId);
    if (member !== null) return member;
  }
  return null;
}

async function keepEmail({ notes }: OutwardDeps, email: string, ref: string): Promise<void> {
  const key = emailKey(email);
  if ((await notes.find(key)) !== ref) await notes.save(key, ref);
}

function emailKey(email: string): string {
  return `email/${email.trim().toLowerCase()}`;
}

/** Whoever's company is not told is a stranger; an emulator has one of its own making, or none, unless it is set. */
function isOurs({ tenantId }: TeamsMember, { settings }: OutwardDeps): boolean {
  const { credentials, tenantId: own } = settings;
  if (credentials.kind === 'none' && (tenantId === null || own === '')) return true;
  return tenantId?.toLowerCase() === own.toLowerCase();
}

function toPerson(member: TeamsMember, { ref, isOurs: ours }: { ref: string; isOurs: boolean }): Person {
  const role = member.userRole?.toLowerCase() ?? 'user';
  const isGuest = role === 'guest' || role === 'anonymous' || isGuestName(member.userPrincipalName);
  return {
    ref,
    name: oneLine(member.name) || 'Unknown person',
    email: ours && role !== 'anonymous' ? emailOf(member, isGuest) : null,
    outsider: !ours || isGuest,
    bot: member.id.startsWith('28:'),
  };
}

/**
 * Their address as our company has it, in the directory or by the invitation. What another tenant says of its people
 * nobody has verified: anyone can put any address there. Without an address the user name stands for it where it looks
 * like one: its domain is one that the company has proven to own. Not a guest's, nor one of Microsoft's own domain, at which
 * no mail arrives.
 */
function emailOf({ email, userPrincipalName }: TeamsMember, isGuest: boolean): string | null {
  const told = email?.trim() ?? '';
  if (told !== '') return told;
  const name = userPrincipalName?.trim() ?? '';
  const isAddress = /^[^\s@#]+@[^\s@#]+\.[^\s@#]+$/.test(name) && !/\.onmicrosoft\.com$/i.test(name);
  return isAddress && !isGuest ? name : null;
}

/** `ana_partner.example#EXT#@ours.onmicrosoft.com` */
function isGuestName(userPrincipalName: string | null): boolean {
  return /#EXT#/i.test(userPrincipalName ?? '');
}

async function members(
  { chats, connector }: OutwardDeps,
  address: Address,
  roster: Roster,
): Promise<readonly string[] | null> {
  const { tenantId, chatId } = fromAddress(address);
  const chat = await chats.chat(tenantId, chatId);
  const listed = chat === null ? null : await connector.members(chat, mostMembers + 1);
  if (chat === null || listed === null) return null;
  const others = listed.filter(({ id }) => id !== chat.botId);
  if (others.length > mostMembers) return null;
  return others.map((member) => {
    const ref = personRef(tenantId, member.aadObjectId ?? member.id);
    roster.members.set(ref, member);
    roster.chats.set(ref, chat);
    return ref;
  });
}
