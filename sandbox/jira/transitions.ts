import { bodyOf, type Handler, historyEntry, issueOf } from './api.ts';
import { withComments } from './issues.ts';
import { isRecord } from './json.ts';
import { type Issue, resolutions, statuses } from './model.ts';
import { refusal } from './refusal.ts';
import { statusBean } from './render.ts';

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-transitions-get */
export const listTransitions: Handler = (request, api) => {
  issueOf(request, api);
  const transitions = statuses.map(({ name, transition }) => ({
    ...transition,
    to: statusBean(name, api.url()),
    hasScreen: false,
    isGlobal: true,
    isInitial: false,
    isAvailable: true,
    isConditional: false,
    looped: false,
  }));
  return { status: 200, body: { expand: 'transitions', transitions } };
};

/** Moves the issue. Into Done it gets a resolution and its time, out of Done it loses them. */
export const doTransition: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const body = bodyOf(request);
  const id = isRecord(body.transition) ? body.transition.id : undefined;
  if (typeof id !== 'string') throw refusal(400, ['Missing transition identifier.']);
  const target = statuses.find(({ transition }) => transition.id === id);
  if (target === undefined) throw refusal(400, [`Transition id '${id}' is not valid for this issue.`]);
  const at = api.now();
  const change = historyEntry({ kind: 'status', from: issue.status, to: target.name }, { actor: request.actor, at });
  const isDone = target.category === 'done';
  const moved: Issue = {
    ...issue,
    status: target.name,
    updated: at.toISOString(),
    resolution: isDone ? resolutionOf(body.fields) : null,
    resolved: isDone ? at.toISOString() : null,
    history: [...issue.history, change],
  };
  api.store.put(withComments(moved, body.update, { actor: request.actor, api }));
  return { status: 204, body: null };
};

function resolutionOf(fields: unknown): string {
  if (!isRecord(fields) || fields.resolution === undefined) return 'Done';
  const wanted = isRecord(fields.resolution) ? fields.resolution : {};
  const found = resolutions.find(({ id, name }) => wanted.id === id || wanted.name === name);
  if (found === undefined) throw refusal(400, [], { resolution: 'Specify a valid resolution.' });
  return found.name;
}
