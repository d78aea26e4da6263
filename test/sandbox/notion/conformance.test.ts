import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { type NotionSandbox, startNotion } from '../../../sandbox/notion/index.ts';
import { callerOf, everyBlock } from './workspace.ts';

const specPath = path.join(process.env.FIRSTLINE_SPECS ?? '../shared/specs', 'notion/openapi.json');
const describeWithSpec = existsSync(specPath) ? describe : describe.skip;

interface Schema {
  readonly [keyword: string]: unknown;
}
interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content: { readonly 'application/json': { readonly schema: Schema } } }>
  >;
}

describeWithSpec("compared with Notion's description of the API (skipped without FIRSTLINE_SPECS)", () => {
  const text = existsSync(specPath) ? readFileSync(specPath, 'utf8') : '{"paths":{},"components":{"schemas":{}}}';
  const spec = closed(JSON.parse(text) as Spec);
  const ajv = new Ajv2019({ strict: false, logger: false }).addSchema(spec, 'spec');
  ajv.addFormat('uuid', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);

  let notion: NotionSandbox;
  const ids = { page: '', row: '', database: '', source: '', person: '', original: crypto.randomUUID() };
  beforeAll(async () => {
    notion = await startNotion({ people: [{ name: 'Ada Poe', email: 'ada@acme.example' }] });
    ids.page = notion.createPage({ parent: { workspace: true }, title: 'Wiki' });
    const made = notion.createDatabase({
      parentPageId: ids.page,
      title: 'Devices',
      // how these are configured is not described
      dataSources: [
        { name: 'Described', properties: withoutSome(everyProperty, ['verification', 'button', 'place']) },
        { name: 'All', properties: everyProperty },
      ],
    });
    const [described = '', all = ''] = made.dataSourceIds;
    ids.database = made.id;
    ids.source = described;
    const users = await callerOf(notion)('users');
    ids.person = (users.body['results'] as { id: string }[])[0]?.id ?? '';
    ids.row = notion.createPage({
      parent: { dataSourceId: all },
      title: 'Laptop',
      properties: { ...everyValue, Related: [ids.page] },
    });
    notion.createPage({ parent: { dataSourceId: all }, title: 'Empty' });
    notion.createPage({ parent: { dataSourceId: described }, title: 'Desk', properties: everyValue });
    notion.updatePage(ids.page, { blocks: everyBlock(ids) });
  });
  afterAll(() => notion.close());

  const calls: [method: 'get' | 'post', template: string, status: number, what: string, sent?: object][] = [
    ['get', '/v1/users/me', 200, 'users/me'],
    ['get', '/v1/users', 200, 'users'],
    ['get', '/v1/users/{user_id}', 200, 'users/PERSON'],
    ['get', '/v1/pages/{page_id}', 200, 'pages/PAGE'],
    ['get', '/v1/pages/{page_id}', 200, 'pages/ROW'],
    ['get', '/v1/pages/{page_id}', 400, 'pages/none'],
    ['get', '/v1/pages/{page_id}', 404, 'pages/11111111-1111-4111-8111-111111111111'],
    ['get', '/v1/pages/{page_id}/markdown', 200, 'pages/PAGE/markdown'],
    ['get', '/v1/pages/{page_id}/properties/{property_id}', 200, 'pages/ROW/properties/title'],
    ['get', '/v1/blocks/{block_id}', 200, 'blocks/PAGE'],
    ['get', '/v1/blocks/{block_id}', 200, 'blocks/DATABASE'],
    ['get', '/v1/blocks/{block_id}/children', 200, 'blocks/PAGE/children'],
    ['get', '/v1/databases/{database_id}', 200, 'databases/DATABASE'],
    ['get', '/v1/data_sources/{data_source_id}', 200, 'data_sources/SOURCE'],
    ['post', '/v1/data_sources/{data_source_id}/query', 200, 'data_sources/SOURCE/query', {}],
    ['post', '/v1/search', 200, 'search', { page_size: 3, filter: { property: 'object', value: 'page' } }],
    ['post', '/v1/search', 200, 'search', { query: 'Described' }],
    ['post', '/v1/search', 400, 'search', { page_size: 300 }],
  ];

  test.each(calls)('%s %s is answered with %d as described (%s)', async (...[method, template, status, what, sent]) => {
    const schema = spec.paths[template]?.[method]?.responses[status]?.content['application/json'].schema;
    const answer = await callerOf(notion)(named(what), sent);
    expect(answer.status).toBe(status);
    // the description leaves it out; the documentation of errors has it
    const { request_id: requestId, ...body } = answer.body;
    expect(typeof requestId).toBe(status === 200 ? 'undefined' : 'string');
    expect(faultsOf(schema ?? { not: {} }, body)).toEqual([]);
  });

  test('the comparison finds what does not belong, and what is missing', async () => {
    const schema = { $ref: '#/components/schemas/pageObjectResponse' };
    const { body } = await callerOf(notion)(`pages/${ids.row}`);
    const { Name, ...others } = body['properties'] as Record<string, object>;
    const wrong: Record<string, unknown>[] = [
      { ...body, extra: 1 },
      { ...body, url: undefined },
      { ...body, properties: { ...others, Name: { ...Name, extra: 1 } } },
      { ...body, properties: { ...others, Name: { ...Name, title: [{ type: 'text', text: { content: 'x' } }] } } },
    ];
    expect(faultsOf(schema, body)).toEqual([]);
    for (const one of wrong) expect(faultsOf(schema, JSON.parse(JSON.stringify(one)))).not.toEqual([]);
  });

  test('every property of a row is answered as described', async () => {
    const { body } = await callerOf(notion)(`pages/${ids.row}`);
    const properties = Object.values(body['properties'] as Record<string, { id: string; type: string }>);
    expect(properties.map(({ type }) => type).toSorted()).toEqual(Object.values(everyProperty).toSorted());
    const template = '/v1/pages/{page_id}/properties/{property_id}';
    const schema = spec.paths[template]?.get?.responses[200]?.content['application/json'].schema ?? { not: {} };
    for (const { id, type } of properties) {
      const item = await callerOf(notion)(`pages/${ids.row}/properties/${id}`);
      expect({ type, faults: faultsOf(schema, item.body) }).toEqual({ type, faults: [] });
    }
  });

  test('every type of block is answered as described', async () => {
    const blocks = await blocksBelow(ids.page);
    const types = new Set(blocks.map(({ type }) => type));
    const described = ((spec.components.schemas['blockObjectResponse'] ?? {})['anyOf'] as { $ref: string }[]).map(
      ({ $ref }) =>
        spec.components.schemas[$ref.split('/').at(-1) ?? '']?.['properties'] as { type: { const: string } },
    );
    expect([...types].toSorted()).toEqual(described.map(({ type }) => type.const).toSorted());
    const schema = { $ref: '#/components/schemas/blockObjectResponse' };
    for (const block of blocks) expect({ block, faults: faultsOf(schema, block) }).toEqual({ block, faults: [] });
  });

  interface AnsweredBlock {
    readonly id: string;
    readonly type: string;
    readonly has_children: boolean;
    readonly [field: string]: unknown;
  }

  async function blocksBelow(id: string): Promise<AnsweredBlock[]> {
    const { body } = await callerOf(notion)(`blocks/${id}/children`);
    const found: AnsweredBlock[] = [];
    for (const block of (body['results'] ?? []) as AnsweredBlock[]) {
      found.push(block);
      if (block.has_children) found.push(...(await blocksBelow(block.id)));
    }
    return found;
  }

  function named(what: string): string {
    const { page, row, database, source, person } = ids;
    const names: Record<string, string> = { PAGE: page, ROW: row, DATABASE: database, SOURCE: source, PERSON: person };
    return what.replace(/[A-Z]+/, (name) => names[name] ?? name);
  }

  function faultsOf(schema: Schema, body: unknown): unknown[] {
    const isValid = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"spec#/components')));
    isValid(body);
    return isValid.errors ?? [];
  }
});

