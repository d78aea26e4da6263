import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import type { JiraSandbox } from '../../../sandbox/jira/index.ts';
import { comment, draft, jiraAt, kindOf, route, rui, startSite } from './acme.ts';

const folder = process.env.FIRSTLINE_SPECS ?? '../shared/specs';
const specs = ['jira/swagger-v3.v3.json', 'jsm/swagger.v3.json'].map((name) => path.join(folder, name));
const describeWithSpecs = specs.every((name) => existsSync(name)) ? describe : describe.skip;

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema: object }>> };
}
type Spec = Readonly<{ paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }>;

describeWithSpecs("compared with Atlassian's descriptions of the APIs (skipped without FIRSTLINE_SPECS)", () => {
  let site: JiraSandbox;
  let problems: (method: string, path: string, sent: { query: object; body: unknown }) => readonly unknown[];
  beforeAll(() => {
    problems = checks(specs.map((name) => JSON.parse(readFileSync(name, 'utf8')) as Spec));
  });
  beforeEach(async () => {
    site = await startSite();
  });
  afterEach(() => site.close());

  test('every request is valid', async () => {
    site.customFields.push({
      id: 'customfield_10050',
      name: 'Cost centre',
      required: true,
      type: 'option',
      options: ['A'],
    });
    const file = { name: 'a.png', ref: null, mimeType: 'image/png', bytes: 1 };
    const content = () => ({ stream: new Blob(['x']).stream(), mimeType: 'image/png', bytes: 1 });
    const full = { ...route, components: ['Network'], priority: 'High', assignee: rui };
    for (const serviceDesk of [null, { id: '1', requestType: '10' }]) {
      const jira = jiraAt(site, { serviceDesk });
      await jira.check();
      const first = await jira.ensureTicket({ ...draft, conversation: `a${serviceDesk?.id}`, route: full });
      const guest = { name: 'Gus Guest', email: 'gus@partner.example' };
      const next = { ...draft, conversation: `b${serviceDesk?.id}`, requester: guest, continues: first.id };
      const { id } = await jira.ensureTicket({ ...next, route: { ...route, requestType: '11' } });
      await jira.ensureTicket({ ...next, triedAt: new Date() });
      await jira.ensureLink(id, { url: 'https://chat.example/1', title: 'Thread' });
      const { commentId } = await jira.ensureComment(id, comment);
      await jira.ensureComment(id, { ...comment, mark: 'note', internal: true, author: null });
      await jira.editComment(id, { commentId, draft: { ...comment, lines: [] } });
      await jira.ensureFile(id, { file, content: content(), again: false, known: [] });
      await jira.ensureFile(id, { file, content: content(), again: true, known: [] });
      await jira.read(id);
      await jira.changedSince(new Date());
      await jira.openFile({ ...file, ref: site.issue(id)!.attachments[0]!.id });
      const body = [{ heading: 'Question', lines: [{ kind: 'text' as const, text: 'new' }] }];
      await jira.amend(id, { summary: 'New', priority: 'Low', body });
      site.transition({ as: rui, key: id, to: 'Done' });
      await jira.reopen(id);
      await jira.assign(id, rui);
      await jira.removeComment(id, commentId);
      site.removeIssue({ as: rui, key: id });
      await jira.read(id);
    }
    const sent = site.calls.filter(({ path: address }) => address.startsWith('/rest/'));
    const found = sent.flatMap(({ method, path: address, query, body }) =>
      problems(method, address, { query, body }).map((problem) => ({ call: `${method} ${address}`, problem })),
    );
    expect(found).toEqual([]);
    // one that is refused although it is valid as a shape would hide behind a fallback
    expect(
      sent.filter(({ status }) => (status ?? 0) >= 400).map(({ method, status }) => `${method} ${status}`),
    ).toEqual(['GET 404', 'GET 404']);
    expect(
      new Set(sent.map(({ method, path: address }) => `${method} ${address.replaceAll(/\d{4,}/g, '0')}`)).size,
    ).toBeGreaterThan(25);
  });

  test('what is not valid is found', () => {
    expect(problems('GET', '/rest/api/3/nothing', { query: {}, body: null })).toEqual(['is not described']);
    expect(problems('GET', '/rest/api/3/myself', { query: { x: '1' }, body: null })).toEqual(['x is no parameter']);
    const wrong = { query: {}, body: { serviceDeskId: 1, more: true } };
    expect(problems('POST', '/rest/servicedeskapi/request', wrong).length).toBeGreaterThan(1);
  });

  test('a failure is one of four kinds', async () => {
    site.faults.set({ match: '', kind: 'drop', times: Infinity });
    const jira = jiraAt(site);
    const calls = [
      jira.read('1'),
      jira.changedSince(new Date()),
      jira.reopen('1'),
      jira.assign('1', rui),
      jira.largestFileBytes(),
    ];
    expect(await Promise.all(calls.map(kindOf))).toEqual(calls.map(() => 'unavailable'));
  });
});

function checks(read: readonly Spec[]) {
  const ajv = new Ajv({ strict: false, logger: false, validateFormats: false, allErrors: true });
  for (const [index, spec] of read.entries()) ajv.addSchema(spec, `spec${index}`);
  const compiled = new Map<string, ValidateFunction>();
  return (method: string, address: string, { query, body }: { query: object; body: unknown }): readonly unknown[] => {
    const found = operationOf(read, method, address);
    if (found === null) return ['is not described'];
    const { operation, index } = found;
    const known = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
    const strays = Object.keys(query).filter((name) => !known.includes(name));
    const schema = operation.requestBody?.content?.['application/json']?.schema;
    if (schema === undefined || body === null) return strays.map((name) => `${name} is no parameter`);
    const text = JSON.stringify(schema).replaceAll('"#/components', `"spec${index}#/components`);
    const isValid = compiled.get(text) ?? ajv.compile(JSON.parse(text) as object);
    compiled.set(text, isValid);
    isValid(body);
    return [...strays.map((name) => `${name} is no parameter`), ...(isValid.errors ?? [])];
  };
}

function operationOf(read: readonly Spec[], method: string, address: string) {
  for (const [index, spec] of read.entries()) {
    // the most exact first: `/createmeta/…` before `/{issueIdOrKey}/…`
    const templates = Object.keys(spec.paths).toSorted((one, other) => count(one) - count(other));
    const template = templates.find((one) => new RegExp(`^${one.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(address));
    const operation = template === undefined ? undefined : spec.paths[template]?.[method.toLowerCase()];
    if (operation !== undefined) return { operation, index };
  }
  return null;
}

function count(template: string): number {
  return template.split('{').length;
}
