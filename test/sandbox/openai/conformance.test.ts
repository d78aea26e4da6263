import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type OpenAiSandbox, startOpenAi } from '../../../sandbox/openai/index.ts';
import { badge, chatRequest, dataOf, get, post, printer } from './client.ts';

const file = path.join(process.env.FIRSTLINE_SPECS ?? '../shared/specs', 'openai', 'openapi.json');
const describeWithSpec = existsSync(file) ? describe : describe.skip;

describeWithSpec("compared with OpenAI's description of the API (skipped without FIRSTLINE_SPECS)", () => {
  let server: OpenAiSandbox;
  let faultsOf: (schema: string, json: unknown) => unknown;
  beforeAll(async () => {
    server = await startOpenAi();
    const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false });
    ajv.addSchema(JSON.parse(readFileSync(file, 'utf8'), withoutStrayNullable) as object, 'openai');
    faultsOf = (schema, json) => {
      const validate = ajv.getSchema(`openai#/components/schemas/${schema}`);
      expect(validate).toBeDefined();
      return validate?.(json) === true ? [] : validate?.errors;
    };
  });
  afterAll(() => server.close());

  const request = () =>
    chatRequest(server, 'firstline_answer', dataOf('How do I clear a paper jam?', [printer, badge]));

  test('our own request is one', () => {
    expect(faultsOf('CreateChatCompletionRequest', request())).toEqual([]);
  });

  test('a completion', async () => {
    expect(faultsOf('CreateChatCompletionResponse', (await post(server, '/chat/completions', request())).body)).toEqual(
      [],
    );
  });

  test('each piece of a stream', async () => {
    const asked = { ...request(), stream: true, stream_options: { include_usage: true } };
    const { text } = await post(server, '/chat/completions', asked);
    const events = text.split('\n\n').filter((line) => line.startsWith('data: {'));
    expect(events.length).toBeGreaterThan(5);
    for (const event of events.filter((line) => !line.includes('"usage":null'))) {
      expect(faultsOf('CreateChatCompletionStreamResponse', JSON.parse(event.slice(6)))).toEqual([]);
    }
  });

  test.each(['float', 'base64'])('embeddings as %s', async (format) => {
    const { body } = await post(server, '/embeddings', {
      model: server.models.embedding,
      input: 'x',
      encoding_format: format,
    });
    // the description knows of floats only
    const [one] = body.data;
    const shown = format === 'float' ? body : { ...body, data: [{ ...one, embedding: [0.5] }] };
    expect(faultsOf('CreateEmbeddingResponse', shown)).toEqual([]);
  });

  test('the models', async () => {
    expect(faultsOf('ListModelsResponse', (await get(server, '/models')).body)).toEqual([]);
  });

  test('errors', async () => {
    const refused = await post(server, '/chat/completions', { ...request(), model: 'gpt-0' });
    server.fail({ kind: 'rate-limit', times: 1 });
    const limited = await post(server, '/chat/completions', request());
    expect([refused.status, limited.status]).toEqual([404, 429]);
    expect(faultsOf('ErrorResponse', refused.body)).toEqual([]);
    expect(faultsOf('ErrorResponse', limited.body)).toEqual([]);
  });
});

/** In this version `nullable` means nothing without a type, and ajv refuses it there. */
function withoutStrayNullable(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('nullable' in value) || 'type' in value) return value;
  const { nullable: __, ...rest } = value;
  return rest;
}
