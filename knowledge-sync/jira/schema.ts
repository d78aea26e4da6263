import { z } from 'zod';

// Only the fields we use. "api-group-…" pages are below https://developer.atlassian.com/cloud/jira/platform/rest/v3/

/** Somebody. What a person hides is missing. `app`: a program. api-group-users/#api-rest-api-3-user-get */
export const User = z.object({
  accountId: z.string(),
  accountType: z.string().nullish(),
  displayName: z.string().nullish(),
});
export type User = z.output<typeof User>;

/**
 * What decides whether a ticket is read. A field that is missing (not null) is one that Jira did not load this time, or
 * that the site does not have. api-group-issues/#api-rest-api-3-issue-issueidorkey-get
 */
export const TicketState = z.object({
  id: z.string().min(1),
  key: z.string().min(1),
  fields: z
    .object({
      updated: z.string().optional(),
      resolution: z.object({ name: z.string() }).nullable().optional(),
      status: z.object({ statusCategory: z.object({ key: z.string() }).optional() }).optional(),
      security: z.unknown().optional(),
    })
    .default({}),
});
export type TicketState = z.output<typeof TicketState>;

/** The fields of {@link TicketState}. */
export const stateFields = ['updated', 'resolution', 'status', 'security'];

/** api-group-issue-search/#api-rest-api-3-search-jql-post */
export const TicketPage = z.object({
  issues: z.array(TicketState),
  nextPageToken: z.string().nullish(),
  isLast: z.boolean().nullish(),
});

/** A whole ticket. `description` is a document, or a text in old answers. */
export const Ticket = TicketState.extend({
  /** Properties that were asked for, by key. */
  properties: z.record(z.string(), z.unknown()).nullish(),
  fields: TicketState.shape.fields.unwrap().extend({
    summary: z.string().nullish(),
    description: z.unknown().optional(),
    resolutiondate: z.string().nullish(),
    reporter: User.nullish(),
    assignee: User.nullish(),
    creator: User.nullish(),
  }),
});
export type Ticket = z.output<typeof Ticket>;

/** The fields of {@link Ticket}. */
export const ticketFields = [
  ...stateFields,
  'summary',
  'description',
  'resolutiondate',
  'reporter',
  'assignee',
  'creator',
];

/** With `expand=properties`. `jsdPublic` is missing where nobody said. api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-get */
export const Comment = z.object({
  id: z.string(),
  author: User.nullish(),
  body: z.unknown().optional(),
  jsdPublic: z.unknown().optional(),
  visibility: z.unknown().optional(),
  properties: z.unknown().optional(),
});
export type Comment = z.output<typeof Comment>;

export const CommentPage = z.object({ comments: z.array(Comment), total: z.number() });

/** api-group-users/#api-rest-api-3-users-search-get */
export const UserPage = z.array(User);
