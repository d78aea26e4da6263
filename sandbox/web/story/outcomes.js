/** How each decision looks: its sign, and how it is meant. */
export const outcomes = {
  answer: { icon: 'check', tone: 'good' },
  suggest: { icon: 'link', tone: 'middling' },
  ask: { icon: 'reply', tone: 'middling' },
  escalate: { icon: 'person', tone: 'person' },
  forward: { icon: 'person', tone: 'person' },
  report: { icon: 'chat', tone: 'person' },
  'offer-private': { icon: 'lock', tone: 'middling' },
  'offer-follow': { icon: 'link', tone: 'middling' },
  follow: { icon: 'link', tone: 'good' },
  reopen: { icon: 'back', tone: 'person' },
  close: { icon: 'check', tone: 'good' },
  triage: { icon: 'inbox', tone: 'person' },
  lesson: { icon: 'book', tone: 'person' },
  agent: { icon: 'person', tone: 'person' },
  silent: { icon: 'pause', tone: 'plain' },
};
