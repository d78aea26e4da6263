import type { Conversation, Turn } from '#domain/conversation.ts';
import { earlierWords } from '#domain/earlier-words.ts';
import { bareTurn } from './bare-turn.ts';

const at = new Date('2026-03-01T09:00:00Z');
const requester = { ...bareTurn, author: 'requester', personRef: 'slack/T1/ann', text: '', at } as const;

function conversation(turns: readonly Partial<Turn>[], handledThrough: string): Conversation {
  return {
    id: '1',
    name: 'c1',
    version: 1,
    requesterRef: 'slack/T1/ann',
    place: 'direct',
    ticket: null,
    address: { platform: 'slack', ref: 'T1/C1/1' },
    handledThrough,
    turns: turns.map((turn, index) => ({ ...requester, id: `t${index}`, ...turn })),
  };
}

test('what was said before, by whom, without what waits, was withdrawn, or is only a press', () => {
  const turns = [
    { text: 'my vpn drops' },
    { text: 'Restart it.', author: 'bot', personRef: null },
    { text: 'never mind', withdrawn: true },
    { text: '', action: 'not-yet' },
    { text: 'We look into it.', author: 'agent' },
    { text: 'in the triage channel', author: 'agent', stage: 'triage' },
    { text: 'and on linux?' },
  ] satisfies readonly Partial<Turn>[];
  expect(earlierWords(conversation(turns, 't5'))).toEqual([
    { by: 'requester', text: 'my vpn drops' },
    { by: 'helpdesk', text: 'Restart it.' },
    { by: 'helpdesk', text: 'We look into it.' },
  ]);
});

test('the last six, whole: they are cut when nothing personal is in them any more', () => {
  const turns = Array.from({ length: 9 }, (_, index) => ({ text: `${index} ${'x'.repeat(900)}` }));
  const words = earlierWords(conversation(turns, 't7'));
  expect(words.map(({ text }) => text)).toEqual(turns.slice(2, 8).map(({ text }) => text));
});

test('nothing is earlier than the first', () => {
  expect(earlierWords(conversation([{ text: 'my vpn drops' }], ''))).toEqual([]);
});
