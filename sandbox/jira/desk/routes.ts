import type { Routes } from '../api.ts';
import {
  addCustomers,
  createCustomer,
  getDesk,
  listCustomers,
  listDesks,
  listRequestFields,
  listRequestTypes,
} from './desks.ts';
import { createRequest, createRequestComment, getRequest, listRequestComments } from './requests.ts';

/** https://developer.atlassian.com/cloud/jira/service-desk/rest/intro/ */
export const deskRoot = '/rest/servicedeskapi/';

export const deskRoutes: Routes = [
  ['POST', 'customer', createCustomer],
  ['GET', 'servicedesk', listDesks],
  ['GET', 'servicedesk/:desk', getDesk],
  ['GET', 'servicedesk/:desk/customer', listCustomers],
  ['POST', 'servicedesk/:desk/customer', addCustomers],
  ['GET', 'servicedesk/:desk/requesttype', listRequestTypes],
  ['GET', 'servicedesk/:desk/requesttype/:type/field', listRequestFields],
  ['POST', 'request', createRequest],
  ['GET', 'request/:issue', getRequest],
  ['GET', 'request/:issue/comment', listRequestComments],
  ['POST', 'request/:issue/comment', createRequestComment],
];
