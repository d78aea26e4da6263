import { createHash } from 'node:crypto';
import type { Audience } from '#domain/knowledge.ts';
import { recordOf } from './block-parts.ts';
import type { Page } from './schema.ts';

/** To be raised with every change to what is read of a page: then all are read anew. */
const readerVersion = 2;
/** Notion tells the minute of an edit; as long again for clocks that differ. */
const settledAfterMs = 120_000;
/** A clock that is that far behind says nothing about what is settled. */
const clockSlackMs = 600_000;

/** What a page's text depends on, as far as a listing shows it. */
export interface PageState {
  readonly page: Page;
  readonly audience: Audience;
  /** Titles that the text shows of other pages, by their ids: children, mentions, pages that a property names. */
  readonly titles: readonly (readonly [string, string])[];
  /** When pages of which it has text were edited, by their ids; null: it must not have any. */
  readonly texts: readonly (readonly [string, string | null])[];
  /** Changes when it is declared anew who may read what: it decides what a text may show of other pages. */
  readonly declared: string;
}

/**
 * Notion rounds `last_edited_time` down to the minute, so a page that was just edited may be edited again and look the
 * same. What is read within two minutes of the edit is therefore not settled: its revision is one of that moment, and
 * the next listing differs from it and has the page read once more.
 * https://developers.notion.com/changelog/last-edited-time-is-now-rounded-to-the-nearest-minute
 */
export function isSettled(edited: string | null | undefined, now: Date): boolean {
  const ageMs = now.getTime() - Date.parse(edited ?? '');
  return Number.isNaN(ageMs) || ageMs >= settledAfterMs || ageMs < -clockSlackMs;
}

/** The revision of a settled page: equal means equal text, title and link. */
export function settledRevision({ page, audience, titles, texts, declared }: PageState): string {
  const state = [page.url ?? '', essence(page.properties ?? {}), audience, titles, texts, declared];
  const hash = createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 12);
  return `${readerVersion}-${page.last_edited_time ?? ''}-${hash}`;
}

/** The revision as it is told at a moment; see {@link isSettled}. */
export function revisionAt(state: PageState, now: Date): string {
  const settled = settledRevision(state);
  return isSettledState(state, now) ? settled : `${settled}~${now.getTime()}`;
}

/** Whether the page and all those that it has text of are settled. */
export function isSettledState({ page, texts }: PageState, now: Date): boolean {
  const edits = [page.last_edited_time, ...texts.flatMap(([, edited]) => edited ?? [])];
  return edits.every((edited) => isSettled(edited, now));
}

/** The part of a revision that does not depend on when it was told. */
export function settledPart(revision: string): string {
  return revision.split('~', 1)[0] ?? revision;
}

/** Signed addresses, their expiry, colours and what a user object happens to tell differ from answer to answer. */
const passing = new Set(['expiry_time', 'color', 'avatar_url', 'has_more', 'next_url', 'icon', 'file', 'description']);
/** Change with every look, or say again what the revision has. */
const passingTypes = new Set(['last_visited_time', 'last_edited_time', 'last_edited_by', 'button']);

/** What of a value stays the same from answer to answer, keys sorted. */
function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(essence);
  if (typeof value !== 'object' || value === null) return value;
  const raw = recordOf(value);
  if (raw.object === 'user') return raw.id;
  if (typeof raw.type === 'string' && passingTypes.has(raw.type)) return raw.type;
  return Object.entries(raw)
    .filter(([key, one]) => one !== null && one !== undefined && !passing.has(key))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => [key, essence(one)]);
}