/**
 * The description closes the parts of objects that are put together by `allOf`, which no object fits. The whole is
 * closed instead. Blocks are left open by it; they are closed here.
 */
function closed(spec: Spec): Spec {
  const { schemas } = spec.components;
  const opened: Record<string, Schema> = {};

  function open(schema: Schema): Schema {
    const reference = typeof schema['$ref'] === 'string' ? (schema['$ref'].split('/').at(-1) ?? '') : null;
    if (reference !== null) {
      const name = `${reference}Opened`;
      if (opened[name] === undefined) {
        opened[name] = {}; // a schema may refer to itself
        opened[name] = open(schemas[reference] ?? {});
      }
      return { $ref: `#/components/schemas/${name}` };
    }
    const { additionalProperties: _, ...rest } = schema;
    const parts = ['allOf', 'oneOf', 'anyOf'].filter((keyword) => Array.isArray(rest[keyword]));
    const changed = parts.map((keyword) => [keyword, (rest[keyword] as Schema[]).map(open)]);
    return { ...close({ properties: rest['properties'] ?? {} }), ...rest, ...Object.fromEntries(changed) };
  }
  function close(schema: Schema): Schema {
    const entries = Object.entries(schema).map(([keyword, value]) => [keyword, closeValue(value)]);
    const result = Object.fromEntries(entries) as Schema;
    if (!Array.isArray(schema['allOf'])) return result;
    return { ...result, allOf: (schema['allOf'] as Schema[]).map(open), unevaluatedProperties: false };
  }
  function closeValue(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(closeValue);
    return typeof value === 'object' && value !== null ? close(value as Schema) : value;
  }

  const result = close(spec as unknown as Schema) as unknown as Spec;
  const all = { ...result.components.schemas, ...opened };
  for (const [name, schema] of Object.entries(all))
    if (name.endsWith('BlockObjectResponse') && name !== 'partialBlockObjectResponse' && 'properties' in schema)
      all[name] = { ...schema, additionalProperties: false };
  return { ...result, components: { ...result.components, schemas: all } };
}

