import type { CloudClient } from 'jira.js/cloud';
import type { TicketSection } from '#domain/ticket.ts';
import { type AdfDocument, descriptionOf } from './adf.ts';
import { nodesOf, nodeOf, textBelow } from './adf-node.ts';
import { editIssue, putIssue } from './edit.ts';
import { fingerprintOf } from './fingerprint.ts';
import { IssueDescription, IssueMark } from './schema.ts';
import { oneLine } from './text.ts';
import { asRefusal, isRefused, readAs } from './transport.ts';

export interface Change {
  readonly summary?: string;
  readonly priority?: string;
  readonly body?: readonly TicketSection[];
  readonly described?: string | null;
}

/**
 * Sets what is given; what is not on the screen is left out. The description is only written while it still says what we
 * wrote: the fingerprint of that is kept with the issue, so that it is known from the first time on.
 *
 * Returns the fingerprint of what we wrote; null when somebody else has changed it.
 * @throws JiraFailure `rejected` when we may not.
 */
export async function amend(client: CloudClient, ticketId: string, change: Change): Promise<string | null> {
  try {
    return await write(client, ticketId, change);
  } catch (error) {
    throw asRefusal(error);
  }
}

async function write(client: CloudClient, ticketId: string, change: Change): Promise<string | null> {
  const { body, described = null } = change;
  const fields = fieldsOf(change);
  const rewriting =
    body === undefined
      ? { fingerprint: described, edit: null }
      : await rewritingOf(client, ticketId, { body, described });
  if (rewriting.edit === null) {
    await editIssue(client, ticketId, { fields });
    return rewriting.fingerprint;
  }
  const { description, properties } = rewriting.edit;
  try {
    await putIssue(client, ticketId, { fields: { ...fields, description }, properties });
    return rewriting.fingerprint;
  } catch (error) {
    if (!isRefused(error) || error.status === 404) throw error;
    const kept = Object.fromEntries(Object.entries(fields).filter(([id]) => !error.fields.includes(id)));
    // what we say that we wrote goes with it, or not at all
    const isWritten = !error.fields.includes('description');
    await putIssue(client, ticketId, isWritten ? { fields: { ...kept, description }, properties } : { fields: kept });
    return isWritten ? rewriting.fingerprint : null;
  }
}

function fieldsOf({ summary = '', priority }: Change): Readonly<Record<string, unknown>> {
  const line = oneLine(summary, 255);
  return {
    ...(line === '' ? {} : { summary: line }),
    ...(priority === undefined ? {} : { priority: { name: priority } }),
  };
}

interface Rewriting {
  /** Null: somebody else has changed the description. */
  readonly fingerprint: string | null;
  /** Null: nothing is to be written. */
  readonly edit: {
    readonly description: AdfDocument;
    readonly properties: readonly { key: string; value: unknown }[];
  } | null;
}

async function rewritingOf(
  client: CloudClient,
  ticketId: string,
  { body, described }: { body: readonly TicketSection[]; described: string | null },
): Promise<Rewriting> {
  const asked = { issueIdOrKey: encodeURIComponent(ticketId), fields: ['description'], properties: ['firstline'] };
  const { fields, properties } = readAs(IssueDescription, await client.issues.getIssue(asked), 'description');
  const current = fingerprintOf(fields.description);
  const read = IssueMark.safeParse(properties?.firstline);
  const mark = read.success ? read.data : null;
  const ours = [described, mark?.described].filter((one) => typeof one === 'string');
  if (ours.length > 0 && !ours.includes(current)) return { fingerprint: null, edit: null };
  const description = descriptionOf(body, referenceIn(fields.description));
  const fingerprint = fingerprintOf(description);
  if (fingerprint === current) return { fingerprint, edit: null };
  const kept = mark === null ? [] : [{ key: 'firstline', value: { ...mark, described: fingerprint } }];
  return { fingerprint, edit: { description, properties: kept } };
}

/** The line by which the issue is found, when its description has one. */
function referenceIn(description: unknown): string | null {
  const last = textBelow(nodesOf(nodeOf(description)?.content ?? []).slice(-1)).trim();
  return last.startsWith('Reference: firstline-') ? last : null;
}
