import { createWhisper } from '../../../adapters/slack/whisper.ts';
import { createRecordingLog, startWebApi, type WebApiAnswer } from './doubles.ts';

const address = { platform: 'slack', ref: 'T0FIRST01/C0HELP001/1767225600.000200' } as const;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(answer: WebApiAnswer = { ok: true }) {
  const api = await startWebApi(() => answer);
  closing.push(() => api.close());
  const log = createRecordingLog();
  return { api, log, whisper: createWhisper({ apiUrl: `${api.url}/api/`, log }) };
}

test('a sentence for who pressed goes into the thread, escaped, and replaces nothing', async () => {
  const { api, log, whisper } = await start();
  await whisper(' Only <!channel> staff. ', { responseUrl: `${api.url}/actions/T1/1/secret`, address });
  expect(api.calls.map(({ method, body }) => [method, JSON.parse(body.toString())])).toEqual([
    [
      '/actions/T1/1/secret',
      {
        response_type: 'ephemeral',
        replace_original: false,
        thread_ts: '1767225600.000200',
        text: 'Only &lt;!channel&gt; staff.',
      },
    ],
  ]);
  expect(log.lines).toEqual([]);
});

test.each([
  ['none', ''],
  ['of another host', 'https://hooks.slack.com.evil.example/actions/secret'],
  ['of another scheme', 'http://hooks.slack.com/actions/secret'],
  ['like Slack’s at first sight', 'https://hooks.slack.com@evil.example/secret'],
  ['with a user in it', 'https://user:secret@hooks.slack.com/actions'],
])('an address that is %s is not asked', async (_, responseUrl) => {
  const { log, whisper } = await start();
  await whisper('Only staff.', { responseUrl, address });
  expect(log.lines[0]?.fields['error']).toMatchObject({ kind: 'rejected' });
  expect(JSON.stringify(log.lines) + String(log.lines[0]?.fields['error'])).not.toContain('secret');
});

test.each([
  ['is over', { status: 404, text: '{"ok":false,"error":"expired_url"}' }, 'rejected'],
  ['leads elsewhere', { status: 302, headers: { location: 'https://x.example/' }, text: '' }, 'rejected'],
  ['is not there', 'hang-up', 'unavailable'],
] satisfies [string, WebApiAnswer, string][])('one that %s is logged', async (_, answer, kind) => {
  const { api, log, whisper } = await start(answer);
  await whisper('Only staff.', { responseUrl: `${api.url}/actions/secret`, address });
  expect(log.lines.map(({ message }) => message)).toEqual(['slack: why a press counts for nothing could not be said']);
  expect(log.lines[0]?.fields['error']).toMatchObject({ kind });
  expect(String(log.lines[0]?.fields['error'])).not.toContain('secret');
});
