import { SetupError } from '#errors.ts';
import { createOperatorClient, programUrl } from '../../scripts/operator-client.ts';
import { startServer } from '../../src/server.ts';
import { freePort } from '../whole-way/free-ports.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

async function askWhy(url: string, token: string | null): Promise<unknown> {
  const message = encodeURIComponent('https://acme.example/archives/C1/p1?a=b&c');
  return createOperatorClient({ url, token }).get(`/operator/why?message=${message}`);
}

/** Asks a server that answers so at /operator/why, or has no such path. */
async function asked(reply: { status: number; body: string } | null, token: string | null = 'sesame-sesame-16') {
  const heard: { url: string | undefined; authorization: string | undefined }[] = [];
  const why = {
    path: '/operator/why',
    handle(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) {
      heard.push({ url: request.url, authorization: request.headers.authorization });
      response.writeHead(reply?.status ?? 500, { 'content-type': 'application/json' });
      response.end(reply?.body);
    },
  };
  const parts = { webhooks: reply === null ? [] : [why], readiness: async () => ({}), log };
  const server = await startServer({ host: '127.0.0.1', port: 0 }, parts);
  const outcome = await askWhy(server.url, token).catch((error: unknown) => error);
  await server.close();
  return { outcome, heard, url: server.url };
}

test('the trail is asked for with the token', async () => {
  const { outcome, heard } = await asked({ status: 200, body: '{"turns":[]}' });
  expect(outcome).toEqual({ turns: [] });
  const message = encodeURIComponent('https://acme.example/archives/C1/p1?a=b&c');
  expect(heard).toEqual([{ url: `/operator/why?message=${message}`, authorization: 'Bearer sesame-sesame-16' }]);
});

test.each([
  [
    'another token',
    { status: 401, body: '{"error":"no"}' },
    (url: string) => `The program at ${url} was started with another OPERATOR_TOKEN.`,
  ],
  ['no token', null, (url: string) => `The program at ${url} was started without OPERATOR_TOKEN.`],
  [
    'nothing stored',
    { status: 404, body: '{"error":"Nothing is stored about this message."}' },
    () => 'Nothing is stored about this message.',
  ],
  ['a failure', { status: 500, body: '{}' }, (url: string) => `The program at ${url} answered with status 500.`],
  [
    'no JSON',
    { status: 200, body: '<html>' },
    (url: string) => `The program does not answer at ${url}. Is it running, with this HOST and PORT?`,
  ],
])('a program with %s is told in a sentence', async (_, reply, sentence) => {
  const { outcome, url } = await asked(reply);
  expect(outcome).toEqual(new SetupError(sentence(url)));
});

test('without a token nothing is asked', async () => {
  const { outcome, heard } = await asked({ status: 200, body: '{}' }, null);
  expect(outcome).toEqual(
    new SetupError(
      'OPERATOR_TOKEN is not set: put a secret of at least 16 characters in .env and restart the program.',
    ),
  );
  expect(heard).toEqual([]);
});

test('a program that does not run is told in a sentence', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  await expect(askWhy(url, 'sesame-sesame-16')).rejects.toEqual(
    new SetupError(`The program does not answer at ${url}. Is it running, with this HOST and PORT?`),
  );
});

test.each([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['0.0.0.0', 'http://127.0.0.1:3000'],
  ['::', 'http://[::1]:3000'],
  ['fe80::1', 'http://[fe80::1]:3000'],
  ['bot.internal', 'http://bot.internal:3000'],
])('with HOST=%s the program is reached at %s', (host, url) => {
  expect(programUrl({ host, port: 3000 })).toBe(url);
});
