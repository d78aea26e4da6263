import { tokensAtMost } from '#domain/budget.ts';
import type { RemoteError } from '#errors.ts';
import { toChatRequest } from '../../../adapters/openai/chat-request.ts';
import { createClient } from '../../../adapters/openai/client.ts';
import type { LanguageModelConfig } from '../../../adapters/openai/config.ts';
import { createLanguageModel } from '../../../adapters/openai/language-model.ts';
import { createNotes, type Double, refuses, request, says, schema, sends, settings, startDouble } from './double.ts';

let server: Double;
beforeAll(async () => {
  server = await startDouble();
});
afterAll(() => server.close());

const now = new Date('2026-01-01T00:00:00Z');
function modelAt(change: Partial<LanguageModelConfig> = {}) {
  const { notes, log } = createNotes();
  const config = { ...settings, baseUrl: `${server.url}/v1`, ...change };
  return { notes, model: createLanguageModel(config, { log, clock: () => now }) };
}
const question = { question: 'How do I set up the VPN on Linux?' };
const good = says(JSON.stringify(question));
const failureOf = async (asking: Promise<unknown>): Promise<RemoteError> => {
  const outcome = await asking.then(
    (reply) => ({ reply }),
    (error: RemoteError) => error,
  );
  if (!('kind' in outcome)) throw new Error(`no failure: ${JSON.stringify(outcome)}`);
  return outcome;
};

