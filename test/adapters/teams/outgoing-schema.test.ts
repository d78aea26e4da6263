import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { renderCardFor, renderReply } from '../../../adapters/teams/cards.ts';
import { renderDialog, renderMessageActionForm } from '../../../adapters/teams/forms.ts';
import type { Action } from '#domain/conversation.ts';
import type { ReplyPart } from '#domain/reply.ts';
import { inChannel } from './outward-doubles.ts';

const folder = path.join(process.env.FIRSTLINE_SPECS ?? '../shared/specs', 'teams');
const cardPath = path.join(folder, 'adaptive-card/1.5.0.json');
const activityPath = path.join(folder, 'botframework.schema.json');
const describeWithSpecs = existsSync(cardPath) && existsSync(activityPath) ? describe : describe.skip;

const citation = { chunkId: 'c', documentId: 'd', title: 'VPN', url: 'https://kb.example.com/vpn', section: 'Steps' };
const url = 'https://jira.example.com/browse/IT-1';
const parts: ReplyPart[] = [
  { kind: 'text', text: 'Hello <at>you</at>' },
  { kind: 'quote', markdown: '# a\n\n| b | c |\n|---|---|\n| d | e |' },
  { kind: 'said', who: 'Hannah', markdown: 'x'.repeat(100_000) },
  { kind: 'ticket', before: 'I opened ', key: 'IT-1', url, after: '.' },
  { kind: 'requests', requests: [{ key: 'IT-1', url, summary: 'VPN', standing: 'IT is working on it' }] },
  { kind: 'sources', label: 'From', citations: [citation, citation] },
  { kind: 'prompts', prompts: ['My VPN drops'] },
  { kind: 'note', text: 'Searched.' },
];
const sets: readonly { name: string; buttons: readonly Action[]; form?: Action }[] = [
  { name: 'nothing', buttons: [] },
  { name: 'an answer', buttons: ['solved', 'get-human'] },
  { name: 'a rating', buttons: ['rate-1', 'rate-2', 'rate-3', 'rate-4', 'rate-5'] },
  { name: 'a request', buttons: ['take', 'answer-here', 'mute'] },
  { name: 'a lesson', buttons: ['approve', 'edit', 'discard'] },
  { name: 'a form', buttons: [], form: 'get-human' },
  { name: 'an offer', buttons: ['continue', 'follow', 'answer-privately', 'not-yet'] },
];
/** Whom it is from and where it goes is told by the SDK. */
const addressed = {
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  from: { id: '28:app-1', name: 'Firstline' },
  recipient: { id: '29:ana', name: 'Ana' },
  conversation: { id: '19:help@thread.tacv2', name: 'help' },
};
const origin = { turnId: '42', address: inChannel };

describeWithSpecs('compared with the published schemas (skipped without FIRSTLINE_SPECS)', () => {
  const read = (file: string) => {
    const {
      $schema: _,
      id: __,
      ...schema
    } = JSON.parse(existsSync(file) ? readFileSync(file, 'utf8') : '{}') as Record<string, unknown>;
    return schema;
  };
  const ajv = new Ajv({ strict: false, logger: false });
  addFormats.default(ajv);
  const isCard = ajv.compile(read(cardPath));
  const isActivity = ajv.compile({ ...read(activityPath), $ref: '#/definitions/Activity' });
  const expectCard = (card: unknown) => {
    isCard(card);
    expect(isCard.errors ?? []).toEqual([]);
  };

  test.each(sets)('every activity with the buttons of $name is valid, and so is its card', ({ buttons, form }) => {
    const reply = { parts, buttons, ...(form === undefined ? {} : { form }) };
    const activities = (['any', 'one', 'two'] as const).flatMap((as) => renderReply(reply, origin, as));
    expect(activities.length).toBeGreaterThanOrEqual(3);
    for (const activity of activities) {
      isActivity({ ...activity, ...addressed });
      expect(isActivity.errors ?? []).toEqual([]);
      for (const { content } of (activity['attachments'] ?? []) as { content: unknown }[]) expectCard(content);
    }
    expectCard(renderCardFor(reply, origin));
  });

  test('dialogs hold valid cards', () => {
    const field = { name: 'text', label: 'Text', hint: 'Hint', optional: false } as const;
    const fields = [
      { ...field, kind: 'text', value: 'a', most: 2000 },
      { ...field, name: 'more', kind: 'choice', value: 'b', options: [{ value: 'b', label: 'B' }] },
    ] as const;
    const form = { action: 'details', title: 'Title', intro: 'Intro', fields, submit: 'Send', skip: 'Skip' } as const;
    expectCard(renderDialog(form, origin).card.content);
    expectCard(renderMessageActionForm({ summary: 'a', details: 'b' }).card.content);
  });

  test('the schemas do refuse what is not valid', () => {
    expect(
      isCard({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'a', wrapped: true }] }),
    ).toBe(false);
    expect(isActivity({ ...addressed, type: 'message', text: 7 })).toBe(false);
  });
});
