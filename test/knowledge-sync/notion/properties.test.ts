import type { Naming } from '../../../knowledge-sync/notion/part.ts';
import { longProperties, propertyParts, titleOf } from '../../../knowledge-sync/notion/properties.ts';
import { render } from '../../../knowledge-sync/notion/render.ts';
import { PageSchema } from '../../../knowledge-sync/notion/schema.ts';

const vpn = 'aaaa0004-0000-4000-8000-0000aaaa0004';
const secret = 'aaaa0005-0000-4000-8000-0000aaaa0005';
const titles = new Map([
  [vpn, 'VPN'],
  [secret, null],
]);
const naming: Naming = { nameOf: (id, given) => titles.get(id ?? '') ?? (id === secret ? null : given) };

function pageWith(properties: Readonly<Record<string, unknown>>) {
  return PageSchema.parse({ object: 'page', id: vpn, last_edited_time: '2026-03-01T09:00:00.000Z', properties });
}
function shown(value: unknown): string {
  const { markdown, gaps } = render(propertyParts(pageWith({ Field: value }), naming, new Map()));
  return [markdown.trimEnd(), ...gaps.map(({ kind, what }) => `(${kind}: ${what})`)].filter(Boolean).join(' ');
}
const text = (plain_text: string) => ({ type: 'text', plain_text, annotations: {}, href: null });

test.each<[string, unknown, string]>([
  [
    'rich_text',
    { type: 'rich_text', rich_text: [text('a * b'), { ...text('c'), annotations: { bold: true } }] },
    '- Field: a \\* b**c**',
  ],
  ['rich_text of two lines', { type: 'rich_text', rich_text: [text('a\nb')] }, '- Field: a / b'],
  ['number', { type: 'number', number: 0 }, '- Field: 0'],
  ['no number', { type: 'number', number: null }, ''],
  ['select', { type: 'select', select: { id: 'x', name: 'High', color: 'red' } }, '- Field: High'],
  ['no select', { type: 'select', select: null }, ''],
  ['multi_select', { type: 'multi_select', multi_select: [{ name: 'Mac' }, { name: 'Linux' }] }, '- Field: Mac, Linux'],
  ['status', { type: 'status', status: { name: 'Done' } }, '- Field: Done'],
  ['date', { type: 'date', date: { start: '2026-03-01', end: null, time_zone: null } }, '- Field: 2026-03-01'],
  [
    'a stretch of time',
    {
      type: 'date',
      date: {
        start: '2026-03-01T09:30:00.000+01:00',
        end: '2026-03-01T10:00:00.000+01:00',
        time_zone: 'Europe/Lisbon',
      },
    },
    '- Field: 2026-03-01 09:30 +01:00 → 2026-03-01 10:00 +01:00 (Europe/Lisbon)',
  ],
  ['no date', { type: 'date', date: null }, ''],
  [
    'people',
    {
      type: 'people',
      people: [
        { object: 'user', id: '1', name: 'Ana' },
        { object: 'user', id: '2' },
      ],
    },
    '- Field: Ana',
  ],
  [
    'files',
    { type: 'files', files: [{ name: 'a.pdf', type: 'file', file: { url: 'https://x.y/' } }] },
    '- Field: a.pdf',
  ],
  ['checkbox', { type: 'checkbox', checkbox: true }, '- Field: Yes'],
  ['checkbox not set', { type: 'checkbox', checkbox: false }, '- Field: No'],
  ['url', { type: 'url', url: 'https://example.com/a' }, '- Field: <https://example.com/a>'],
  ['url that is none', { type: 'url', url: 'javascript:alert(1)' }, '- Field: javascript:alert(1)'],
  ['email', { type: 'email', email: 'it@example.com' }, '- Field: [it@example.com](mailto:it@example.com)'],
  ['phone_number', { type: 'phone_number', phone_number: '+351 1' }, '- Field: +351 1'],
  ['formula of text', { type: 'formula', formula: { type: 'string', string: 'late' } }, '- Field: late'],
  ['formula of a number', { type: 'formula', formula: { type: 'number', number: 3.5 } }, '- Field: 3.5'],
  ['formula of a truth', { type: 'formula', formula: { type: 'boolean', boolean: false } }, '- Field: No'],
  [
    'formula of a date',
    { type: 'formula', formula: { type: 'date', date: { start: '2026-03-01' } } },
    '- Field: 2026-03-01',
  ],
  ['empty formula', { type: 'formula', formula: { type: 'string', string: null } }, ''],
  [
    'relation',
    { type: 'relation', relation: [{ id: vpn }] },
    '- Field: [VPN](https://www.notion.so/aaaa00040000400080000000aaaa0004)',
  ],
  ['relation to what must not be named', { type: 'relation', relation: [{ id: secret }] }, '(no-right: related page)'],
  ['rollup of a number', { type: 'rollup', rollup: { type: 'number', number: 2, function: 'count' } }, '- Field: 2'],
  [
    'rollup of several',
    {
      type: 'rollup',
      rollup: {
        type: 'array',
        array: [
          { type: 'number', number: 1 },
          { type: 'select', select: { name: 'b' } },
        ],
      },
    },
    '- Field: 1, b',
  ],
  [
    'rollup that is not computed',
    { type: 'rollup', rollup: { type: 'unsupported', unsupported: {} } },
    '(unsupported: rollup that Notion did not compute)',
  ],
  ['created_by', { type: 'created_by', created_by: { object: 'user', id: '1', name: 'Ana' } }, '- Field: Ana'],
  ['created_time', { type: 'created_time', created_time: '2026-03-01T09:30:00.000Z' }, '- Field: 2026-03-01 09:30 UTC'],
  ['last_edited_by', { type: 'last_edited_by', last_edited_by: { object: 'user', id: '1' } }, ''],
  [
    'last_edited_time',
    { type: 'last_edited_time', last_edited_time: '2026-03-01T09:30:00.000Z' },
    '- Field: 2026-03-01 09:30 UTC',
  ],
  ['unique_id', { type: 'unique_id', unique_id: { prefix: 'IT', number: 7 } }, '- Field: IT-7'],
  ['unique_id without prefix', { type: 'unique_id', unique_id: { prefix: null, number: 7 } }, '- Field: 7'],
  [
    'verification',
    {
      type: 'verification',
      verification: { state: 'verified', date: { start: '2026-03-01', end: '2026-09-01' }, verified_by: null },
    },
    '- Field: verified until 2026-09-01',
  ],
  ['place', { type: 'place', place: { lat: 1, lon: 2, name: 'Lisbon', address: 'Rua 1' } }, '- Field: Lisbon, Rua 1'],
  ['no place', { type: 'place', place: null }, ''],
  ['button', { type: 'button', button: {} }, ''],
  [
    'a type that does not exist yet',
    { type: 'mood', mood: 'good' },
    '- Field: good (unsupported: property of type mood)',
  ],
  ['nothing at all', null, '(unsupported: property of type)'],
])('a property of type %s', (_, value, expected) => {
  expect(shown(value)).toBe(expected);
});