describe('what is sent', () => {
  test('one message of ours, one of data, the schema and a limit; no word of this machine', async () => {
    server.answer(good);
    const { model } = modelAt();
    expect([model.name, model.seesImages]).toEqual(['gpt-5-mini', false]);
    expect(await model.ask(request())).toEqual({
      kind: 'json',
      json: question,
      usage: { inputTokens: 10, cachedTokens: 4, outputTokens: 5 },
      servedBy: 'gpt-5-mini-2025-08-07',
    });
    expect(server.heard).toHaveLength(1);
    const [{ path, headers, body }] = server.heard as readonly [(typeof server.heard)[0]];
    expect(path).toBe('/v1/chat/completions');
    expect(body).toEqual({
      model: 'gpt-5-mini',
      messages: [
        { role: 'system', content: 'Make the question stand alone.' },
        { role: 'user', content: '<question>\nand on Linux?\n</question>' },
      ],
      max_completion_tokens: 200,
      temperature: 0,
      stream: false,
      response_format: { type: 'json_schema', json_schema: { name: schema.name, strict: true, schema: schema.json } },
    });
    expect(headers).toMatchObject({
      authorization: 'Bearer sk-test',
      'user-agent': expect.stringMatching(/^OpenAI\/JS /),
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('x-') || name.startsWith('openai-'))).toEqual([]);
  });

  test('nothing is taken from the environment', async () => {
    const given = {
      OPENAI_API_KEY: 'sk-other',
      OPENAI_ADMIN_KEY: 'sk-admin',
      OPENAI_BASE_URL: 'http://127.0.0.1:1/',
      OPENAI_ORG_ID: 'org',
      OPENAI_PROJECT_ID: 'proj',
      OPENAI_LOG: 'debug',
      OPENAI_CUSTOM_HEADERS: 'x-secret: 1',
    };
    const before = { ...process.env };
    Object.assign(process.env, given);
    try {
      server.answer(good);
      expect(await modelAt().model.ask(request())).toMatchObject({ kind: 'json' });
      expect(await modelAt({ apiKey: null }).model.ask(request())).toMatchObject({ kind: 'json' });
    } finally {
      for (const name of Object.keys(given)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
    const [withKey, without] = server.heard.map(({ headers }) => headers);
    expect(withKey).toMatchObject({ authorization: 'Bearer sk-test' });
    for (const name of ['openai-organization', 'openai-project', 'x-secret']) expect(withKey).not.toHaveProperty(name);
    expect(without).not.toHaveProperty('authorization');
  });

  test.each(['', '/openai', '/openai/'])(
    'Azure names the deployment in the path and takes its own key, at "%s"',
    async (path) => {
      server.answer(good);
      const azure = { apiVersion: '2024-10-21', baseUrl: `${server.url}${path}`, model: 'help-desk' };
      await modelAt(azure).model.ask(request());
      await modelAt({ ...azure, apiKey: null }).model.ask(request());
      const [withKey, without] = server.heard;
      expect(withKey?.path).toBe('/openai/deployments/help-desk/chat/completions?api-version=2024-10-21');
      expect(withKey?.headers).toMatchObject({ 'api-key': 'sk-test' });
      expect(withKey?.headers).not.toHaveProperty('authorization');
      expect(without?.headers).not.toHaveProperty('api-key');
      expect(without?.headers).not.toHaveProperty('authorization');
    },
  );

  test('pictures go along as data, to a model that sees them, and to no other', async () => {
    server.answer(good);
    const images = [{ mimeType: 'image/png', bytes: new Uint8Array([1, 2, 3]) }];
    await modelAt({ seesImages: true }).model.ask(request({ images }));
    await modelAt({ seesImages: true }).model.ask(request({ images, data: '' }));
    await modelAt().model.ask(request({ images, data: 'x' }));
    const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,AQID' } };
    expect(server.heard.map(({ body }) => body.messages[1].content)).toEqual([
      [{ type: 'text', text: '<question>\nand on Linux?\n</question>' }, picture],
      [picture],
      'x',
    ]);
  });

  test.each([
    ['https://api.openai.com/v1', true],
    ['https://eu.api.openai.com/v1', true],
    ['https://api.openai.com.evil.example/v1', false],
    ['http://127.0.0.1:11434/v1', false],
  ])('%s is told to keep nothing: %s', (baseUrl, forgets) => {
    const { isOpenAi } = createClient({ ...settings, baseUrl }, { clock: () => now, mostBytes: 1 });
    expect(isOpenAi).toBe(forgets);
    const taken = { structured: 'schema', limit: 'max_completion_tokens', temperature: true, effort: true } as const;
    const body = toChatRequest({ model: 'm', request: request(), seesImages: false, forgets, effort: null }, taken);
    expect('store' in body).toBe(forgets);
  });

  test('a redirect is not followed', async () => {
    server.answer(sends(307, '', { location: `${server.url}/elsewhere` }));
    expect(await failureOf(modelAt().model.ask(request()))).toMatchObject({ kind: 'rejected' });
    expect(server.heard).toHaveLength(1);
  });
});

describe('what a server does not take', () => {
  const unsupported = (param: string, message: string) =>
    refuses(400, { param, message, code: 'unsupported_parameter' });

  test('is said otherwise in the same call, and from then on', async () => {
    server.answer(
      refuses(400, { message: 'Unrecognized request argument supplied: max_completion_tokens' }),
      unsupported('temperature', 'Only the default (1) value is supported.'),
      unsupported('response_format', 'Not supported.'),
      sends(422, JSON.stringify({ detail: [{ loc: ['body', 'response_format'], msg: 'extra fields not permitted' }] })),
      good,
    );
    const { model, notes } = modelAt();
    expect(await model.ask(request())).toMatchObject({ kind: 'json', json: question });
    expect(await model.ask(request())).toMatchObject({ kind: 'json', json: question });
    const [first, , third, fourth, fifth, sixth] = server.heard.map(({ body }) => body);
    expect(server.heard).toHaveLength(6);
    expect(first).toMatchObject({ max_completion_tokens: 200, temperature: 0 });
    expect(third).toMatchObject({ max_tokens: 200, response_format: { type: 'json_schema' } });
    expect(third).not.toHaveProperty('temperature');
    expect(fourth).toMatchObject({ response_format: { type: 'json_object' } });
    const words = `Make the question stand alone.\n\nAnswer with one JSON object and nothing else, as the JSON schema "firstline_question" says:\n${JSON.stringify(schema.json)}`;
    for (const body of [fourth, fifth]) expect(body.messages[0]).toEqual({ role: 'system', content: words });
    expect(Object.keys(fifth)).toEqual(['model', 'messages', 'max_tokens', 'stream']);
    expect(sixth).toEqual(fifth);
    const parameters = ['max_completion_tokens', 'temperature', 'response_format'];
    const message = 'the model server does not take a parameter, so it is said otherwise from now on';
    expect(notes).toEqual(parameters.map((parameter) => [message, { parameter }]));
  });

  test('calls at the same time learn it together', async () => {
    const { model } = modelAt();
    server.answer((heard, response) => {
      const named = 'response_format' in heard.body ? 'response_format' : null;
      (named === null ? good : unsupported(named, 'no'))(heard, response);
    });
    const replies = await Promise.all([1, 2, 3, 4].map(() => model.ask(request())));
    expect(replies.map(({ kind }) => kind)).toEqual(['json', 'json', 'json', 'json']);
  });

  test.each(['schema', 'object', 'text'] as const)('where "%s" is set, it is not departed from', async (structured) => {
    server.answer(unsupported('response_format', 'no'));
    expect(await failureOf(modelAt({ structured }).model.ask(request()))).toMatchObject({ kind: 'rejected' });
    expect(server.heard).toHaveLength(1);
    const type = { schema: 'json_schema', object: 'json_object', text: undefined }[structured];
    expect(server.heard[0]?.body.response_format?.type).toBe(type);
  });

  test.each([
    ['by its name', unsupported('reasoning_effort', 'Unsupported value')],
    ['in the words of another server', refuses(400, { message: '"llama3.2" does not support thinking' })],
  ])('the effort of thinking, where it is refused %s', async (_, refusal) => {
    server.answer(refusal, good);
    const { model, notes } = modelAt({ reasoningEffort: 'minimal' });
    for (let times = 0; times < 2; times += 1) expect(await model.ask(request())).toMatchObject({ kind: 'json' });
    expect(server.heard.map(({ body }) => body.reasoning_effort)).toEqual(['minimal', undefined, undefined]);
    expect(notes).toEqual([[expect.any(String), { parameter: 'reasoning_effort' }]]);
  });

  test('what was not sent is not learned from', async () => {
    server.answer(refuses(400, { message: 'reasoning_effort, max_tokens: not understood' }));
    const { model, notes } = modelAt({ reasoningEffort: null });
    expect(await failureOf(model.ask(request()))).toMatchObject({ kind: 'rejected' });
    expect(server.heard).toHaveLength(1);
    expect(server.heard[0]?.body).not.toHaveProperty('reasoning_effort');
    expect(notes).toEqual([]);
  });

  test('what did not help is not remembered: a parameter may be named for its value, or by somebody’s question', async () => {
    const { model, notes } = modelAt();
    const isOdd = 'How do I set temperature and response_format?';
    server.answer(
      refuses(400, { param: 'max_completion_tokens', code: 'invalid_value', message: 'too large' }),
      unsupported('max_tokens', "Use 'max_completion_tokens' instead."),
      refuses(400, { message: isOdd }),
      refuses(400, { message: isOdd }),
      refuses(400, { message: isOdd }),
      refuses(400, { message: isOdd }),
      good,
    );
    for (let times = 0; times < 2; times += 1)
      expect(await failureOf(model.ask(request()))).toMatchObject({ kind: 'rejected' });
    expect(server.heard).toHaveLength(6);
    expect(await model.ask(request())).toMatchObject({ kind: 'json' });
    expect(server.heard.at(-1)?.body).toMatchObject({
      max_completion_tokens: 200,
      temperature: 0,
      response_format: { type: 'json_schema' },
    });
    expect(notes).toEqual([]);
  });

  test('what one call has learned another does not undo', async () => {
    const { model, notes } = modelAt();
    let late = () => {};
    const begun = Promise.withResolvers<void>();
    server.answer(
      (heard, response) => {
        late = () => unsupported('response_format', 'no')(heard, response);
        begun.resolve();
      },
      unsupported('response_format', 'no'),
      unsupported('response_format', 'no'),
      good,
    );
    const first = model.ask(request());
    await begun.promise;
    await model.ask(request());
    late(); // it goes on with an object, which is taken now
    await first;
    await model.ask(request());
    expect(server.heard.map(({ body }) => body.response_format?.type)).toEqual([
      'json_schema',
      'json_schema',
      'json_object',
      undefined,
      'json_object',
      undefined,
    ]);
    expect(notes).toHaveLength(1);
  });

  test('a refusal that is about something else is no reason to try on', async () => {
    server.answer(
      refuses(400, { param: 'messages', message: 'too long for this temperature', code: 'context_length_exceeded' }),
    );
    const error = await failureOf(modelAt().model.ask(request()));
    expect(error).toMatchObject({
      kind: 'rejected',
      message: 'model server: /chat/completions: answered 400 (context_length_exceeded)',
    });
    expect(server.heard).toHaveLength(1);
  });

  test('a schema that is taken but not heeded is put in words the next time', async () => {
    const { model, notes } = modelAt();
    server.answer(says('I have read this.'), good, says('Well.'), good);
    const kinds = [];
    for (let times = 0; times < 4; times += 1) kinds.push((await model.ask(request())).kind);
    expect(kinds).toEqual(['malformed', 'json', 'malformed', 'json']);
    const types = server.heard.map(({ body }) => body.response_format.type);
    expect(types).toEqual(['json_schema', 'json_object', 'json_object', 'json_object']);
    expect(notes).toHaveLength(1);
  });
});

describe('what comes back', () => {
  const ours = tokensAtMost({
    texts: [request().instructions, request().data, JSON.stringify(schema.json)],
    images: 0,
  });
  const completion = (change: object) => sends(200, JSON.stringify({ choices: [], ...change }));
  const choice = (content: unknown, finish: string | null = 'stop') => ({
    choices: [{ finish_reason: finish, message: { content } }],
  });

  test.each([
    ['a refusal', 'refused', says(null, { refusal: 'I will not.' })],
    ['nothing but a filter', 'refused', completion(choice('', 'content_filter'))],
    ['what a filter has cut off', 'truncated', completion(choice('{"question":"How', 'content_filter'))],
    ['what is too long', 'truncated', completion(choice('{"question":"How', 'length'))],
    ['whole JSON at its longest', 'truncated', completion(choice('{}', 'length'))],
    ['no content', 'malformed', says(null)],
    ['content of another type', 'malformed', says([{ type: 'text', text: '{}' }])],
    ['no choice', 'malformed', completion({})],
    ['no message', 'malformed', completion({ choices: [{}] })],
    ['a text', 'malformed', says('Sure!')],
    ['200 kB', 'malformed', says(JSON.stringify({ question: 'x'.repeat(200_000) }))],
    ['a body that is no JSON', 'malformed', sends(200, "{'choices': []}")],
    ['a body of more than a megabyte', 'malformed', says('x'.repeat(1024 * 1024))],
    ['a prompt that a filter refuses', 'refused', refuses(400, { code: 'content_filter', message: 'The prompt …' })],
  ] as const)('%s: %s', async (_, kind, answer) => {
    server.answer(answer);
    const reply = await modelAt({ structured: 'schema' }).model.ask(request());
    expect(reply).toEqual({ kind, usage: expect.anything(), servedBy: expect.stringMatching(/^gpt-5-mini/) });
    expect(server.heard).toHaveLength(1);
  });

  test('a connection that breaks in the middle has cut the answer off', async () => {
    server.answer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"choices":[', () => response.destroy());
    });
    expect(await modelAt().model.ask(request())).toEqual({
      kind: 'truncated',
      usage: { inputTokens: ours, cachedTokens: 0, outputTokens: 200 },
      servedBy: 'gpt-5-mini',
    });
  });

  test.each([
    ['none', undefined, { inputTokens: ours, cachedTokens: 0, outputTokens: 1 }],
    ['null', null, { inputTokens: ours, cachedTokens: 0, outputTokens: 1 }],
    ['half of it', { prompt_tokens: 7 }, { inputTokens: 7, cachedTokens: 0, outputTokens: 1 }],
    [
      'nonsense',
      { prompt_tokens: -7, completion_tokens: 'many', prompt_tokens_details: [] },
      { inputTokens: ours, cachedTokens: 0, outputTokens: 1 },
    ],
    [
      'more read before than read',
      { prompt_tokens: 7, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 9 } },
      { inputTokens: 7, cachedTokens: 7, outputTokens: 3 },
    ],
  ])('what the server does not count is counted by us: %s', async (_, told, counted) => {
    server.answer(completion({ ...choice('{}'), usage: told, model: 7 }));
    const { usage, servedBy } = await modelAt().model.ask(request());
    expect([usage, servedBy]).toEqual([counted, 'gpt-5-mini']);
  });
});