function withoutSome(properties: Readonly<Record<string, string>>, types: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).filter(([, type]) => !types.includes(type)));
}

/** One property of every type, by name. */
const everyProperty = {
  Name: 'title',
  Notes: 'rich_text',
  Price: 'number',
  Kind: 'select',
  Tags: 'multi_select',
  State: 'status',
  Due: 'date',
  Owner: 'people',
  Papers: 'files',
  Ready: 'checkbox',
  Link: 'url',
  Mail: 'email',
  Phone: 'phone_number',
  Sum: 'formula',
  Related: 'relation',
  Rolled: 'rollup',
  Made: 'created_time',
  Maker: 'created_by',
  Changed: 'last_edited_time',
  Changer: 'last_edited_by',
  Number: 'unique_id',
  Checked: 'verification',
  Press: 'button',
  Where: 'place',
};

const everyValue = {
  Notes: 'Some notes',
  Price: 12.5,
  Kind: 'laptop',
  Tags: ['a', 'b'],
  State: { status: { name: 'In use', color: 'green' } },
  Due: { date: { start: '2026-04-01' } },
  Owner: ['ada@acme.example'],
  Papers: [{ name: 'invoice.pdf', external: { url: 'https://example.com/invoice.pdf' } }],
  Ready: true,
  Link: 'https://example.com',
  Mail: 'it@acme.example',
  Phone: '+44 20 7946 0000',
  Sum: { formula: { type: 'number', number: 3 } },
  Rolled: { rollup: { type: 'number', number: 3, function: 'sum' } },
  Number: { unique_id: { prefix: 'DEV', number: 7 } },
  Checked: { verification: { state: 'unverified', date: null, verified_by: null } },
  Where: { place: { lat: 53.8, lon: -1.5, name: 'Leeds', address: null } },
};
