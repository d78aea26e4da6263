import { NO_ROUTE, NO_ROUTING, type RouteFacts, type Routing, routeOf, type RouteRule } from '#domain/routing.ts';

const facts: RouteFacts = {
  texts: ['the printers on floor 2 are jammed'],
  channel: 'C04HLP2T9QK',
  channelName: 'it-help',
  direct: false,
  groups: ['confluence/finance'],
  urgency: null,
};
const urgent = { level: 'high', kind: 'stopped', because: 'Work is at a standstill: “x”.' } as const;

function routing(...rules: readonly RouteRule[]): Routing {
  return {
    topics: { printing: ['printer', 'label roll'], access: ['access', 'permission'] },
    rules,
    priorities: { critical: 'Highest', high: 'High' },
  };
}

test('without rules everything is as the settings say', () => {
  expect(routeOf(NO_ROUTING, facts)).toEqual(NO_ROUTE);
});

test('the first rule that sets a field wins, lists add up, and the rules are named', () => {
  const route = routeOf(
    routing(
      {
        name: 'printers',
        when: { topics: ['printing'] },
        components: ['Print'],
        labels: ['print'],
        fields: { a: '1' },
      },
      { name: 'no', when: { words: ['salesforce'] }, project: 'CRM' },
      {
        name: 'finance',
        when: { groups: ['confluence/Finance'] },
        project: 'FIN',
        labels: ['print', 'vip'],
        fields: { a: '2', b: '3' },
      },
      { name: 'rest', when: {}, project: 'IT', issueType: 'Task', requestType: '10', assignee: 'a@b.example' },
    ),
    facts,
  );
  expect(route).toEqual({
    project: 'FIN',
    issueType: 'Task',
    requestType: '10',
    components: ['Print'],
    priority: null,
    labels: ['print', 'vip'],
    assignee: 'a@b.example',
    fields: { a: '1', b: '3' },
    rules: ['printers', 'finance', 'rest'],
  });
});

test.each<[string, RouteRule['when'], Partial<RouteFacts>, boolean]>([
  ['words as they are said', { words: ['jammed'] }, {}, true],
  ['a plural for a singular', { words: ['printer'] }, {}, true],
  ['a singular for a plural', { words: ['floors'] }, {}, true],
  ['a phrase', { words: ['Floor 2'] }, {}, true],
  ['no part of a word', { words: ['print'] }, {}, false],
  ['words that are not said', { words: ['vpn', 'laptop'] }, {}, false],
  ['one of several words', { words: ['vpn', 'jammed'] }, {}, true],
  ['a topic by its words', { topics: ['access', 'printing'] }, {}, true],
  ['a topic that is not asked about', { topics: ['access'] }, {}, false],
  ['a topic that is known otherwise', { topics: ['access'] }, { topics: ['access'] }, true],
  ['a topic that there is not', { topics: ['cooking'] }, {}, false],
  ['a channel by its id', { channels: ['C04HLP2T9QK'] }, {}, true],
  ['a channel by its name', { channels: ['#IT-Help'] }, {}, true],
  ['another channel', { channels: ['general'] }, {}, false],
  ['a channel whose name is not known', { channels: ['it-help'] }, { channel: 'C1', channelName: null }, false],
  ['direct messages', { channels: ['direct'] }, { direct: true, channel: 'D1' }, true],
  ['a channel is not direct', { channels: ['direct'] }, {}, false],
  ['no channel', { channels: ['general', ''] }, { channel: null, channelName: null }, false],
  ['a group', { groups: ['notion/x', 'confluence/finance'] }, {}, true],
  ['a group of another source', { groups: ['markdown/finance'] }, {}, false],
  ['an urgency', { urgency: ['critical', 'high'] }, { urgency: urgent }, true],
  ['another urgency', { urgency: ['critical'] }, { urgency: urgent }, false],
  ['nothing urgent is normal', { urgency: ['normal'] }, {}, true],
  ['all of several conditions', { words: ['jammed'], groups: ['confluence/finance'] }, {}, true],
  ['not all of several conditions', { words: ['jammed'], groups: ['confluence/hr'] }, {}, false],
  ['a condition that names nothing', { words: [] }, {}, false],
])('a rule for %s', (_, when, changed, holds) => {
  const { rules } = routeOf(routing({ name: 'rule', when }), { ...facts, ...changed });
  expect(rules).toEqual(holds ? ['rule'] : []);
});

test.each<[string, RouteFacts['urgency'], RouteRule[], string | null]>([
  ['the urgency’s', urgent, [], 'High'],
  ['none without urgency', null, [], null],
  ['none for a level without one', { ...urgent, level: 'low' }, [], null],
  ['the rule’s', urgent, [{ name: 'r', when: {}, priority: 'Medium' }], 'Medium'],
  ['not that of a rule that leaves it open', urgent, [{ name: 'r', when: {}, priority: null }], 'High'],
])('the priority is %s', (_, urgency, rules, expected) => {
  expect(routeOf(routing(...rules), { ...facts, urgency }).priority).toBe(expected);
});
