import { excludedTopicIn as phraseIn } from './question.ts';
import type { Urgency, UrgencyLevel } from './urgency.ts';

/** Where a request goes and what is set on it. Null: as the settings say for all. Names are the ticket system's own. */
export interface Route {
  readonly project: string | null;
  readonly issueType: string | null;
  /** Of a service desk; null: an ordinary issue, or as the settings say. */
  readonly requestType: string | null;
  readonly components: readonly string[];
  readonly priority: string | null;
  readonly labels: readonly string[];
  /** E-mail of who gets it. */
  readonly assignee: string | null;
  /** Values of further fields, by the field's id or name. */
  readonly fields: Readonly<Record<string, string>>;
  /** Names of the rules that set it, in order: said in the ticket. */
  readonly rules: readonly string[];
}

/** What a rule may ask for; all that it names must hold. */
export interface RouteCondition {
  /** Names of topics, of which one must be asked about. */
  readonly topics?: readonly string[];
  /** Words or phrases, of which one must be said. */
  readonly words?: readonly string[];
  /** The platform's ids or names of channels; `direct` for direct messages. */
  readonly channels?: readonly string[];
  /** Groups, as `source/group`, of which the requester must be in one. */
  readonly groups?: readonly string[];
  readonly urgency?: readonly UrgencyLevel[];
}
export interface RouteRule extends Partial<Omit<Route, 'rules'>> {
  readonly name: string;
  readonly when: RouteCondition;
}
export interface Routing {
  /** By name, the words or phrases that tell it. */
  readonly topics: Readonly<Record<string, readonly string[]>>;
  readonly rules: readonly RouteRule[];
  /** Names of priorities in the ticket system. */
  readonly priorities: Readonly<Partial<Record<UrgencyLevel, string>>>;
}

/** What the rules are asked about. */
export interface RouteFacts {
  /** What the requester said. */
  readonly texts: readonly string[];
  /** Names of topics known otherwise; those that the texts tell are found anyway. */
  readonly topics?: readonly string[];
  /** The platform's id of the channel where it was asked; null when it is not known. */
  readonly channel: string | null;
  /** The channel's name; null or left out when it is not known. */
  readonly channelName?: string | null;
  /** Asked in direct messages. */
  readonly direct: boolean;
  /** The requester's groups, as `source/group`. */
  readonly groups: readonly string[];
  readonly urgency: Urgency | null;
}

/** No rules: everything goes where the settings say. */
export const NO_ROUTING: Routing = { topics: {}, rules: [], priorities: {} };

/** As the settings say for all. */
export const NO_ROUTE: Route = {
  project: null,
  issueType: null,
  requestType: null,
  components: [],
  priority: null,
  labels: [],
  assignee: null,
  fields: {},
  rules: [],
};

/**
 * Where a request goes. Of a field with one value (each of `fields` by itself) the first rule that sets it wins; labels
 * and components of all rules that hold add up. The priority is the urgency's unless a rule sets one.
 */
export function routeOf(routing: Routing, facts: RouteFacts): Route {
  const text = facts.texts.join('\n');
  const topics = new Set(facts.topics);
  for (const [topic, phrases] of Object.entries(routing.topics)) {
    if (phraseIn(text, phrases) !== null) topics.add(topic);
  }
  const rules = routing.rules.filter(({ when }) => holds(when, { ...facts, text, topics }));
  const level = facts.urgency?.level;
  return {
    project: firstOf(rules, ({ project }) => project),
    issueType: firstOf(rules, ({ issueType }) => issueType),
    requestType: firstOf(rules, ({ requestType }) => requestType),
    components: unique(rules.flatMap(({ components = [] }) => components)),
    priority:
      firstOf(rules, ({ priority }) => priority) ?? (level === undefined ? null : (routing.priorities[level] ?? null)),
    labels: unique(rules.flatMap(({ labels = [] }) => labels)),
    assignee: firstOf(rules, ({ assignee }) => assignee),
    // What comes later in a list of entries wins, so the first rule stands last.
    fields: Object.fromEntries(rules.toReversed().flatMap(({ fields = {} }) => Object.entries(fields))),
    rules: rules.map(({ name }) => name),
  };
}

interface Asked extends Omit<RouteFacts, 'topics'> {
  readonly text: string;
  readonly topics: ReadonlySet<string>;
}

function holds(when: RouteCondition, facts: Asked): boolean {
  return (
    isNamed(when.topics, (topic) => facts.topics.has(topic)) &&
    (when.words === undefined || phraseIn(facts.text, when.words) !== null) &&
    isNamed(when.channels, (channel) => isChannel(channel, facts)) &&
    isNamed(when.groups, (group) => facts.groups.some((own) => isSame(own, group))) &&
    isNamed(when.urgency, (level) => level === (facts.urgency?.level ?? 'normal'))
  );
}

/** A condition that is not set holds; one that names nothing never does. */
function isNamed<T>(named: readonly T[] | undefined, isOne: (one: T) => boolean): boolean {
  return named === undefined || named.some(isOne);
}

function isChannel(named: string, { channel, channelName, direct }: Asked): boolean {
  if (isSame(named, 'direct')) return direct;
  return [channel, channelName].some((own) => isSame(own ?? '', named.replace(/^#/, '')));
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase() && one.trim() !== '';
}

function firstOf(rules: readonly RouteRule[], valueOf: (rule: RouteRule) => string | null | undefined): string | null {
  return rules.map(valueOf).find((value) => value !== undefined && value !== null) ?? null;
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
