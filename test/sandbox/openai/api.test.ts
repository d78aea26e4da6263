import { type OpenAiSandbox, startOpenAi } from '../../../sandbox/openai/index.ts';
import {
  ask,
  badge,
  bearer,
  chatRequest,
  dataOf,
  type Draft,
  get,
  imagePart,
  pngSaying,
  post,
  printer,
  schemas,
} from './client.ts';

let server: OpenAiSandbox;
beforeEach(async () => {
  server = await startOpenAi();
});
afterEach(() => server.close());

const jam = dataOf('How do I clear a paper jam?', [printer, badge]);
const request = () => chatRequest(server, 'firstline_answer', jam);

test('a completion, with what it cost', async () => {
  const { status, body } = await post(server, '/chat/completions', request());
  expect(status).toBe(200);
  expect(body).toMatchObject({ object: 'chat.completion', model: `${server.models.vision}-2026-06-01` });
  expect(body.choices).toHaveLength(1);
  expect(body.choices[0]).toMatchObject({
    index: 0,
    finish_reason: 'stop',
    message: { role: 'assistant', refusal: null },
  });
  const { usage } = body;
  expect(usage.completion_tokens).toBe(Math.ceil(body.choices[0].message.content.length / 4));
  expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
  expect(usage.prompt_tokens_details.cached_tokens).toBe(0);
});

test('the same request gets the same answer, whenever and wherever', async () => {
  const other = await startOpenAi();
  const answers = [
    await ask(server, 'firstline_answer', jam),
    await ask(server, 'firstline_answer', jam),
    await ask(other, 'firstline_answer', jam),
  ];
  await other.close();
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

test('of a long prompt that begins as one before, the beginning is read from the cache', async () => {
  const long = dataOf(`${'One thing after the other. '.repeat(400)}`, [printer]);
  const first = await post(server, '/chat/completions', chatRequest(server, 'firstline_answer', long));
  const second = await post(server, '/chat/completions', chatRequest(server, 'firstline_answer', long));
  expect(first.body.usage.prompt_tokens_details.cached_tokens).toBe(0);
  const cached = second.body.usage.prompt_tokens_details.cached_tokens;
  expect(cached).toBeGreaterThan(1024);
  expect(cached % 128).toBe(0);
});

test('the models that there are', async () => {
  const { body } = await get(server, '/models');
  expect(body.data.map(({ id }: { id: string }) => id)).toEqual(Object.values(server.models));
  expect((await get(server, `/models/${server.models.chat}`)).body).toMatchObject({ object: 'model' });
  expect((await get(server, '/models/gpt-0')).status).toBe(404);
});

describe('refused as OpenAI refuses', () => {
  const firstMessage = (change: object) => ({ ...request(), ...change });
  const schema = (change: object) => ({
    ...request(),
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'x', strict: true, schema: { ...schemas.firstline_picture, ...change } },
    },
  });

  const cases: [
    name: string,
    json: () => unknown,
    expected: [status: number, param: string | null, code: string | null],
  ][] = [
    ['no JSON', () => '{"model":', [400, null, null]],
    ['no model', () => firstMessage({ model: undefined }), [400, null, null]],
    ['a model that is not there', () => firstMessage({ model: 'gpt-9' }), [404, null, 'model_not_found']],
    ['no messages', () => firstMessage({ messages: [] }), [400, 'messages', 'empty_array']],
    [
      'a role that is not there',
      () => firstMessage({ messages: [{ role: 'boss', content: 'x' }] }),
      [400, 'messages[0].role', 'invalid_value'],
    ],
    ['an argument that is not there', () => firstMessage({ maximum: 3 }), [400, null, null]],
    [
      'too much text',
      () => firstMessage({ messages: [{ role: 'user', content: 'word '.repeat(200_000) }] }),
      [400, 'messages', 'context_length_exceeded'],
    ],
    [
      'a strict schema that takes other fields',
      () => schema({ additionalProperties: true }),
      [400, 'response_format', null],
    ],
    [
      'a strict schema with a field that is not required',
      () => schema({ required: [] }),
      [400, 'response_format', null],
    ],
    [
      'stream options without a stream',
      () => firstMessage({ stream_options: { include_usage: true } }),
      [400, 'stream_options', null],
    ],
    [
      'JSON that no message asks for',
      () => firstMessage({ response_format: { type: 'json_object' } }),
      [400, 'messages', null],
    ],
  ];

  test.each(cases)('%s', async (_, json, [status, param, code]) => {
    const { status: got, body } = await post(server, '/chat/completions', json());
    expect(got).toBe(status);
    expect(body.error).toMatchObject({ type: 'invalid_request_error', param, code });
    expect(body.error.message).not.toBe('');
  });

  test('pictures, for a model that reads text only', async () => {
    const asked = chatRequest(server, 'firstline_picture', [imagePart(pngSaying('x'))]);
    const { status, body } = await post(server, '/chat/completions', { ...asked, model: server.models.chat });
    expect([status, body.error.message]).toEqual([
      400,
      'Invalid content type. image_url is only supported by certain models.',
    ]);
  });

  test('a picture that would have to be fetched', async () => {
    const part = { type: 'image_url', image_url: { url: 'http://127.0.0.1:1/x.png' } };
    const { status, body } = await post(server, '/chat/completions', chatRequest(server, 'firstline_picture', [part]));
    expect([status, body.error.code]).toEqual([400, 'invalid_image_url']);
  });

  test('a wrong key, of which only the ends are repeated', async () => {
    const { status, body } = await post(server, '/chat/completions', request(), {
      authorization: 'Bearer sk-0123456789abcdef',
    });
    expect(status).toBe(401);
    expect(body.error).toMatchObject({ code: 'invalid_api_key', type: 'invalid_request_error' });
    expect(body.error.message).not.toContain('0123456789');
  });

  test('no key', async () => {
    expect((await get(server, '/models', {})).status).toBe(401);
  });

  test('a path that is not there', async () => {
    expect((await get(server, '/assistants')).body.error.message).toBe('Invalid URL (GET /v1/assistants)');
  });
});

