import { pageMessages, seenBy } from '../../../sandbox/page/teams-messages.ts';
import type { TeamsMessage } from '../../../sandbox/teams/contract.ts';
import { cardOf, cardType } from './teams-desk.ts';

const known = { botUserId: '28:app', fileOf: () => null };

function message(part: Partial<TeamsMessage> & { id: string }): TeamsMessage {
  return { from: 'U1', text: '', textFormat: 'html', attachments: [], entities: [], ...part };
}

function textOf(part: Partial<TeamsMessage>): string | undefined {
  return pageMessages([message({ id: '1700000011000', ...part })], known)[0]?.text;
}

const mention = '<span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="0">Firstline</span>';
const quote =
  '<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="1">\r\n<strong>Ben</strong>\r\n<p itemprop="preview">hello</p>\r\n</blockquote>\r\n';

test.each<readonly [string, Partial<TeamsMessage>, string]>([
  ["a person's mention", { text: `<p>${mention} my vpn</p>` }, '@Firstline my vpn'],
  ['a quoted message is no part of the words', { text: `${quote}<p>and now?</p>` }, 'and now?'],
  ['signs, tags that were typed, and lines', { text: '<p>a &lt;b&gt; &amp;amp; c<br>d</p>' }, 'a <b> &amp; c\nd'],
  ['Markdown', { text: '**Quit** [VPN](https://w/(1)) `x` 2\\*3', textFormat: 'markdown' }, 'Quit VPN x 2*3'],
  ['plain text as it is', { text: '<b>**x**', textFormat: 'plain' }, '<b>**x**'],
  ["a card's summary", { summary: 'IT-3 is open', attachments: [cardOf('x', '1')] }, 'IT-3 is open'],
  ["a card's own words", { attachments: [cardOf('**Did** it help?', '1')] }, 'Did it help?'],
])('the plain text: %s', (_, part, text) => {
  expect(textOf(part)).toBe(text);
});

test('a thread tells of its replies, without those that were deleted', () => {
  const messages = [
    message({ id: '1700000011000' }),
    message({ id: '1700000012000', threadId: '1700000011000', from: null }),
    message({ id: '1700000013000', threadId: '1700000011000', from: 'U2' }),
    message({ id: '1700000014000', threadId: '1700000011000', deleted: true }),
    message({ id: '1700000015000' }),
  ];
  const [first, , , gone, alone] = pageMessages(messages, known);
  expect(first).toMatchObject({
    ts: '1700000011.000000',
    thread_ts: '1700000011.000000',
    reply_count: 2,
    reply_users: ['28:app', 'U2'],
    latest_reply: '1700000013.000000',
  });
  expect(gone).toMatchObject({ thread_ts: '1700000011.000000', subtype: 'tombstone', teams: { text: '' } });
  expect(alone).not.toHaveProperty('thread_ts');
});

test('of a deleted message nothing is left', () => {
  const [gone] = pageMessages([message({ id: '1', text: 'secret', deleted: true })], known);
  expect(JSON.stringify(gone)).not.toContain('secret');
});

test('only who pressed sees the card that came back, in the place of the old one', () => {
  const old = cardOf('Did it help?', '7');
  const done = { type: 'AdaptiveCard', version: '1.5', body: [] };
  const kept = message({ id: '1700000011000', from: null, attachments: [old], cardsFor: { U1: done } });
  const [page] = pageMessages([kept], known);
  expect(seenBy('U1', page!, kept).teams?.attachments).toEqual([{ contentType: cardType, content: done }]);
  expect(seenBy('U2', page!, kept).teams?.attachments).toEqual([old]);
  expect(page?.bot_id).toBe('28:app');
});
