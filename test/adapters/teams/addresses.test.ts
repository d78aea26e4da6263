import {
  fromAddress,
  fromChatRef,
  fromMessageId,
  fromPersonRef,
  fromPostRef,
  isChannel,
  messageIdOf,
  personRef,
  postRefStart,
  toAddress,
  toChatRef,
  toPostRef,
} from '../../../adapters/teams/addresses.ts';

const tenantId = 'tenant-1';
const chatId = '19:a/b%c@thread.tacv2';

test('what is written is read again', () => {
  const place = { tenantId, chatId, root: '1700000000000' };
  expect(fromAddress(toAddress(place))).toEqual(place);
  expect(fromChatRef(toChatRef({ tenantId, chatId }))).toEqual({ tenantId, chatId });
  const message = { tenantId, chatId, activityId: '1700000000001' };
  expect(fromMessageId(messageIdOf(message))).toEqual(message);
  expect(fromPersonRef(personRef(tenantId, 'aad-1'))).toEqual({ tenantId, aadObjectId: 'aad-1' });
  for (const cardId of [null, '1700000000002']) {
    const post = { chatId, activityId: '1700000000001', cardId, turnId: 'a/7' };
    expect(fromPostRef(toPostRef(post))).toEqual(post);
    expect(toPostRef(post).startsWith(postRefStart(chatId, '1700000000001'))).toBe(true);
  }
});

test('what cannot be read names nothing', () => {
  expect(fromAddress({ platform: 'teams', ref: 't/%E0%A4%A/1' }).chatId).toBe('');
  expect(fromAddress({ platform: 'teams', ref: '' })).toEqual({ tenantId: '', chatId: '', root: '' });
});

test.each([
  ['19:abc@thread.tacv2', true],
  ['19:abc@thread.skype', true],
  ['19:abc@thread.v2', false],
  ['19:meeting_abc@thread.v2', false],
  ['a:abc', false],
  ['a:abc@thread.tacv2/x', false],
])('%s has threads: %s', (id, has) => {
  expect(isChannel(id)).toBe(has);
});