test('an answer that is too long is cut, and says so', async () => {
  const { body } = await post(server, '/chat/completions', { ...request(), max_completion_tokens: 20 });
  const [choice] = body.choices;
  expect(choice.finish_reason).toBe('length');
  expect(choice.message.content).toHaveLength(80);
  expect(body.usage.completion_tokens).toBe(20);
});

test.each([
  ['max_tokens', 'max_completion_tokens'],
  ['max_completion_tokens', 'max_tokens'],
] as const)('a model that knows %s only refuses %s', async (known, other) => {
  server.settings.limitParameter = known;
  const { max_completion_tokens: _, ...plain } = request();
  const refused = await post(server, '/chat/completions', { ...plain, [other]: 20 });
  expect([refused.status, refused.body.error.code]).toEqual([400, 'unsupported_parameter']);
  expect((await post(server, '/chat/completions', { ...plain, [known]: 20 })).status).toBe(200);
});

test('a model that takes no temperature', async () => {
  server.settings.takesTemperature = false;
  expect((await post(server, '/chat/completions', { ...request(), temperature: 0 })).body.error.param).toBe(
    'temperature',
  );
});

describe('servers that have no structured output', () => {
  const described = () => {
    const { response_format: _, messages, ...plain } = request();
    const [system, user] = messages;
    const content = `${String(system?.content)} Answer in JSON: ${JSON.stringify(schemas.firstline_answer)}`;
    return { ...plain, messages: [{ role: 'system', content }, user] };
  };
  const statusOf = async (format: object | null) =>
    (
      await post(server, '/chat/completions', {
        ...described(),
        ...(format === null ? {} : { response_format: format }),
      })
    ).status;
  const formats = () => [request().response_format, { type: 'json_object' }, null];

  test.each([
    ['json_object', [400, 200, 200]],
    ['none', [400, 400, 200]],
  ] as const)('%s', async (structuredOutput, statuses) => {
    server.settings.structuredOutput = structuredOutput;
    const got: number[] = [];
    for (const format of formats()) got.push(await statusOf(format));
    expect(got).toEqual(statuses);
  });

  test('the task is known from the schema in the messages', async () => {
    server.settings.structuredOutput = 'json_object';
    const asked = { ...described(), response_format: { type: 'json_object' } };
    const { body } = await post(server, '/chat/completions', asked);
    expect((JSON.parse(body.choices[0].message.content) as Draft).outcome).toBe('answer');
  });

  test('ignored: prose, or JSON in a fence when the messages describe it', async () => {
    server.settings.structuredOutput = 'ignored';
    const plain = await post(server, '/chat/completions', request());
    expect(plain.body.choices[0].message.content).toBe('I have read this.');
    const told = await post(server, '/chat/completions', described());
    expect(told.body.choices[0].message.content).toMatch(/^Sure, here is the JSON:\n\n```json\n\{"outcome":"answer"/);
  });
});

test('a server that tells nothing of usage', async () => {
  server.settings.tellsUsage = false;
  const chat = await post(server, '/chat/completions', request());
  const embedding = await post(server, '/embeddings', { model: server.models.embedding, input: 'x' });
  expect([chat.body.usage, embedding.body.usage]).toEqual([undefined, undefined]);
  expect(server.calls()[0]).toMatchObject({ purpose: 'firstline_answer', outputTokens: expect.any(Number) });
});

describe('Azure', () => {
  const azure = (path: string, headers: Record<string, string>, json: unknown = request()) =>
    fetch(`${new URL(server.url).origin}${path}`, { method: 'POST', headers, body: JSON.stringify(json) });
  const key = () => ({ 'api-key': server.apiKey });

  test('the deployment in the path names the model', async () => {
    const { model, ...plain } = request();
    const response = await azure(`/openai/deployments/${model}/chat/completions?api-version=2024-10-21`, key(), plain);
    expect(response.status).toBe(200);
  });

  test('the newer paths are as OpenAI’s', async () => {
    expect((await azure('/openai/v1/chat/completions', key())).status).toBe(200);
    expect((await azure('/openai/v1/chat/completions', bearer(server))).status).toBe(200);
  });

  test.each([
    ['a wrong key', '/openai/deployments/MODEL/chat/completions?api-version=1', { 'api-key': 'x' }, 401, '401'],
    ['no version', '/openai/deployments/MODEL/chat/completions', null, 404, '404'],
    ['no such deployment', '/openai/deployments/other/chat/completions?api-version=1', null, 404, 'DeploymentNotFound'],
  ])('refuses %s', async (_, path, headers, status, code) => {
    const response = await azure(path.replace('MODEL', server.models.vision), headers ?? key());
    expect(response.status).toBe(status);
    expect(((await response.json()) as { error: { code: string } }).error.code).toBe(code);
  });
});

test('each call is recorded, without its pictures', async () => {
  const png = pngSaying('Error 0x80070005');
  let told = 0;
  const off = server.on(() => (told += 1));
  await post(server, '/chat/completions', chatRequest(server, 'firstline_picture', [imagePart(png)]));
  await post(server, '/embeddings', { model: server.models.embedding, input: ['a', 'b'] });
  off();
  await get(server, '/models');
  const [picture, embedding, models] = server.calls();
  expect(picture).toMatchObject({
    number: 1,
    kind: 'chat',
    purpose: 'firstline_picture',
    model: server.models.vision,
    status: 200,
    images: 1,
    mode: 'good',
    fault: null,
    finish: 'stop',
    answer: '{"text":"Error 0x80070005"}',
  });
  expect(JSON.stringify(picture)).toContain(`[image/png, ${png.length} bytes]`);
  expect(JSON.stringify(picture)).not.toContain(png.toString('base64').slice(0, 40));
  expect(embedding).toMatchObject({ number: 2, kind: 'embeddings', purpose: null, texts: 2, inputTokens: 2 });
  expect(models).toMatchObject({ number: 3, kind: 'models' });
  expect(told).toBe(2);
});

test('a task that is not ours gets the emptiest answer that its schema allows', async () => {
  const schema = { ...schemas.firstline_picture, properties: { text: { type: 'string', enum: ['a', 'b'] } } };
  const format = { type: 'json_schema', json_schema: { name: 'other', strict: true, schema } };
  const { body } = await post(server, '/chat/completions', { ...request(), response_format: format });
  expect(body.choices[0].message.content).toBe('{"text":"a"}');
});
