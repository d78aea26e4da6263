import { randomUUID } from 'node:crypto';
import type { Api, Handler } from '../api.ts';
import { type Account, requestTypes, serviceDesk } from '../model.ts';
import { deskRefusal } from '../refusal.ts';
import { issueTypeIdOf } from '../render.ts';
import { checkDesk, deskBody, hasDesk } from './asked.ts';
import { deskBean, pageAnswer, userDto } from './beans.ts';
import { formFieldBean, formOf, type RequestType } from './forms.ts';

/** https://developer.atlassian.com/cloud/jira/service-desk/rest/api-group-servicedesk/#api-rest-servicedeskapi-servicedesk-get */
export const listDesks: Handler = (request, api) =>
  pageAnswer(hasDesk(api) ? [serviceDesk] : [], () => deskBean(api), { request, api });

export const getDesk: Handler = ({ params }, api) => {
  checkDesk(params.desk, api);
  return { status: 200, body: deskBean(api) };
};

/** https://developer.atlassian.com/cloud/jira/service-desk/rest/api-group-servicedesk/#api-rest-servicedeskapi-servicedesk-servicedeskid-requesttype-get */
export const listRequestTypes: Handler = (request, api) => {
  checkDesk(request.params.desk, api);
  const wanted = (request.call.query.get('searchQuery') ?? '').toLowerCase();
  const found = requestTypes.filter(({ name, description }) =>
    `${name}\n${description}`.toLowerCase().includes(wanted),
  );
  return pageAnswer(found, (type) => requestTypeBean(type, api), { request, api });
};

/** https://developer.atlassian.com/cloud/jira/service-desk/rest/api-group-servicedesk/#api-rest-servicedeskapi-servicedesk-servicedeskid-requesttype-requesttypeid-field-get */
export const listRequestFields: Handler = (request, api) => {
  checkDesk(request.params.desk, api);
  const type = requestTypes.find(({ id }) => id === request.params.type);
  if (type === undefined) throw deskRefusal(404, 'The request type does not exist.', 'sd.request.type.not.found');
  return {
    status: 200,
    body: {
      canRaiseOnBehalfOf: true,
      canAddRequestParticipants: true,
      requestTypeFields: formOf(type, api.site.settings).map(formFieldBean),
    },
  };
};

/** https://developer.atlassian.com/cloud/jira/service-desk/rest/api-group-customer/#api-rest-servicedeskapi-customer-post */
export const createCustomer: Handler = (request, api) => {
  const { email, displayName, fullName } = deskBody(request, ['email', 'displayName', 'fullName']);
  if (typeof email !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(email))
    throw deskRefusal(400, 'The email address is not valid.');
  const name = displayName ?? fullName;
  if (typeof name !== 'string' || name.trim() === '') throw deskRefusal(400, 'The display name must be specified.');
  if (api.site.accounts.byEmail(email) !== null) {
    const isStrict = request.call.query.get('strictConflictStatusCode') === 'true';
    throw deskRefusal(isStrict ? 409 : 400, 'An account already exists for this email address.', 'sd.customer.exists');
  }
  const accountId = `qm:${randomUUID()}:${randomUUID()}`;
  const account: Account = { accountId, displayName: name, emailAddress: email, hidesEmail: false, isCustomer: true };
  api.site.accounts.add(account);
  api.store.addCustomer(account);
  return { status: 201, body: userDto(account, api.url()) };
};

/**
 * Lets customers in; those who are there already stay. Who exists is let in also when another does not.
 * https://developer.atlassian.com/cloud/jira/service-desk/rest/api-group-servicedesk/#api-rest-servicedeskapi-servicedesk-servicedeskid-customer-post
 */
export const addCustomers: Handler = (request, api) => {
  checkDesk(request.params.desk, api);
  const { accountIds } = deskBody(request, ['accountIds', 'usernames']);
  if (!Array.isArray(accountIds) || accountIds.length === 0) throw deskRefusal(400, "'accountIds' must be specified.");
  const known = accountIds.filter((id) => typeof id === 'string' && api.site.accounts.byId(id) !== null);
  for (const id of known) api.store.admit(id);
  if (known.length < accountIds.length) throw deskRefusal(400, 'Some users do not exist.', 'sd.user.not.found');
  return { status: 204, body: null };
};

/** Those who were let in. */
export const listCustomers: Handler = (request, api) => {
  checkDesk(request.params.desk, api);
  const text = (request.call.query.get('query') ?? '').toLowerCase();
  const customers = api.site.accounts.all.filter(
    ({ accountId, displayName, emailAddress }) =>
      api.store.isAdmitted(accountId) && `${displayName}\n${emailAddress}`.toLowerCase().includes(text),
  );
  return pageAnswer(customers, (account) => userDto(account, api.url()), { request, api });
};

function requestTypeBean(type: RequestType, { url }: Api) {
  const self = `${url()}/rest/servicedeskapi/servicedesk/${serviceDesk.id}/requesttype/${type.id}`;
  return {
    _expands: ['field'],
    id: type.id,
    name: type.name,
    description: type.description,
    helpText: '',
    issueTypeId: issueTypeIdOf(type.issuetype),
    serviceDeskId: serviceDesk.id,
    portalId: serviceDesk.id,
    groupIds: ['1'],
    _links: { self },
  };
}
