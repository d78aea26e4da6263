import type { Api, Request } from '../api.ts';
import { isRecord } from '../json.ts';
import { type Issue, serviceDesk } from '../model.ts';
import { deskRefusal } from '../refusal.ts';

/** The request that the path names. @throws Refusal 404, also for an issue that is no request. */
export function requestOf({ params }: Request, { store, site }: Api): Issue {
  const issue = store.find(params.issue ?? '');
  if (issue !== null && issue.request !== null && site.settings.projectType === 'service_desk') return issue;
  throw deskRefusal(404, 'The request does not exist or you do not have permission to see it.', 'sd.request.not.found');
}

/** @throws Refusal 400 when the body is no JSON object, or has what is not known. */
export function deskBody({ body }: Request, known: readonly string[]): Record<string, unknown> {
  if (!isRecord(body)) throw deskRefusal(400, 'The request body is not valid JSON.');
  const stray = Object.keys(body).find((key) => !known.includes(key));
  if (stray !== undefined) throw deskRefusal(400, `Unrecognized field "${stray}".`);
  return body;
}

/** By its id, or by its project's id or key. @throws Refusal when there is no such service desk. */
export function checkDesk(wanted: unknown, api: Api, status = 404): void {
  const names: readonly unknown[] = [serviceDesk.id, serviceDesk.projectKey, api.site.projectId];
  if (hasDesk(api) && names.includes(wanted)) return;
  throw deskRefusal(
    status,
    'The Service Desk you are trying to view does not exist.',
    'sd.error.servicedesk.not.found',
  );
}

export function hasDesk({ site }: Api): boolean {
  return site.settings.projectType === 'service_desk';
}
