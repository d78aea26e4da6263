import { z } from 'zod';

// Only the fields we use. "api-group-…" pages are below https://developer.atlassian.com/cloud/jira/platform/rest/v3/

/** A refusal names fields in `errors`. api-group-issues/#api-rest-api-3-issue-post, "400" */
export const ErrorCollection = z.object({ errors: z.record(z.string(), z.unknown()).default({}) });

/** api-group-issues/#api-rest-api-3-issue-post */
export const CreatedIssue = z.object({ key: z.string().min(1) });

/** api-group-issue-search/#api-rest-api-3-search-jql-post */
export const FoundIssues = z.object({ issues: z.array(z.object({ key: z.string().min(1) })).default([]) });

/** A person may hide the e-mail address. api-group-user-search/#api-rest-api-3-user-search-get */
export const FoundUsers = z.array(
  z.object({
    accountId: z.string().min(1),
    accountType: z.string().optional(),
    active: z.boolean().default(false),
    emailAddress: z.string().nullish(),
  }),
);

/** With `expand=properties`. api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-get */
export const CommentPage = z.object({
  comments: z.array(z.object({ properties: z.array(z.object({ key: z.string(), value: z.unknown() })).default([]) })),
  total: z.number(),
});

/** Our own property on a comment. */
export const CommentMark = z.object({ id: z.string() });

/** api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-get */
export const IssueTypePage = z.object({ issueTypes: z.array(z.object({ name: z.string() })) });
