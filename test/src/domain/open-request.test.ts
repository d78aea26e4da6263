import { openRequestFor, type OwnRequest, requestLines } from '#domain/open-request.ts';

function request(fields: Partial<OwnRequest> = {}): OwnRequest {
  return {
    conversationId: '7',
    question: 'My second monitor flickers when I dock the laptop',
    key: 'IT-42',
    url: 'https://jira/browse/IT-42',
    phase: 'open',
    assignee: null,
    ...fields,
  };
}
const again = 'the second monitor flickers again when the laptop is docked';

test('a question about what is open already is that request', () => {
  expect(openRequestFor(again, [request()], '9')).toEqual({
    conversationId: '7',
    key: 'IT-42',
    url: 'https://jira/browse/IT-42',
  });
});

test.each([
  ['of something else', 'how do I reset my password', request(), '9'],
  ['that is closed', again, request({ phase: 'closed' }), '9'],
  ['that is gone', again, request({ phase: 'gone' }), '9'],
  ['without a key yet', again, request({ key: null, url: null }), '9'],
  ['of this very conversation', again, request(), '7'],
])('none %s', (_, question, own, here) => {
  expect(openRequestFor(question, [own], here)).toBeNull();
});

test('of several the most alike', () => {
  const other = request({ conversationId: '8', key: 'IT-43', question: 'Monitor flickers' });
  expect(openRequestFor('my second monitor flickers when I dock', [other, request()], '9')?.key).toBe('IT-42');
});

test('the list says where each stands, in one line each', () => {
  const lines = requestLines([
    request(),
    request({ key: 'IT-43', assignee: 'Hannah', question: `a\nb ${'c'.repeat(200)}` }),
    request({ key: 'IT-44', phase: 'resolved' }),
    request({ key: null, url: null }),
  ]);
  expect(lines.map(({ key, standing }) => `${key} ${standing}`)).toEqual([
    'IT-42 waiting for IT',
    'IT-43 Hannah is working on it',
    'IT-44 IT says it is solved: is it?',
  ]);
  expect(lines[1]?.summary).toMatch(/^a b c+…$/);
  expect(lines[1]?.summary).toHaveLength(100);
});
