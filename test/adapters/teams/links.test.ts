import { createLinks, linkOf } from '../../../adapters/teams/links.ts';
import { inChannel, inPersonal, settings, tenantId } from './outward-doubles.ts';

const links = createLinks({ settings });
const site = 'https://teams.microsoft.com/l/message';
const channelId = '19%3Ahelp%40thread.tacv2';
const inThread = `?tenantId=${tenantId}&parentMessageId=1700000000001`;
const inChat = `?tenantId=${tenantId}&context=%7B%22contextType%22%3A%22chat%22%7D`;

test.each([
  ['a thread', inChannel, `${site}/${channelId}/1700000000001${inThread}`],
  ['a chat', inPersonal, `${site}/a%3Aana/1700000000001${inChat}`],
  [
    'a conversation that a form has opened',
    { platform: 'teams', ref: `${tenantId}/a%3Aana/ext-1` },
    `https://teams.microsoft.com/l/chat/a%3Aana/0?tenantId=${tenantId}`,
  ],
] as const)('%s has a link', async (_, address, link) => {
  expect(await links.permalink(address)).toBe(link);
});

test('a link to a message is read, and made again at the same site', async () => {
  const link = `https://teams.example/app/l/message/${channelId}/1700000000009${inThread}&groupId=g&teamName=IT`;
  const read = await links.messageOf(link);
  expect(read).toEqual({
    address: inChannel,
    messageId: `teams/${tenantId}/${channelId}/1700000000009`,
    postRefStart: `teams/${channelId}/1700000000009`,
  });
  const again = linkOf({ address: inChannel, messageId: read?.messageId ?? null, postRef: null }, link);
  expect(again).toBe(`https://teams.example/app/l/message/${channelId}/1700000000009${inThread}`);
  expect(await links.messageOf(again ?? '')).toEqual(read);
});

test('a link to a post of ours names its first activity', async () => {
  const postRef = `teams/${channelId}/1700000000005+1700000000006/42`;
  const link = linkOf({ address: inChannel, messageId: null, postRef }, `${site}/x/1`) ?? '';
  expect(link).toBe(`${site}/${channelId}/1700000000005${inThread}`);
  expect(postRef.startsWith((await links.messageOf(link))?.postRefStart ?? 'none')).toBe(true);
  expect(linkOf({ address: inChannel, messageId: null, postRef: null }, link)).toBeNull();
});

test('in a chat a message is looked for by itself', async () => {
  expect(await links.messageOf(`${site}/a:ana/1700000000007?context=%7B%22contextType%22%3A%22chat%22%7D`)).toEqual({
    address: { platform: 'teams', ref: `${tenantId}/a%3Aana/1700000000007` },
    messageId: `teams/${tenantId}/a%3Aana/1700000000007`,
    postRefStart: 'teams/a%3Aana/1700000000007',
  });
});

test.each([
  'no link',
  'javascript:alert(1)/l/message/a/1',
  'https://teams.microsoft.com/l/chat/19%3Ax/0',
  `${site}/19%3Ax/abc`,
  `${site}/19%3Ax%2Fy/1`,
  `${site}/%E0%A4%A/1`,
  `${site}/19%3Ax/1?tenantId=a%2Fb`,
  `${site}/19%3Ax/1?parentMessageId=x`,
])('%s is no link to a message', async (link) => {
  expect(await links.messageOf(link)).toBeNull();
});

test('only channels have threads', () => {
  expect([inChannel, inPersonal].map(links.hasNoThreads)).toEqual([false, true]);
  expect([inChannel, inPersonal].map(links.channelOf)).toEqual(['19:help@thread.tacv2', 'a:ana']);
});
