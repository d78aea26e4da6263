// @ts-expect-error: the page is plain JavaScript for the browser
import { createMessageStore } from '../../../sandbox/web/chat/message-store.js';

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** A server that answers when it is told to. */
function createServer() {
  const asked: { path: string; answer: (body: unknown) => void }[] = [];
  globalThis.fetch = (input) =>
    new Promise((resolve) => {
      asked.push({ path: input as string, answer: (body) => resolve(Response.json(body)) });
    });
  return asked;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const message = (ts: string) => ({ ts, text: `at ${ts}` });

test('what changed while the first page was on its way is fetched after it', async () => {
  const asked = createServer();
  const shown: string[][] = [];
  const store = createMessageStore({
    me: { as: 'U1' },
    channel: 'C1',
    tell: ({ messages }: { messages?: { ts: string }[] }) => shown.push((messages ?? []).map(({ ts }) => ts)),
    isAtEnd: () => true,
  });
  const loading = store.load();
  // the server has read its answer already when this message comes
  store.changed('2.0');
  asked[0]!.answer({ messages: [message('1.0')], hasEarlier: false, hasLater: false, readUntil: null });
  await turn();
  expect(asked).toHaveLength(2);
  asked[1]!.answer({ messages: [message('1.0'), message('2.0')], hasEarlier: false, hasLater: false, readUntil: null });
  await loading;
  expect(shown.at(-1)).toEqual(['1.0', '2.0']);
});
