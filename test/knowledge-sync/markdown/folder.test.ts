import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ListedDocument } from '#knowledge-ports.ts';
import { createMarkdownFolder } from '../../../knowledge-sync/markdown/index.ts';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'firstline-folder-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const write = (id: string, content: string | Uint8Array = article()) => {
  fs.mkdirSync(path.dirname(path.join(folder, id)), { recursive: true });
  fs.writeFileSync(path.join(folder, id), content);
};
const article = (title = 'VPN') =>
  `---\ntitle: ${title}\nurl: https://wiki.example/vpn\naudience: [everyone]\n---\nRestart it.`;
const source = (options: { folder?: string; name?: string } = {}) =>
  createMarkdownFolder({ folder, clock: () => new Date(), ...options });
async function list(from = source()) {
  const listed: ListedDocument[] = [];
  for await (const document of from.list()) listed.push(document);
  return listed;
}
const listedIds = async (from = source()) => (await list(from)).map(({ id }) => id);
const fault = (message: string | RegExp) =>
  expect.objectContaining({
    name: 'DocumentFault',
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });

/** Root may read everything, so what nobody may read is tried as somebody else. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  fs.chmodSync(folder, 0o755);
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('the listing', () => {
  test('holds Markdown files at any depth, sorted in each folder, with forward slashes', async () => {
    for (const id of ['b.md', 'a/z.markdown', 'a/b/c.md', 'C.MD', 'note.txt', 'groups.yml', 'md']) write(id);
    expect(await listedIds()).toEqual(['C.MD', 'a/b/c.md', 'a/z.markdown', 'b.md']);
  });

  test('leaves out hidden files and folders, and node_modules', async () => {
    for (const id of ['.a.md', '.git/a.md', 'node_modules/a.md', 'x/node_modules/y/a.md', 'b.md']) write(id);
    expect(await listedIds()).toEqual(['b.md']);
  });

  test('does not wait for a named pipe', async () => {
    execFileSync('mkfifo', [path.join(folder, 'pipe.md')]);
    fs.symlinkSync('pipe.md', path.join(folder, 'link.md'));
    const from = source();
    expect(await listedIds(from)).toEqual(['link.md']);
    await expect(from.read('link.md')).rejects.toEqual(fault('is not a plain file.'));
  });

  test('is empty for an empty folder', async () => {
    expect(await list()).toEqual([]);
  });

  test('of a folder that is not there names it', async () => {
    const missing = source({ folder: path.join(folder, 'none') });
    const setupError = expect.objectContaining({
      name: 'SetupError',
      message: `The folder ${folder}/none does not exist.`,
    });
    await expect(list(missing)).rejects.toEqual(setupError);
    await expect(missing.groups()).rejects.toEqual(setupError);
  });

  test('of a file says that it is no folder', async () => {
    write('a.md');
    await expect(list(source({ folder: path.join(folder, 'a.md') }))).rejects.toEqual(
      expect.objectContaining({ name: 'SetupError', message: `${folder}/a.md is not a folder.` }),
    );
  });

  test('of a folder that may not be read names it, after everything else', async () => {
    for (const id of ['a/closed/a.md', 'b/b.md']) write(id);
    fs.chmodSync(path.join(folder, 'a/closed'), 0);
    const seen: string[] = [];
    const all = async () => {
      for await (const { id } of source().list()) seen.push(id);
    };
    await expect(asOrdinaryUser(all)).rejects.toEqual(
      expect.objectContaining({
        name: 'SetupError',
        message: `In ${folder} the program cannot read the folder a/closed: give its account the right to.`,
      }),
    );
    expect(seen).toEqual(['b/b.md']);
    fs.chmodSync(path.join(folder, 'a/closed'), 0o755);
  });
});

describe('links', () => {
  test('to what is reached anyway are left out, and circles end', async () => {
    write('a/one.md');
    fs.symlinkSync('a/one.md', path.join(folder, 'A.md'));
    fs.symlinkSync('a', path.join(folder, 'again'));
    fs.symlinkSync('..', path.join(folder, 'a/up'));
    fs.symlinkSync('loop', path.join(folder, 'loop'));
    fs.symlinkSync('nowhere.md', path.join(folder, 'broken.md'));
    expect(await listedIds()).toEqual(['a/one.md']);
  });

  test('to what is hidden in the folder are followed, as in a mounted ConfigMap', async () => {
    write('..2026/vpn.md');
    write('..2026/deep/mail.md');
    fs.symlinkSync('..2026', path.join(folder, '..data'));
    fs.symlinkSync('..data/vpn.md', path.join(folder, 'vpn.md'));
    fs.symlinkSync('..data/deep', path.join(folder, 'deep'));
    const from = source();
    expect(await listedIds(from)).toEqual(['deep/mail.md', 'vpn.md']);
    expect(await from.read('deep/mail.md')).toMatchObject({ id: 'deep/mail.md', title: 'VPN' });
  });

  test('to files outside are a fault of that file, folders outside are passed over', async () => {
    write('in/a.md');
    write('out/secret.md');
    fs.symlinkSync('../out/secret.md', path.join(folder, 'in/secret.md'));
    fs.symlinkSync('../out', path.join(folder, 'in/out'));
    const from = source({ folder: path.join(folder, 'in') });
    expect(await listedIds(from)).toEqual(['a.md', 'secret.md']);
    const outside = fault('is a link to outside the folder: copy the file into it.');
    await expect(from.read('secret.md')).rejects.toEqual(outside);
    await expect(from.read('../out/secret.md')).rejects.toEqual(outside);
  });

  test('the folder itself can be one', async () => {
    write('real/a.md');
    fs.symlinkSync('real', path.join(folder, 'docs'));
    const from = source({ folder: path.join(folder, 'docs') });
    expect(await listedIds(from)).toEqual(['a.md']);
    expect(await from.read('a.md')).not.toBeNull();
  });
});

describe('revisions', () => {
  test('are equal when the bytes are, also in another process, and differ when any byte does', async () => {
    write('a.md');
    write('b.md');
    write('c.md', `${article()} `);
    const [a, b, c] = await list();
    expect(a?.revision).toBe(b?.revision);
    expect(a?.revision).not.toBe(c?.revision);
    expect(await list()).toEqual([a, b, c]);
  });

  test('change with a change of the same length a moment later', async () => {
    write('a.md', article('One'));
    const from = source();
    const before = await list(from);
    write('a.md', article('Two'));
    expect(await list(from)).not.toEqual(before);
  });

  test('change when only the audience does, and come with the document as listed', async () => {
    write('a.md', article().replace('everyone', 'it'));
    const from = source();
    const [before] = await list(from);
    expect(await from.read('a.md')).toMatchObject({ revision: before?.revision, audience: [['group:markdown/it']] });
    write('a.md');
    const [after] = await list(from);
    expect(after?.revision).not.toBe(before?.revision);
  });
});

describe('a document', () => {
  test('is read with its source and id', async () => {
    write('network/vpn.md');
    expect(await source({ name: 'handbook' }).read('network/vpn.md')).toEqual({
      source: 'handbook',
      id: 'network/vpn.md',
      title: 'VPN',
      url: 'https://wiki.example/vpn',
      revision: expect.any(String),
      updatedAt: null,
      markdown: 'Restart it.',
      audience: [['everyone']],
      gaps: [],
      isComplete: true,
    });
  });

  test.each(['none.md', 'a.md/b.md', 'none/a.md'])('that is gone is null: %s', async (id) => {
    write('a.md');
    expect(await source().read(id)).toBeNull();
  });

  test('of 50 MB is listed, and refused without being read', async () => {
    write('big.md');
    fs.truncateSync(path.join(folder, 'big.md'), 50_000_000);
    const from = source();
    expect(await listedIds(from)).toEqual(['big.md']);
    await expect(from.read('big.md')).rejects.toEqual(
      fault('is too large: it has 50.0 MB, and at most 5.0 MB are read.'),
    );
  });

  test('of just 5 MB is read', async () => {
    const text = article();
    write('big.md', text + 'x'.repeat(5_000_000 - text.length));
    expect(await source().read('big.md')).toMatchObject({ title: 'VPN' });
  });

  test('that may not be read is listed, for the fault to be reported', async () => {
    write('closed.md');
    fs.chmodSync(path.join(folder, 'closed.md'), 0);
    const from = source();
    await asOrdinaryUser(async () => {
      expect(await listedIds(from)).toEqual(['closed.md']);
      await expect(from.read('closed.md')).rejects.toEqual(
        fault('may not be read: give the account of the program the right to.'),
      );
    });
  });
});

describe('groups', () => {
  test('are none without groups.yml', async () => {
    expect(await source().groups()).toEqual([]);
  });

  test('are read from groups.yml at the top', async () => {
    write('groups.yml', 'it: [ann@firm.example]');
    write('a/groups.yml', 'no: [eve@firm.example]');
    expect(await source().groups()).toEqual([{ name: 'it', emails: ['ann@firm.example'] }]);
  });

  test.each([
    ['broken', 'it: [', /^groups\.yml is not valid YAML: /],
    ['not UTF-8', Uint8Array.of(0xe9), 'groups.yml is not UTF-8: save it again with the encoding UTF-8.'],
    ['too large', new Uint8Array(100_001), 'groups.yml is too large: it has 0.1 MB, and at most 0.1 MB are read.'],
  ])('in a file that is %s are a fault that names it', async (_, content, message) => {
    write('groups.yml', content);
    await expect(source().groups()).rejects.toEqual(fault(message));
  });
});
