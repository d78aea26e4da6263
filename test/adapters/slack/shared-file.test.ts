import { File } from '../../../adapters/slack/schema.ts';
import { toSharedFile } from '../../../adapters/slack/shared-file.ts';

const file = { id: 'F0SHOT001', name: 'error.png', mimetype: 'image/png', size: 48211, mode: 'hosted' };
const read = (fields: object) => toSharedFile(File.parse({ ...file, ...fields }));

test('a file is known by its id, with what Slack tells of it', () => {
  expect(read({})).toEqual({ name: 'error.png', ref: 'F0SHOT001', mimeType: 'image/png', bytes: 48211 });
});

test.each([
  ['a snippet', { mode: 'snippet' }],
  ['one of which Slack tells more later', { file_access: 'check_file_info', mode: 'file_access' }],
])('%s can be fetched', (_, fields) => {
  expect(read(fields).ref).toBe('F0SHOT001');
});

test.each([
  ['kept outside Slack', { mode: 'external', is_external: true, external_type: 'gdrive' }],
  ['external by its flag only', { is_external: true }],
  ['deleted', { mode: 'tombstone' }],
  ['hidden by the plan’s limit', { mode: 'hidden_by_limit' }],
  ['not ours to see', { file_access: 'access_denied' }],
  ['not found', { file_access: 'file_not_found' }],
  ['without an id', { id: undefined }],
])('one that is %s cannot', (_, fields) => {
  expect(read(fields).ref).toBeNull();
});

test('in a channel shared with another company there may be nothing but the id', () => {
  expect(toSharedFile(File.parse({ id: 'F0SHOT001', file_access: 'check_file_info' }))).toEqual({
    name: 'unnamed file',
    ref: 'F0SHOT001',
    mimeType: null,
    bytes: null,
  });
});

test.each([
  ['a title in its place', { name: null, title: 'Screen' }, 'Screen'],
  ['nothing in its place', { name: null }, 'unnamed file'],
  ['nothing that can be seen', { name: ' \u200B\n' }, 'unnamed file'],
  ['a turned direction', { name: 'notes\u202Egnp.exe' }, 'notesgnp.exe'],
  ['several lines', { name: 'a\nb.png' }, 'a b.png'],
  ['a path', { name: '../../etc/passwd' }, '../../etc/passwd'],
  ['300 characters', { name: 'x'.repeat(300) }, 'x'.repeat(255)],
])('a name with %s', (_, fields, name) => {
  expect(read(fields).name).toBe(name);
});

test('fields of other sorts are left out: the message counts', () => {
  expect(read({ size: 'large', mimetype: 7, mode: {}, name: [] })).toEqual({
    name: 'unnamed file',
    ref: 'F0SHOT001',
    mimeType: null,
    bytes: null,
  });
});
