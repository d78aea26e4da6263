import { crc32 } from 'node:zlib';
import type { Message, Person, SharedFile } from '#domain/conversation.ts';
import type { Decision } from '#domain/decision.ts';
import { replyOf } from '#domain/speak.ts';
import type { Reply } from '#domain/reply.ts';
import type { Caps } from '#model-ports.ts';
import { createEmbedder } from '../../../adapters/openai/embedder.ts';
import { createLanguageModel } from '../../../adapters/openai/language-model.ts';
import { type OpenAiSandbox, startOpenAi } from '../../../sandbox/openai/index.ts';
import { readPrices } from '#domain/budget.ts';
import { createAnswer } from '../../../src/flows/answer.ts';
import { createEmbed } from '../../../src/flows/embed.ts';
import type { ModelDeps } from '../../../src/flows/model-session.ts';
import { createModelFaults } from '../../../src/flows/model-faults.ts';
import { loadPrompts } from '../../../src/prompts.ts';
import {
  at,
  createChat,
  createFreshnessDouble,
  type Desk,
  draftWeights,
  openDesk,
  silence,
  weights,
} from './helpdesk.ts';

/** A desk at which a model helps: the real adapter, and the local server as the model. */
export interface ModelDesk extends Desk {
  readonly openai: OpenAiSandbox;
  /** What was checked in its source before it was shown. */
  readonly checks: ReturnType<typeof createFreshnessDouble>;
  /** Gives all chunks their vectors. */
  embed(): Promise<void>;
  /** Says it, has it decided on, and returns what was decided and what is shown of it. */
  asked(message: Pick<Message, 'text'> & Partial<Message>, other?: Partial<Asking>): Promise<Asked>;
  close(): Promise<void>;
}
export interface Asking {
  readonly asker: Person;
  readonly caps: Caps;
  readonly seesImages: boolean;
  readonly patienceMs: number;
  /** False: as without a model. */
  readonly withModel: boolean;
}
export interface Asked {
  readonly conversationId: string;
  readonly decision: Decision;
  readonly reply: Reply | null;
  /** All that an employee can see of it. */
  readonly seen: string;
}

/** The thresholds of the shipped weights: what is decided here is decided so for a company. */
const policy = {
  answerAt: weights.answerAt,
  suggestAt: weights.suggestAt,
  writtenAt: draftWeights.writtenAt,
  excludedTopics: [],
};

export const ann: Person = {
  ref: 'slack/T1/ann',
  name: 'Ann Bell',
  email: 'ann@acme.example',
  outsider: false,
  bot: false,
};

export async function openModelDesk(): Promise<ModelDesk> {
  const desk = await openDesk();
  const openai = await startOpenAi();
  const server = { apiKey: openai.apiKey, baseUrl: openai.url, apiVersion: null, timeoutMs: 5_000 };
  const made = { log: silence, clock: () => new Date() };
  const money = {
    prices: readPrices('sandbox-*: 0.25 / 0.025 / 2'),
    admins: ['hana@acme.example'],
  };
  const faults = createModelFaults({ store: desk.store, admins: money.admins, clock: made.clock });
  const embedder = createEmbedder({ ...server, model: openai.models.embedding, dimensions: null }, made);
  await desk.store.vectors.useModel(embedder.name); // as a start of the program does
  const files = new Map<string, Uint8Array>();
  const checks = createFreshnessDouble();

  function modelsFor({ caps, seesImages, patienceMs }: Asking): ModelDeps {
    const { chat, vision } = openai.models;
    const model = seesImages ? vision : chat;
    const config = { ...server, model, seesImages, structured: 'auto' } as const;
    const writer = createLanguageModel(config, made);
    const prompts = loadPrompts();
    return {
      writer,
      checker: writer,
      embedder,
      prompts,
      ...money,
      faults,
      caps,
      patienceMs,
      store: desk.store,
      ...made,
    };
  }

  return {
    ...desk,
    openai,
    checks,
    embed: createEmbed({ store: desk.store, embedder, faults, ...money, caps: {}, ...made }),
    async asked(message, other = {}) {
      const asking: Asking = {
        asker: ann,
        caps: {},
        seesImages: false,
        patienceMs: 5_000,
        withModel: true,
        ...other,
      };
      const chat = createChat([asking.asker]);
      const { platforms } = chat;
      const slack = platforms.get('slack');
      if (slack === undefined) throw new Error('there is no Slack');
      const withFiles = new Map([['slack', { ...slack, openFile: openFile(files), channelOf: () => 'C1' }] as const]);
      const answer = createAnswer({
        store: desk.store,
        platforms: withFiles,
        policy,
        weights,
        draftWeights,
        models: asking.withModel ? modelsFor(asking) : null,
        freshness: checks.freshness,
        incidents: null,
        clock: () => at,
      });
      for (const { ref } of message.files ?? []) if (ref?.startsWith('text:')) files.set(ref, pngWith(ref.slice(5)));
      const conversationId = await desk.say({ authorRef: asking.asker.ref, place: 'direct', ...message });
      await answer(conversationId);
      const decision = await desk.lastDecision(conversationId);
      const reply = replyOf(decision, null);
      return { conversationId, decision, reply, seen: JSON.stringify(reply) };
    },
    async close() {
      await openai.close();
      await desk.database.close();
    },
  };
}

function openFile(files: ReadonlyMap<string, Uint8Array>) {
  return async ({ ref, mimeType }: SharedFile) => {
    if (ref === BROKEN || ref === ENDLESS) return { stream: badStream(ref), mimeType, bytes: null };
    const bytes = files.get(ref ?? '');
    if (bytes === undefined) return null;
    return { stream: new Blob([Buffer.from(bytes)]).stream(), mimeType, bytes: bytes.length };
  };
}

const BROKEN = 'breaks off';
const ENDLESS = 'never ends';

/** A picture whose content breaks off in the middle, or never ends. */
export function badPicture(ref: typeof BROKEN | typeof ENDLESS): SharedFile {
  return { name: 'screenshot.png', ref, mimeType: 'image/png', bytes: null };
}

function badStream(ref: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(8));
      if (ref === BROKEN) controller.error(new TypeError('terminated'));
    },
  });
}

/** A picture in which this can be read. */
export function pictureOf(text: string, name = 'screenshot.png'): SharedFile {
  return { name, ref: `text:${text}`, mimeType: 'image/png', bytes: null };
}

/** A PNG of one pixel that carries the text. https://www.w3.org/TR/png-3/#11iTXt */
function pngWith(text: string): Uint8Array {
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const pixel = Buffer.from('789c6300000000020001', 'hex');
  const words = Buffer.concat([Buffer.from('Text\0\0\0\0\0', 'latin1'), Buffer.from(text, 'utf8')]);
  const chunks = [
    ['IHDR', header],
    ['iTXt', words],
    ['IDAT', pixel],
    ['IEND', Buffer.alloc(0)],
  ] as const;
  return Buffer.concat([signature, ...chunks.map(([type, data]) => chunk(type, data))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
