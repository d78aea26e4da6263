import { type Api, bodyOf, type By, type Handler, historyEntry, issueOf, listParam } from './api.ts';
import { notOnScreen } from './fields.ts';
import { withComments } from './issues.ts';
import { isRecord } from './json.ts';
import { type Issue, resolutions, statuses, type StatusName } from './model.ts';
import { refusal } from './refusal.ts';
import { resolutionBean, statusBean } from './render.ts';

/** One way from where an issue stands. */
interface Transition {
  readonly id: string;
  readonly name: string;
  readonly to: (typeof statuses)[number];
}

/**
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-transitions-get
 */
export const listTransitions: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const wanted = request.call.query.get('transitionId');
  const hasFields = listParam(request, 'expand').includes('transitions.fields');
  const transitions = transitionsOf(issue, api)
    .filter(({ id }) => wanted === null || id === wanted)
    .map(({ id, name, to }) => ({
      id,
      name,
      to: statusBean(to.name, api.url()),
      hasScreen: to.category === 'done',
      isGlobal: true,
      isInitial: false,
      isAvailable: true,
      isConditional: false,
      looped: to.name === issue.status,
      ...(hasFields ? { fields: to.category === 'done' ? { resolution: resolutionField(api.url()) } : {} } : {}),
    }));
  return { status: 200, body: { expand: 'transitions', transitions } };
};

/** Moves the issue. Into Done it gets a resolution and its time, out of Done it loses them. */
export const doTransition: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const body = bodyOf(request);
  const id = isRecord(body.transition) ? body.transition.id : undefined;
  if (typeof id !== 'string') throw refusal(400, ['Missing transition identifier.']);
  const transition = transitionsOf(issue, api).find((one) => one.id === id);
  if (transition === undefined) throw refusal(400, [`Transition id '${id}' is not valid for this issue.`]);
  const by = { actor: request.actor, api };
  const moved = transitioned(issue, { to: transition.to.name, fields: body.fields }, by);
  api.store.put(withComments(moved, body.update, by), request.actor);
  return { status: 204, body: null };
};

/** The issue in another status. @throws Refusal 400 when there is no way there, or the fields are not valid. */
export function transitioned(
  issue: Issue,
  { to, fields }: { to: StatusName; fields: unknown },
  { actor, api }: By,
): Issue {
  const target = transitionsOf(issue, api).find((transition) => transition.to.name === to)?.to;
  if (target === undefined) throw refusal(400, [`There is no transition from ${issue.status} to ${to}.`]);
  const isDone = target.category === 'done';
  const resolution = resolutionOf(fields, isDone);
  const at = api.now();
  const by = { actor, at };
  const change = historyEntry({ kind: 'status', from: issue.status, to }, by);
  const solved = historyEntry({ kind: 'resolution', from: issue.resolution, to: resolution }, by);
  return {
    ...issue,
    status: target.name,
    updated: at.toISOString(),
    resolution,
    resolved: isDone ? at.toISOString() : null,
    history: [...issue.history, change, ...(issue.resolution === resolution ? [] : [solved])],
  };
}

/** Each status can be reached from everywhere; from Done only where issues can be reopened. */
function transitionsOf({ status }: Issue, { site }: Api): Transition[] {
  const isDone = status === 'Done';
  if (isDone && !site.settings.canReopen) return [];
  return statuses.map((to) => ({
    ...to.transition,
    ...(isDone && to.name === 'To Do' ? { name: 'Reopen' } : {}),
    to,
  }));
}

/** Only the way to Done has a screen, with this one field. @throws Refusal 400. */
function resolutionOf(fields: unknown, isDone: boolean): string | null {
  const sent = isRecord(fields) ? fields : {};
  const stray = Object.keys(sent).find((name) => !isDone || name !== 'resolution');
  if (stray !== undefined) throw refusal(400, [], { [stray]: notOnScreen(stray) });
  if (!isDone) return null;
  if (sent.resolution === undefined) return 'Done';
  const wanted = isRecord(sent.resolution) ? sent.resolution : {};
  const found = resolutions.find(({ id, name }) => wanted.id === id || wanted.name === name);
  if (found === undefined) throw refusal(400, [], { resolution: 'Specify a valid resolution.' });
  return found.name;
}

function resolutionField(url: string) {
  return {
    required: true,
    schema: { type: 'resolution', system: 'resolution' },
    name: 'Resolution',
    key: 'resolution',
    hasDefaultValue: true,
    operations: ['set'],
    allowedValues: resolutions.map((resolution) => resolutionBean(resolution, url)),
  };
}
