import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bindWithMemory, openPortMemory } from '../../sandbox/port-memory.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'firstline-ports-'));
  file = path.join(folder, 'sandbox', 'ports.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function bind(port: number): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const bindAny = () => bindWithMemory({ memory: openPortMemory(file), name: 'page', wish: 0, bind });

test('any free port is the same one at the next start', async () => {
  const first = await bindAny();
  await first.close();
  const second = await bindAny();
  await second.close();
  expect(second.url).toBe(first.url);
});

test('another one is taken when somebody else has it meanwhile', async () => {
  const first = await bindAny();
  const second = await bindAny();
  await Promise.all([first.close(), second.close()]);
  expect(second.url).not.toBe(first.url);
});

test('a port that is wished for is taken or refused', async () => {
  const first = await bindAny();
  const wish = Number(new URL(first.url).port);
  const again = bindWithMemory({ memory: openPortMemory(file), name: 'page', wish, bind });
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close();
});

test.each(['', '[]', '{"page":"80"}', '{"page":-1}', '{"page":99999}'])('a broken memory (%s) is no memory', (text) => {
  const broken = path.join(folder, 'ports.json');
  writeFileSync(broken, text);
  expect(openPortMemory(broken).recall('page')).toBe(0);
});