describe('failures', () => {
  const secret = 'and on Linux';

  test.each([
    ['a key that is not accepted', refuses(401, { code: 'invalid_api_key' }), 'unauthorized', null],
    ['a permission that is missing', refuses(403, { message: secret }), 'unauthorized', null],
    [
      'an account without money',
      refuses(429, { code: 'insufficient_quota' }, { 'retry-after': '1' }),
      'unauthorized',
      null,
    ],
    ['too many requests', refuses(429, { code: 'rate_limit_exceeded' }, { 'retry-after': '7' }), 'rate-limited', 7000],
    ['… in milliseconds', refuses(429, {}, { 'retry-after-ms': '250', 'retry-after': '7' }), 'rate-limited', 250],
    ['… until a time', refuses(429, {}, { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' }), 'rate-limited', 9000],
    ['… without a wait', refuses(429, {}), 'rate-limited', null],
    ['… with a wait that is none', refuses(429, {}, { 'retry-after': 'soon' }), 'rate-limited', null],
    ['a model that there is not', refuses(404, { code: 'model_not_found' }), 'unauthorized', null],
    ['a request that is not understood', refuses(422, { message: secret }), 'rejected', null],
    ['an error of the server', sends(500, secret), 'unavailable', null],
    ['a server that is busy', refuses(503, {}, { 'retry-after': '3' }), 'unavailable', 3000],
    ['a web page', sends(200, `<html>${secret}</html>`, { 'content-type': 'text/html' }), 'unavailable', null],
    ['another service', sends(200, `{"hello":"${secret}"}`), 'unavailable', null],
    ['nothing', sends(200, ''), 'unavailable', null],
  ])('%s', async (_, answer, kind, retryAfterMs) => {
    server.answer(answer);
    const error = await failureOf(modelAt().model.ask(request()));
    expect(error).toMatchObject({ system: 'model server', kind, retryAfterMs });
    expect(`${error.message} ${String(error.cause)}`).not.toContain(secret);
    expect(server.heard).toHaveLength(1);
  });

  test.each([
    ['that is busy', refuses(503, {}), true],
    ['that fails', sends(500, ''), true],
    ['that has others behind it, which are late', sends(504, ''), false],
    ['that answers with something else', sends(200, '<html>'), false],
    ['that hangs up', (_: unknown, response: Parameters<typeof good>[1]) => void response.destroy(), false],
  ])('a server %s: whether it is sure that nothing was done', async (_, answer, didNothing) => {
    server.answer(answer);
    expect(await failureOf(modelAt().model.ask(request()))).toMatchObject({ kind: 'unavailable', didNothing });
  });

  test('a server that is not running has done nothing', async () => {
    const closed = await startDouble();
    await closed.close();
    const asking = modelAt({ baseUrl: `${closed.url}/v1` }).model.ask(request());
    expect(await failureOf(asking)).toMatchObject({ kind: 'unavailable', didNothing: true });
  });

  test('nobody there', async () => {
    const error = await failureOf(modelAt({ baseUrl: 'http://127.0.0.1:1/v1' }).model.ask(request()));
    expect(error).toMatchObject({
      kind: 'unavailable',
      message: 'model server: /chat/completions: cannot be reached',
    });
  });

  test.each([
    ['before it begins', () => {}],
    [
      'in the middle',
      (_: unknown, response: Parameters<typeof good>[1]) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"choices":[');
      },
    ],
    [
      'in the middle of an error',
      (_: unknown, response: Parameters<typeof good>[1]) => {
        response.writeHead(500, { 'content-type': 'application/json' });
        response.write('{"error":');
      },
    ],
  ])('an answer that hangs %s ends with the time limit, and with the caller’s patience', async (_, answer) => {
    server.answer(answer);
    const late = await failureOf(modelAt({ timeoutMs: 100 }).model.ask(request()));
    expect(late).toMatchObject({ kind: 'unavailable', message: 'model server: /chat/completions: no answer in time' });
    const impatient = await failureOf(modelAt().model.ask(request({ signal: AbortSignal.timeout(100) })));
    expect(impatient).toMatchObject({ kind: 'unavailable', message: late.message });
    const controller = new AbortController();
    const asking = failureOf(modelAt().model.ask(request({ signal: controller.signal })));
    controller.abort();
    expect(await asking).toMatchObject({ message: 'model server: /chat/completions: not waited for' });
    expect(await failureOf(modelAt().model.ask(request({ signal: AbortSignal.abort() })))).toMatchObject({
      message: 'model server: /chat/completions: not waited for',
    });
  });

  test.each([
    ['a moment', 10_000, 'answered'],
    ['half of the time limit and more', 200, 'left alone'],
  ])('who waits for %s says of the server, three times, that it is …', async (_, timeoutMs, becomes) => {
    const { model } = modelAt({ timeoutMs });
    server.answer(() => {});
    for (let times = 0; times < 3; times += 1) {
      const late = await failureOf(model.ask(request({ signal: AbortSignal.timeout(130) })));
      expect(late).toMatchObject({
        kind: 'unavailable',
        message: 'model server: /chat/completions: no answer in time',
      });
    }
    server.answer(good);
    const next = model.ask(request()).then(
      () => 'answered',
      ({ kind }: RemoteError) => (kind === 'rate-limited' ? 'left alone' : kind),
    );
    expect(await next).toBe(becomes);
  });

  test('who has stopped waiting before anything is sent says nothing of the server', async () => {
    const { model } = modelAt({ timeoutMs: 1 });
    const signal = AbortSignal.abort(new DOMException('', 'TimeoutError'));
    server.answer(good);
    for (let times = 0; times < 3; times += 1) await failureOf(model.ask(request({ signal })));
    expect(server.heard).toEqual([]);
    server.answer((heard, response) => good(heard, response));
    const { kind } = await failureOf(modelAt({ timeoutMs: 1 }).model.ask(request({ signal })));
    expect(kind).toBe('unavailable');
  });

  test('a server that is down is left alone after three calls', async () => {
    server.answer(sends(500, '{}'));
    const { model } = modelAt();
    const kinds = [];
    for (let times = 0; times < 5; times += 1) kinds.push((await failureOf(model.ask(request()))).kind);
    expect(kinds).toEqual(['unavailable', 'unavailable', 'unavailable', 'rate-limited', 'rate-limited']);
    expect(server.heard).toHaveLength(3);
  });
});
