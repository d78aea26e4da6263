import type { CloudClient } from 'jira.js/cloud';
import { dateOf } from './jira-time.ts';
import { FoundIssues } from './schema.ts';
import { readAs } from './transport.ts';

const minuteMs = 60_000;
/** As many as are handed over at a time, unless they all changed within the overlap. */
const maxTickets = 500;
const pageSize = 100;
const maxPages = 50;
/** JQL counts whole minutes back from Jira's clock, and a search sees changes late. */
const overlapMinutes = 2;
const lagMs = minuteMs;

/** Our issues that have changed since, oldest change first. */
export async function changedSince(
  client: CloudClient,
  since: Date,
  now: Date,
): Promise<{ ticketIds: readonly string[]; until: Date }> {
  const minutes = Math.max(3, Math.ceil((now.getTime() - since.getTime()) / minuteMs) + overlapMinutes);
  const jql = `labels = "firstline" AND updated >= -${minutes}m ORDER BY updated ASC`;
  // what changed all at once has to be read at once: asking again from the newest would begin with the same
  const beyond = since.getTime() + (overlapMinutes + 1) * minuteMs;
  const ids = new Set<string>();
  let newest = since;
  let token: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const { issues, next } = await pageOf(client, jql, token);
    for (const issue of issues) {
      ids.add(issue.id);
      newest = dateOf(issue.fields.updated) ?? newest;
    }
    if (next === null) return { ticketIds: [...ids], until: new Date(now.getTime() - lagMs) };
    if (ids.size >= maxTickets && newest.getTime() > beyond) break;
    token = next;
  }
  return { ticketIds: [...ids], until: newest };
}

async function pageOf(client: CloudClient, jql: string, token: string | null) {
  const answer = await client.issueSearch.searchAndReconsileIssuesUsingJqlPost({
    jql,
    fields: ['updated'],
    maxResults: pageSize,
    ...(token === null ? {} : { nextPageToken: token }),
  });
  const { issues, nextPageToken, isLast } = readAs(FoundIssues, answer, 'search');
  return { issues, next: isLast === true ? null : (nextPageToken ?? null) };
}
