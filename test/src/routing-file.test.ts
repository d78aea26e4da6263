import { readFileSync } from 'node:fs';
import { NO_ROUTING, routeOf } from '#domain/routing.ts';
import { loadRouting, readRouting } from '../../src/routing-file.ts';

const example = new URL('../../docs/routing.example.yml', import.meta.url);

test('the example is read, and does what it says', () => {
  const routing = readRouting(readFileSync(example, 'utf8'));
  const facts = { channel: 'C1', direct: false, groups: ['markdown/finance'], urgency: null };
  expect(routeOf(routing, { ...facts, texts: ['I am locked out, and the vpn drops'] })).toMatchObject({
    components: ['Network', 'Accounts'],
    labels: ['finance'],
    rules: ['network', 'accounts of Finance'],
  });
  expect(routeOf(routing, { ...facts, texts: ['somebody sent a phishing mail'] })).toMatchObject({
    issueType: 'Incident',
    priority: 'Highest',
    assignee: 'security@acme.example',
  });
});

test('one name stands for a list of one, and what is left out is not there', () => {
  const text = 'rules:\n  - name: all\n    labels: it\n    fields: { Cost centre: 1234 }\n';
  expect(readRouting(text)).toEqual({
    topics: {},
    priorities: {},
    rules: [{ name: 'all', when: {}, labels: ['it'], fields: { 'Cost centre': '1234' } }],
  });
});

test.each(['', '# nothing\n', 'rules: []\n'])('a file that says nothing has no rules: %j', (text) => {
  expect(readRouting(text)).toEqual(NO_ROUTING);
});

test('no file is no rules', () => {
  expect(loadRouting(null)).toEqual(NO_ROUTING);
});

test.each([
  ['what is no YAML', 'rules: [', ' - '],
  ['a list', '- a', 'expected object'],
  ['a rule without a name', 'rules:\n  - labels: it\n', 'rules.0.name'],
  ['a field that there is not', 'rules:\n  - name: a\n    component: x\n', 'component'],
  ['a condition that there is not', 'rules:\n  - name: a\n    when: { word: x }\n', 'rules.0.when'],
  ['a level that there is not', 'rules:\n  - name: a\n    when: { urgency: asap }\n', 'rules.0.when.urgency'],
  ['a priority for no level', 'priorities: { urgent: High }\n', 'priorities'],
  [
    'a topic that there is not',
    'rules:\n  - name: a\n    when: { topics: vpn }\n',
    'rule “a”: there is no topic “vpn”',
  ],
])('%s is told by its place', (_, text, sentence) => {
  expect(() => readRouting(text)).toThrow(sentence);
});

test('a file that is not there is told by the setting', () => {
  expect(() => loadRouting('/nowhere/routing.yml')).toThrow('ROUTING_FILE (/nowhere/routing.yml) cannot be used');
});
