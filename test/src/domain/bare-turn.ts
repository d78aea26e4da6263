import type { Turn } from '#domain/conversation.ts';
import type { Ticket } from '#domain/ticket.ts';

/** What most turns have not. */
export const bareTurn = {
  authorName: null,
  stage: 'thread',
  revision: 0,
  values: null,
  action: null,
  aboutTurnId: null,
  addressed: false,
  withdrawn: false,
  files: [],
  decision: null,
  postRef: null,
  postRevision: null,
  comment: null,
  mirroredFiles: {},
} as const satisfies Partial<Turn>;

/** A ticket that somebody is to work on. */
export function openTicket(fields: Partial<Ticket> = {}): Ticket {
  return {
    id: '10001',
    key: 'IT-1',
    url: 'https://jira/IT-1',
    phase: 'open',
    throughTurnId: '1',
    assignee: null,
    ...fields,
  };
}

export function file(name: string) {
  return { name, ref: `F-${name}`, mimeType: null, bytes: null };
}
