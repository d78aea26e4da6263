import { bodyOf, type By, type Handler, historyEntry } from './api.ts';
import { addComment } from './comments.ts';
import { isRecord } from './json.ts';
import type { Issue, IssueLink } from './model.ts';
import { refusal } from './refusal.ts';
import { issueTypeNamed, priorityBean, statusBean } from './render.ts';
import type { Store } from './store.ts';

/** The site's kinds of links. */
const linkTypes = [
  { id: '10000', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
  { id: '10001', name: 'Cloners', inward: 'is cloned by', outward: 'clones' },
  { id: '10002', name: 'Duplicate', inward: 'is duplicated by', outward: 'duplicates' },
  { id: '10003', name: 'Relates', inward: 'relates to', outward: 'relates to' },
] as const;

/**
 * Links two issues; a link that is there already is left as it is.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-links/#api-rest-api-3-issuelink-post
 */
export const createIssueLink: Handler = (request, api) => {
  const body = bodyOf(request);
  const sent = isRecord(body.type) ? body.type : {};
  const type = linkTypes.find(({ id, name }) => sent.id === id || sent.name === name);
  if (type === undefined) throw refusal(404, [`No issue link type with name '${String(sent.name ?? sent.id)}' found.`]);
  const inward = issueIn(body.inwardIssue, api.store);
  const outward = issueIn(body.outwardIssue, api.store);
  if (inward.id === outward.id) throw refusal(400, ['You cannot link an issue to itself.']);
  const by = { actor: request.actor, api };
  const commented = isRecord(body.comment) ? addComment(outward, body.comment, by).issue : outward;
  link({ inward, outward: commented, type: type.name }, by);
  return { status: 201, body: null };
};

/** The links of an issue, each with what stands at its other end. */
export function linkBeans(issue: Issue, store: Store, url: string) {
  return issue.issueLinks.flatMap(({ id, type: name, direction, issueId }) => {
    const other = store.find(issueId);
    const type = linkTypes.find((one) => one.name === name);
    if (other === null || type === undefined) return [];
    const bean = {
      id: other.id,
      key: other.key,
      self: `${url}/rest/api/3/issue/${other.id}`,
      fields: {
        summary: other.summary,
        status: statusBean(other.status, url),
        priority: priorityBean(other.priority, url),
        issuetype: issueTypeNamed(other.issuetype, url),
      },
    };
    return [
      {
        id,
        self: `${url}/rest/api/3/issueLink/${id}`,
        type: { ...type, self: `${url}/rest/api/3/issueLinkType/${type.id}` },
        ...(direction === 'inward' ? { inwardIssue: bean } : { outwardIssue: bean }),
      },
    ];
  });
}

/** With the type "Blocks" the inward issue blocks the outward one: each shows the other at its own end. */
function link({ inward, outward, type }: { inward: Issue; outward: Issue; type: string }, { actor, api }: By): void {
  const id = String(api.store.nextId());
  const at = api.now();
  const isThere = outward.issueLinks.some((one) => one.type === type && one.issueId === inward.id);
  const linked = (issue: Issue, end: IssueLink, to: string): Issue => ({
    ...issue,
    updated: at.toISOString(),
    issueLinks: [...issue.issueLinks, end],
    history: [...issue.history, historyEntry({ kind: 'edit', field: 'issuelinks', to }, { actor, at })],
  });
  if (isThere) {
    if (outward !== api.store.find(outward.id)) api.store.put(outward, actor);
    return;
  }
  api.store.put(linked(outward, { id, type, direction: 'inward', issueId: inward.id }, inward.key), actor);
  api.store.put(linked(inward, { id, type, direction: 'outward', issueId: outward.id }, outward.key), actor);
}

/** @throws Refusal 404. */
function issueIn(sent: unknown, store: Store): Issue {
  const { key, id } = isRecord(sent) ? sent : {};
  const issue = store.find(typeof key === 'string' ? key : String(id));
  if (issue !== null) return issue;
  throw refusal(404, ['Issue does not exist or you do not have permission to see it.']);
}