test('formulas and rollups are left out when the row names a page that its readers may not know', () => {
  const formula = { type: 'formula', formula: { type: 'string', string: 'of the secret page' } };
  const page = pageWith({ Formula: formula, Relation: { type: 'relation', relation: [{ id: secret }] } });
  expect(render(propertyParts(page, naming, new Map()))).toEqual({
    markdown: '',
    gaps: [
      { kind: 'no-right', what: 'property Formula', count: 1 },
      { kind: 'no-right', what: 'related page', count: 1 },
    ],
    isComplete: true,
    children: [],
  });
});

test('a property that shows 25 references may have more', () => {
  const relation = Array.from({ length: 25 }, () => ({ id: vpn }));
  const page = pageWith({
    Few: { id: 'a', type: 'relation', relation: relation.slice(1) },
    Many: { id: 'b', type: 'relation', relation, has_more: true },
    Tags: { id: 'c', type: 'multi_select', multi_select: Array.from({ length: 30 }, () => ({ name: 'x' })) },
  });
  expect(longProperties(page)).toEqual([{ name: 'Many', id: 'b', type: 'relation' }]);
});

test.each<[string, unknown, string]>([
  [
    'the property of type title, whatever its name',
    { Name: { type: 'title', title: [text('# <script>\n'), text(' x')] } },
    '# <script> x',
  ],
  ['a page without a title', { title: { type: 'title', title: [] } }, 'Untitled'],
  ['a page without properties', null, 'Untitled'],
])('the title is that of %s', (_, properties, expected) => {
  expect(titleOf({ properties: properties as never })).toBe(expected);
});
