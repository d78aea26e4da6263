import type { Draft, DraftSentence, ShownPassage } from '#domain/draft/draft.ts';

/** A page as people write it: steps, a table, code, addresses. */
export const SCANNER: ShownPassage = {
  id: 'P1',
  title: 'Scan to a folder',
  headings: ['From the big scanner'],
  text: [
    'Use this for anything above 20 MB. Do not scan contracts to a folder.',
    '',
    '1. Badge in and choose **Scan**, **To folder**.',
    '2. Pick your department. The list shows only folders set up for scanning.',
    '3. Press **Start** and wait two minutes.',
    '',
    'Missing your department? Raise a ticket at https://help.acme.example with the folder, or write to scans@acme.example or call +44 113 496 0123.',
    '',
    '| Office | Host | Opens |',
    '|---|---|---|',
    '| Leeds | `scan-lee.acme.example` | 08:00 |',
    '| Lisbon | `scan-lis.acme.example` | 09:30 |',
    '',
    '```',
    'sudo scanctl reset --queue all',
    '```',
    '',
    'Your manager may extend the limit. You must sign in again after 14 days.',
  ].join('\n'),
};

export const PRINTER: ShownPassage = {
  id: 'P2',
  title: 'Paper jams',
  headings: [],
  text: 'Open the front door of the printer and pull the paper out slowly. Never use a knife.\n\nSee [Toner](https://wiki.acme.example/toner) for empty cartridges.',
};

export const QUESTION = 'How do I scan to a folder of my department?';

/** A sentence that rests on a quote of the first passage. */
export function said(text: string, quote: string, passage = 'P1'): DraftSentence {
  return { text, support: [{ passage, quote }] };
}

export function answer(...sentences: readonly DraftSentence[]): Draft {
  return { outcome: 'answer', language: 'en', sentences, question: '', sure: 0.9 };
}
