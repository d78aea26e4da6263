import { isFlat, teamsIdOf, teamsLink, tsOfTeams } from '../../../sandbox/page/teams-ids.ts';

test.each([
  ['1700000011000', '1700000011.000000'],
  ['1700000011123', '1700000011.123000'],
  ['1700000011007', '1700000011.007000'],
])('%s is %s to the page, and back', (id, ts) => {
  expect(tsOfTeams(id)).toBe(ts);
  expect(teamsIdOf(ts)).toBe(id);
});

test.each([
  ['a:1abc', true],
  ['19:abc@thread.v2', true],
  ['19:abc@thread.tacv2', false],
])('%s: no threads is %s', (chat, flat) => {
  expect(isFlat(chat)).toBe(flat);
});

test('a link names the thread in a channel, and the kind of place elsewhere', () => {
  const at = { url: 'http://127.0.0.1:4', tenantId: 't-1' };
  expect(teamsLink(at, { chat: '19:c@thread.tacv2', id: '12', root: '11' })).toBe(
    'http://127.0.0.1:4/l/message/19%3Ac%40thread.tacv2/12?tenantId=t-1&parentMessageId=11',
  );
  expect(teamsLink(at, { chat: 'a:1', id: '12', root: '12' })).toBe(
    'http://127.0.0.1:4/l/message/a%3A1/12?tenantId=t-1&context=%7B%22contextType%22%3A%22chat%22%7D',
  );
});
