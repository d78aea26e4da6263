/** How each decision looks: its sign, and how it is meant. */
export const outcomes = {
  answer: { icon: 'check', tone: 'good' },
  suggest: { icon: 'link', tone: 'middling' },
  ask: { icon: 'reply', tone: 'middling' },
  escalate: { icon: 'person', tone: 'person' },
  forward: { icon: 'person', tone: 'person' },
  report: { icon: 'chat', tone: 'person' },
  silent: { icon: 'pause', tone: 'plain' },
};
