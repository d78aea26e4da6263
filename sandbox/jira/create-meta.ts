import type { Answer } from '../http.ts';
import { type Handler, numberParam, type Request } from './api.ts';
import { customFieldsOf, customSchemaOf, optionsOf } from './custom-fields.ts';
import { type Settings, settableFields } from './fields.ts';
import { components, type CustomField, issueTypes, priorities, securityLevels } from './model.ts';
import { refusal } from './refusal.ts';
import { componentBean, issueTypeBean, priorityBean } from './render.ts';
import { projectAsked } from './site.ts';

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-get */
export const createMetaTypes: Handler = (request, api) => {
  projectAsked(request);
  const beans = issueTypes.map((type) => issueTypeBean(type, api.url()));
  return metaPage(request, 'issueTypes', beans);
};

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-issuetypeid-get */
export const createMetaFields: Handler = (request, { site, url }) => {
  projectAsked(request);
  const type = issueTypes.find(({ id }) => id === request.params.type);
  if (type === undefined) throw refusal(404, ['The issue type was not found.']);
  const custom = customFieldsOf(site.settings, type.name);
  const fields = [...standardFields(site.settings, url()), ...custom.map((field) => customBean(field, url()))];
  return metaPage(request, 'fields', fields);
};

function standardFields({ requiredFields, hiddenFields }: Readonly<Settings>, url: string) {
  const required = ['project', 'issuetype', 'summary', ...requiredFields];
  const names = new Set([...required, ...settableFields]).difference(new Set(hiddenFields));
  return [...names].map((name) => {
    const allowedValues = allowedOf(name, url);
    return {
      fieldId: name,
      key: name,
      name: words[name] ?? name,
      required: required.includes(name),
      hasDefaultValue: name === 'priority',
      ...(name === 'priority' ? { defaultValue: priorityBean('Medium', url) } : {}),
      schema: schemaOf(name),
      operations: ['labels', 'components'].includes(name) ? ['add', 'set', 'remove'] : ['set'],
      ...(allowedValues === null ? {} : { allowedValues }),
    };
  });
}

/** What the standard fields are called. */
const words: Readonly<Record<string, string>> = {
  project: 'Project',
  issuetype: 'Issue Type',
  summary: 'Summary',
  description: 'Description',
  labels: 'Labels',
  reporter: 'Reporter',
  assignee: 'Assignee',
  priority: 'Priority',
  duedate: 'Due date',
  security: 'Security Level',
  components: 'Components',
};

/** What one can choose from; null where one writes. */
function allowedOf(name: string, url: string): readonly unknown[] | null {
  switch (name) {
    case 'priority':
      return priorities.map((priority) => priorityBean(priority.name, url));
    case 'components':
      return components.map((component) => componentBean(component, url));
    case 'security':
      return securityLevels.map((level) => ({ self: `${url}/rest/api/3/securitylevel/${level.id}`, ...level }));
    default:
      return null;
  }
}

function customBean(field: CustomField, url: string) {
  const isChoice = field.type === 'option' || field.type === 'array-option';
  return {
    fieldId: field.id,
    key: field.id,
    name: field.name,
    required: field.required,
    hasDefaultValue: false,
    schema: customSchemaOf(field),
    operations: field.type === 'array-option' ? ['add', 'set', 'remove'] : ['set'],
    ...(isChoice
      ? {
          allowedValues: optionsOf(field).map((option) => ({
            self: `${url}/rest/api/3/customFieldOption/${option.id}`,
            ...option,
          })),
        }
      : {}),
  };
}

/** What kind of value a field has. */
function schemaOf(name: string) {
  if (name.startsWith('customfield_')) return { type: 'string', customId: Number(name.slice('customfield_'.length)) };
  if (name === 'labels') return { type: 'array', items: 'string', system: name };
  if (name === 'components') return { type: 'array', items: 'component', system: name };
  const types: Readonly<Record<string, string>> = {
    reporter: 'user',
    assignee: 'user',
    duedate: 'date',
    security: 'securitylevel',
  };
  const type = types[name] ?? (['summary', 'description'].includes(name) ? 'string' : name);
  return { type, system: name };
}

function metaPage(request: Request, name: string, all: readonly unknown[]): Answer {
  const maxResults = numberParam(request, 'maxResults', 50);
  if (maxResults > 200) throw refusal(400, ["Parameter 'maxResults' must not exceed the limit '200'"]);
  const startAt = numberParam(request, 'startAt', 0);
  return {
    status: 200,
    body: { startAt, maxResults, total: all.length, [name]: all.slice(startAt, startAt + maxResults) },
  };
}
