import { createHash } from 'node:crypto';
import type { CloudClient } from 'jira.js/cloud';
import { oneLine } from './text.ts';

/** Links from the issue to a page: one link per address, with the latest title. */
export async function ensureLink(
  client: CloudClient,
  ticketId: string,
  { url, title }: { url: string; title: string },
): Promise<void> {
  await client.issueRemoteLinks.createOrUpdateRemoteIssueLink({
    issueIdOrKey: encodeURIComponent(ticketId),
    globalId: globalIdOf(url),
    relationship: 'conversation',
    object: { url, title: oneLine(title, 255) || url },
  });
}

/** Identifies the link by its url, so that the same link again changes nothing. At most 255 characters. */
function globalIdOf(url: string): string {
  return `firstline=${createHash('sha256').update(url).digest('hex')}`;
}
