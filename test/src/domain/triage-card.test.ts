import type { Conversation, Turn } from '#domain/conversation.ts';
import type { Handover } from '#domain/handover.ts';
import { NO_ROUTING } from '#domain/routing.ts';
import { triageCard } from '#domain/triage-card.ts';
import { bareTurn } from './bare-turn.ts';

const at = new Date('2026-03-01T09:00:00Z');

function handoverOf(...turns: readonly Partial<Turn>[]): Handover {
  const conversation: Conversation = {
    id: '7',
    name: 'c0ffee',
    address: { platform: 'slack', ref: 'T1/D1/1' },
    place: 'direct',
    requesterRef: 'slack/T1/U1',
    handledThrough: '1',
    version: 0,
    ticket: null,
    turns: turns.map((turn, index) => {
      return { ...bareTurn, id: `${index + 1}`, author: 'requester', personRef: 'slack/T1/U1', text: '', at, ...turn };
    }),
  };
  return {
    conversation,
    ticket: {
      name: 'c0ffee',
      reason: 'unsure',
      throughTurnId: '1',
      continues: null,
      triedAt: null,
      mayCreate: true,
    },
    requester: { ref: 'slack/T1/U1', name: 'Inês', email: 'ines@x.example', outsider: false, bot: false },
    names: new Map([['slack/T1/U1', 'Inês']]),
    permalink: 'https://slack.example/p1',
    channel: 'D1',
    groups: [],
    routing: NO_ROUTING,
    answerAt: 0.95,
    limits: { largestBytes: 1_000_000, refusedTypes: ['exe'] },
  };
}

test('a request in few words: what, whose, why, and where it is', () => {
  expect(triageCard(handoverOf({ text: 'my  vpn\ndrops' }))).toEqual({
    summary: 'my vpn drops',
    requester: 'Inês',
    why: 'The documents do not answer the question surely enough.',
    urgency: '',
    thread: '', // a direct message, which nobody else can open
    takenBy: null,
    mutedBy: null,
  });
});

test('the summary is the ticket’s: as the requester has put it in the form', () => {
  const values = { summary: 'VPN drops every hour', tried: '', device: '', urgency: 'normal' };
  expect(triageCard(handoverOf({ text: 'my vpn drops' }, { action: 'details', values })).summary).toBe(
    'VPN drops every hour',
  );
});

test('what is urgent says how, and by which words', () => {
  const { urgency } = triageCard(handoverOf({ text: 'my laptop was stolen on the train' }));
  expect(urgency).toMatch(/^Urgency: critical\. .*stolen/);
});
