import { readers } from './bulk-load.ts';
import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The least of a Slack that an app can talk to, so that the measured time is the app's: any call succeeds at once.
 * The sandbox's Slack checks every block and keeps everything, which would slow down both sides and flatter the ratio.
 */
export interface SlackStub {
  readonly apiUrl: string;
  readonly token: string;
  readonly signingSecret: string;
  /** Sends a direct message to the app and returns, in ms, when the app had posted into its thread. */
  ask(appUrl: string, text: string): Promise<Asked>;
  close(): Promise<void>;
}
export interface Asked {
  /** From sending the event until it was acknowledged. */
  readonly ackMs: number;
  /** From sending the event until the app's post arrived. */
  readonly postMs: number;
  /** The post's text and blocks as they came. */
  readonly post: string;
}

const signingSecret = 'bench-signing-secret';
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const people = 200;

export async function startSlackStub(): Promise<SlackStub> {
  const waiting = new Map<string, (post: string) => void>();
  let number = 0;
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const method = (request.url ?? '').split('/').at(-1) ?? '';
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answerTo(method, new URLSearchParams(body))));
    });
  });
  function answerTo(method: string, args: URLSearchParams): object {
    if (method === 'auth.test') return { ok: true, user_id: 'UBOT', bot_id: 'BBOT', team_id: 'T1' };
    if (method === 'users.info') return { ok: true, user: personOf(args.get('user') ?? '') };
    if (method === 'chat.getPermalink') return { ok: true, permalink: 'https://bench.example/archives/C1/p1' };
    if (method !== 'chat.postMessage') return { ok: true };
    waiting.get(args.get('thread_ts') ?? '')?.(`${args.get('text')} ${args.get('blocks')}`);
    return { ok: true, channel: args.get('channel'), ts: `${Date.now() / 1000}`, message: {} };
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  async function ask(appUrl: string, text: string): Promise<Asked> {
    number += 1;
    const ts = `17000${String(number).padStart(5, '0')}.000100`;
    const posted = new Promise<string>((resolve) => waiting.set(ts, resolve));
    const begun = performance.now();
    await deliver(appUrl, eventOf({ number, ts, text }));
    const ackMs = performance.now() - begun;
    const post = await posted;
    waiting.delete(ts);
    return { ackMs, postMs: performance.now() - begun, post };
  }
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    token: 'xoxb-bench',
    signingSecret,
    ask,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function personOf(id: string): object {
  return { id, team_id: 'T1', name: id, real_name: `Person ${id}`, profile: { email: readers[0].email } };
}

function eventOf({ number, ts, text }: { number: number; ts: string; text: string }): string {
  const user = `U${number % people}`;
  return JSON.stringify({
    token: 'legacy',
    team_id: 'T1',
    api_app_id: 'A1',
    type: 'event_callback',
    event_id: `EvBench${process.pid}x${number}`,
    event_time: 1_700_000_000,
    authorizations: [
      { enterprise_id: null, team_id: 'T1', user_id: 'UBOT', is_bot: true, is_enterprise_install: false },
    ],
    event: { type: 'message', channel: `D${user}`, channel_type: 'im', user, text, ts, event_ts: ts, team: 'T1' },
  });
}

function deliver(appUrl: string, body: string): Promise<void> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  return new Promise((resolve, reject) => {
    const request = http.request(appUrl, {
      method: 'POST',
      agent,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature,
      },
    });
    request.once('error', reject);
    request.once('response', (response) => {
      response.resume();
      if (response.statusCode === 200) response.once('end', resolve);
      else reject(new Error(`the app answered ${response.statusCode}`));
    });
    request.end(body);
  });
}
