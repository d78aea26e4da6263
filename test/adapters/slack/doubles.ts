import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Click, Message, MessageChange } from '#domain/conversation.ts';
import type { Reply } from '#domain/reply.ts';
import type { ChatPlatform, Inbox, Pressed, Stop } from '#chat-ports.ts';
import type { Log, LogFields } from '#ports.ts';
import { createSlack } from '../../../adapters/slack/index.ts';

/** An inbox that keeps what it gets; `fail` makes it refuse. */
export interface RecordingInbox extends Inbox {
  readonly messages: Message[];
  readonly changes: MessageChange[];
  readonly clicks: Click[];
  readonly stops: Stop[];
  readonly commands: Parameters<Inbox['command']>[0][];
  fail: Error | null;
  /** What a click comes to. */
  pressed: Pressed;
  /** What a command is answered with. */
  answer: Reply;
  /** Awaited before anything is kept. */
  hold: Promise<void>;
  /** How many have come, kept or not. */
  came: number;
}

export function createRecordingInbox(): RecordingInbox {
  const keep = async <T>(kept: T[], one: T): Promise<void> => {
    inbox.came += 1;
    await inbox.hold;
    if (inbox.fail !== null) throw inbox.fail;
    kept.push(one);
  };
  const inbox: RecordingInbox = {
    messages: [],
    changes: [],
    clicks: [],
    stops: [],
    commands: [],
    fail: null,
    pressed: { form: null, reply: null, refusal: null },
    answer: { parts: [{ kind: 'text', text: 'Ask me about IT.' }], buttons: [] },
    hold: Promise.resolve(),
    came: 0,
    message: (message) => keep(inbox.messages, message),
    isOurs: async () => true,
    change: (change) => keep(inbox.changes, change),
    stopped: (stop) => keep(inbox.stops, stop),
    click: async (click) => {
      await keep(inbox.clicks, click);
      return inbox.pressed;
    },
    command: async (command) => {
      await keep(inbox.commands, command);
      return inbox.answer;
    },
    form: async () => null,
    turnOfPost: async () => null,
    arrived: async () => {},
    ticketHint: async () => {},
  };
  return inbox;
}

export interface RecordedLine {
  readonly level: string;
  readonly message: string;
  readonly fields: LogFields;
}

export function createRecordingLog(): Log & { readonly lines: RecordedLine[] } {
  const lines: RecordedLine[] = [];
  const write =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      void lines.push({ level, message, fields });
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** A server on a free port of this machine. */
export async function listen(handle: http.RequestListener): Promise<Listening> {
  const server = http.createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const signingSecret = 'a-signing-secret-of-the-tests';

/** Headers of a request that Slack has signed at that moment (epoch seconds). */
export function signed(body: string, at: number = Math.floor(Date.now() / 1000)): Record<string, string> {
  const mac = createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${mac}` };
}

export interface WebApiCall {
  readonly method: string;
  readonly token: string;
  readonly args: Readonly<Record<string, string>>;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What the Web API answers to a call: a body with status 200, or how else it ends. */
export type WebApiAnswer = object | WholeAnswer | 'hang-up';
interface WholeAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly text: string;
}

/** A Web API that answers as the test says, and keeps the calls. */
export async function startWebApi(
  answer: (call: WebApiCall) => WebApiAnswer,
): Promise<Listening & { readonly calls: WebApiCall[] }> {
  const calls: WebApiCall[] = [];
  const server = await listen((request, response) => {
    const answering = readCall(request).then((call) => {
      calls.push(call);
      const said = answer(call);
      if (said === 'hang-up') return void request.socket.destroy();
      const { status, headers, text } = isWhole(said) ? said : { status: 200, headers: {}, text: JSON.stringify(said) };
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(text);
    });
    // a request that breaks off is no call
    answering.catch(() => request.socket.destroy());
  });
  return { ...server, calls };
}

async function readCall(request: http.IncomingMessage): Promise<WebApiCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { headers, url = '' } = request;
  const body = Buffer.concat(chunks);
  return {
    method: url.replace('/api/', ''),
    token: headers.authorization ?? '',
    args: Object.fromEntries(new URLSearchParams(body.toString())),
    headers,
    body,
  };
}

function isWhole(answer: object): answer is WholeAnswer {
  return 'status' in answer && 'text' in answer;
}

export const identity = {
  ok: true,
  url: 'https://firstline-test.slack.com/',
  team: 'Firstline test',
  user: 'firstline',
  team_id: 'T0FIRST01',
  user_id: 'U0BOT0001',
  bot_id: 'B0FIRST01',
  is_enterprise_install: false,
};

/** Waits for a state, not for a time. */
export async function until(holds: () => boolean, withinMs = 5000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it did not come to that');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

type Answers = Record<string, WebApiAnswer | ((call: WebApiCall) => WebApiAnswer)>;

const closing: (() => Promise<void>)[] = [];

/** Closes what `connect` has started. */
export async function disconnect(): Promise<void> {
  for (const close of closing.splice(0)) await close();
}

export interface Connection {
  readonly slack: ChatPlatform;
  readonly api: Listening & { readonly calls: WebApiCall[] };
  readonly log: ReturnType<typeof createRecordingLog>;
}

/** The adapter against a Web API that answers each method as given, and anything else with `ok`. */
export async function connect(answers: Answers = {}): Promise<Connection> {
  const api = await startWebApi((call) => {
    const answer = answers[call.method] ?? (call.method === 'auth.test' ? identity : { ok: true });
    return typeof answer === 'function' ? answer(call) : answer;
  });
  closing.push(() => api.close());
  const log = createRecordingLog();
  const config = { botToken: 'xoxb-test', signingSecret, appToken: null, apiUrl: `${api.url}/api/` };
  const slack = createSlack(config, { inbox: createRecordingInbox(), log, clock: () => new Date() });
  return { slack, api, log };
}
