import { bodyOf, type Handler, historyEntry, issueOf } from './api.ts';
import { isRecord } from './json.ts';
import type { Issue, RemoteLink } from './model.ts';
import { refusal } from './refusal.ts';
import { linkBean } from './render.ts';

/**
 * Creates a link, or replaces the one with the same globalId as a whole.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-remote-links/#api-rest-api-3-issue-issueidorkey-remotelink-post
 */
export const putLink: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const sent = bodyOf(request);
  const globalId = checkedGlobalId(sent.globalId);
  const before = issue.remoteLinks.find((link) => globalId !== null && link.globalId === globalId);
  const link: RemoteLink = {
    id: before?.id ?? api.store.nextId(),
    globalId,
    relationship: typeof sent.relationship === 'string' ? sent.relationship : null,
    application: isRecord(sent.application) ? sent.application : {},
    object: checkedObject(sent.object),
  };
  const at = api.now();
  const history = historyEntry({ kind: 'link' }, { actor: request.actor, at });
  const others = issue.remoteLinks.filter((one) => one !== before);
  api.store.put(
    {
      ...issue,
      updated: at.toISOString(),
      remoteLinks: [...others, link],
      history: before === undefined ? [...issue.history, history] : issue.history,
    },
    request.actor,
  );
  return {
    status: before === undefined ? 201 : 200,
    body: { id: link.id, self: linkBean(link, issue, api.url()).self },
  };
};

/** All links, or the one with the globalId that is asked for. */
export const listLinks: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const globalId = request.call.query.get('globalId');
  if (globalId === null) return { status: 200, body: beansOf(issue, api.url()) };
  const link = issue.remoteLinks.find((one) => one.globalId === globalId);
  if (link === undefined) throw refusal(404, ['The remote link could not be found.']);
  return { status: 200, body: linkBean(link, issue, api.url()) };
};

export const deleteLink: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const remoteLinks = issue.remoteLinks.filter(({ id }) => String(id) !== request.params.link);
  if (remoteLinks.length === issue.remoteLinks.length) throw refusal(404, ['The remote link could not be found.']);
  api.store.put({ ...issue, remoteLinks }, request.actor);
  return { status: 204, body: null };
};

function beansOf(issue: Issue, url: string) {
  return issue.remoteLinks.map((link) => linkBean(link, issue, url));
}

function checkedGlobalId(globalId: unknown): string | null {
  if (globalId === undefined || globalId === null) return null;
  if (typeof globalId === 'string' && globalId.length <= 255) return globalId;
  throw refusal(400, [], { globalId: "'globalId' should be at most 255 characters." });
}

function checkedObject(object: unknown): RemoteLink['object'] {
  if (!isRecord(object)) throw refusal(400, [], { object: "'object' is required." });
  const { url, title } = object;
  if (typeof title !== 'string' || title === '') throw refusal(400, [], { title: "'title' is required." });
  if (typeof url !== 'string' || url === '') throw refusal(400, [], { url: "'url' is required." });
  if (!URL.canParse(url)) throw refusal(400, [], { url: "'url' is not a valid URL." });
  if (title.length > 255) throw refusal(400, [], { title: "'title' should be at most 255 characters." });
  return { ...object, url, title };
}
