import type { ListedDocument } from '#knowledge-ports.ts';
import type { Audience } from '#domain/knowledge.ts';
import type { TicketState } from './schema.ts';

export interface Selection {
  /** The site's address without a slash at the end. */
  readonly baseUrl: string;
  /** Names of resolutions that solve something, in lower case. */
  readonly resolutions: ReadonlySet<string>;
  readonly audience: Audience;
}

/** Rises when the same ticket would be read otherwise. */
const readerVersion = 1;

/**
 * Whether the ticket is knowledge. `unknown`: Jira left out what decides it. `unmarked`: it does not say whether the
 * ticket has a security level, which then counts as having one.
 */
export type Standing = 'solved' | 'unsolved' | 'secured' | 'unmarked' | 'unknown';

export function standingOf({ fields }: TicketState, { resolutions }: Pick<Selection, 'resolutions'>): Standing {
  const { updated, resolution, status, security } = fields;
  const category = status?.statusCategory?.key;
  if ([updated, resolution, category].includes(undefined)) return 'unknown';
  if (category !== 'done' || !resolutions.has(resolution?.name.toLowerCase() ?? '')) return 'unsolved';
  if (security === undefined) return 'unmarked';
  return security === null ? 'solved' : 'secured';
}

export function urlOf({ key }: Pick<TicketState, 'key'>, baseUrl: string): string {
  return `${baseUrl}/browse/${encodeURIComponent(key)}`;
}

/**
 * As it is listed. By the id: its key changes with its project. The revision has the address, because a project
 * that gets another key changes the keys of its issues, but not when they were updated.
 */
export function listedAs(ticket: TicketState, { baseUrl, audience }: Selection): ListedDocument {
  const revision = `${readerVersion} ${ticket.fields.updated ?? ''} ${urlOf(ticket, baseUrl)}`;
  return { id: ticket.id, revision, audience };
}
