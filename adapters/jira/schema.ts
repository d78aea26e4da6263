import { z } from 'zod';

// Only the fields we use. "api-group-…" pages are below https://developer.atlassian.com/cloud/jira/platform/rest/v3/,
// "service-desk/…" below https://developer.atlassian.com/cloud/jira/

/** A refusal names fields in `errors`. api-group-issues/#api-rest-api-3-issue-post, "400" */
export const ErrorCollection = z.object({ errors: z.record(z.string(), z.unknown()).default({}) });

/** api-group-issues/#api-rest-api-3-issue-post */
export const CreatedIssue = z.object({ id: z.string().min(1), key: z.string().min(1) });

/** service-desk/rest/api-group-request/#api-rest-servicedeskapi-request-post */
export const CreatedRequest = z.object({ issueId: z.string().min(1), issueKey: z.string().min(1) });

/** Our own property on an issue. `described`: the fingerprint of the description that we wrote last. */
export const IssueMark = z.object({ conversation: z.string(), described: z.string().optional() });
export type IssueMark = z.output<typeof IssueMark>;

/** api-group-issue-search/#api-rest-api-3-search-jql-post */
export const FoundIssues = z.object({
  issues: z
    .array(
      z.object({
        id: z.string().min(1),
        key: z.string().min(1),
        fields: z
          .object({
            labels: z.array(z.string()).nullish(),
            description: z.unknown().optional(),
            updated: z.string().optional(),
          })
          .default({}),
        properties: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .default([]),
  nextPageToken: z.string().nullish(),
  isLast: z.boolean().nullish(),
});

/** Somebody. What a person hides is missing. `customer`: of a service desk's portal only. api-group-users/#api-rest-api-3-user-get */
export const Account = z.object({
  accountId: z.string().min(1),
  accountType: z.string().nullish(),
  displayName: z.string().nullish(),
});

/** A person may hide the e-mail address. api-group-user-search/#api-rest-api-3-user-search-get */
export const FoundUsers = z.array(
  Account.extend({ active: z.boolean().default(false), emailAddress: z.string().nullish() }),
);

/** With `expand=properties,renderedBody`. api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-get */
export const Comment = z.object({
  id: z.string().min(1),
  author: Account.partial({ accountId: true }).nullish(),
  body: z.unknown().optional(),
  renderedBody: z.string().nullish(),
  created: z.string().nullish(),
  updated: z.string().nullish(),
  jsdPublic: z.unknown().optional(),
  visibility: z.unknown().optional(),
  properties: z.unknown().optional(),
});
export type Comment = z.output<typeof Comment>;

export const CommentPage = z.object({ comments: z.array(Comment), total: z.number() });

/** A comment that was added or changed. */
export const WrittenComment = z.object({ id: z.string().min(1) });

/** Our own property on a comment. */
export const CommentMark = z.object({ id: z.string() });

/** api-group-issue-attachments/#api-rest-api-3-attachment-id-get */
export const Attachment = z.object({
  id: z.string().min(1),
  filename: z.string(),
  mimeType: z.string().nullish(),
  size: z.number().nullish(),
  author: Account.partial({ accountId: true }).nullish(),
});
export type Attachment = z.output<typeof Attachment>;

/** api-group-issue-attachments/#api-rest-api-3-issue-issueidorkey-attachments-post */
export const AddedAttachments = z.array(z.object({ id: z.coerce.string().min(1) })).min(1);

/** api-group-issue-attachments/#api-rest-api-3-attachment-meta-get */
export const AttachmentLimits = z.object({ enabled: z.boolean().default(false), uploadLimit: z.number().default(0) });

const Status = z.object({
  name: z.string().default(''),
  statusCategory: z.object({ key: z.string() }).optional(),
});

/** An issue as read. A field that is missing (not null) is one that Jira did not load, or that the site does not have. */
export const ReadIssue = z.object({
  id: z.string().min(1),
  key: z.string().min(1),
  fields: z.object({
    summary: z.string().nullish(),
    status: Status,
    assignee: Account.partial({ accountId: true }).nullish(),
    reporter: Account.partial({ accountId: true }).nullish(),
    resolution: z.object({ name: z.string() }).nullish(),
    updated: z.string(),
    security: z.unknown().optional(),
    attachment: z.array(Attachment).nullish(),
    project: z.object({ projectTypeKey: z.string().nullish() }).nullish(),
  }),
});
export type ReadIssue = z.output<typeof ReadIssue>;

/** What an issue says of its status, its attachments, its description and our mark. */
export const IssueStatus = z.object({ fields: z.object({ status: Status }) });
export const IssueAttachments = z.object({ fields: z.object({ attachment: z.array(Attachment).nullish() }) });
export const IssueDescription = z.object({
  fields: z.object({ description: z.unknown().optional() }),
  properties: z.record(z.string(), z.unknown()).nullish(),
});

/** api-group-issues/#api-rest-api-3-issue-issueidorkey-transitions-get */
export const Transitions = z.object({
  transitions: z
    .array(
      z.object({
        id: z.string(),
        name: z.string().default(''),
        isAvailable: z.boolean().optional(),
        to: Status,
      }),
    )
    .default([]),
});
export type Transition = z.output<typeof Transitions>['transitions'][number];

/** api-group-permissions/#api-rest-api-3-mypermissions-get */
export const OwnPermissions = z.object({
  permissions: z.record(z.string(), z.object({ havePermission: z.boolean().default(false) })),
});

/** api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-get */
export const IssueTypePage = z.object({
  issueTypes: z.array(z.object({ id: z.string(), name: z.string(), subtask: z.boolean().default(false) })),
  total: z.number().optional(),
});

/** What a field takes. api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-issuetypeid-get */
const FieldKind = z.object({
  type: z.string(),
  items: z.string().nullish(),
  system: z.string().nullish(),
  custom: z.string().nullish(),
});
export type FieldKind = z.output<typeof FieldKind>;
export const FieldPage = z.object({
  fields: z.array(
    z.object({
      fieldId: z.string().min(1),
      name: z.string().default(''),
      required: z.boolean().default(false),
      hasDefaultValue: z.boolean().default(false),
      schema: FieldKind,
      allowedValues: z.array(z.unknown()).nullish(),
    }),
  ),
  total: z.number().optional(),
});

/** A value that can be chosen: an option has a `value`, anything else a `name`. */
export const AllowedValue = z.object({
  id: z.coerce.string(),
  value: z.string().optional(),
  name: z.string().optional(),
  children: z.array(z.unknown()).optional(),
});

/** service-desk/rest/api-group-servicedesk/#api-rest-servicedeskapi-servicedesk-get */
export const ServiceDesk = z.object({ id: z.coerce.string(), projectKey: z.string().default('') });
export const ServiceDeskPage = z.object({ values: z.array(ServiceDesk), isLastPage: z.boolean().optional() });

/** service-desk/rest/api-group-servicedesk/#api-rest-servicedeskapi-servicedesk-servicedeskid-requesttype-get */
export const RequestTypePage = z.object({
  values: z.array(z.object({ id: z.coerce.string(), name: z.string().default('') })),
  isLastPage: z.boolean().optional(),
});

/** service-desk/rest/api-group-servicedesk/#api-rest-servicedeskapi-servicedesk-servicedeskid-requesttype-requesttypeid-field-get */
export const RequestTypeFields = z.object({
  requestTypeFields: z.array(
    z.object({
      fieldId: z.string().min(1),
      name: z.string().default(''),
      required: z.boolean().default(false),
      visible: z.boolean().optional(),
      defaultValues: z.array(z.unknown()).nullish(),
      presetValues: z.array(z.unknown()).nullish(),
      validValues: z.array(z.unknown()).nullish(),
      jiraSchema: FieldKind.default({ type: 'string' }),
    }),
  ),
});

/** A value that can be chosen; `value` is the id. */
export const ValidValue = z.object({
  value: z.coerce.string(),
  label: z.string().default(''),
  children: z.array(z.unknown()).nullish(),
});

/** service-desk/rest/api-group-customer/#api-rest-servicedeskapi-customer-post */
export const MadeCustomer = z.object({ accountId: z.string().min(1) });
