import type { Issue } from '../model.ts';
import { refusal } from '../refusal.ts';
import { type JqlField, jqlField, type Scene } from './fields.ts';
import type { Clause, Operand, Operator, Query } from './parse.ts';
import { timeOf } from './times.ts';

type Test = (issue: Issue) => boolean;
type Match = Clause & { kind: 'match' };

/** A test for issues. @throws Refusal 400 when the query names a field or a value that is not there. */
export function testOf(clause: Clause, scene: Scene): Test {
  switch (clause.kind) {
    case 'and': {
      const tests = clause.parts.map((part) => testOf(part, scene));
      return (issue) => tests.every((test) => test(issue));
    }
    case 'or': {
      const tests = clause.parts.map((part) => testOf(part, scene));
      return (issue) => tests.some((test) => test(issue));
    }
    case 'not': {
      const test = testOf(clause.part, scene);
      return (issue) => !test(issue);
    }
    case 'match':
      return matchTest(clause, jqlField(clause.field), scene);
  }
}

/** Puts issues in the order that is asked for; else newest first. */
export function inOrder(issues: readonly Issue[], orderBy: Query['orderBy'], scene: Scene): Issue[] {
  const steps = orderBy.length === 0 ? [{ field: 'created', descending: true }] : orderBy;
  const rules = steps.map(({ field, descending }) => ({ read: sortValue(field, scene), sign: descending ? -1 : 1 }));
  return issues.toSorted((a, b) => {
    for (const { read, sign } of rules) {
      const difference = compared(read(a), read(b));
      if (difference !== 0) return sign * difference;
    }
    return 0;
  });
}

function matchTest(match: Match, field: JqlField, scene: Scene): Test {
  if (match.operator === 'is' || match.operator === 'is not') return emptyTest(match, field, scene);
  switch (field.kind) {
    case 'choice':
      return choiceTest(match, field, scene);
    case 'time':
      return timeTest(match, field, scene);
    case 'text':
      return textTest(match, field);
  }
}

function emptyTest(match: Match, field: JqlField, scene: Scene): Test {
  if (match.operands[0]?.kind !== 'empty') throw notSupported(match);
  const wanted = match.operator === 'is';
  return (issue) => isEmpty(issue, field, scene) === wanted;
}

function isEmpty(issue: Issue, field: JqlField, scene: Scene): boolean {
  switch (field.kind) {
    case 'choice':
      return field.values(issue, scene).length === 0;
    case 'time':
      return field.value(issue) === null;
    case 'text':
      return field.text(issue).trim() === '';
  }
}

/** What has no value is not found by `!=` and `NOT IN`: https://support.atlassian.com/jira-software-cloud/docs/jql-operators/ */
function choiceTest(match: Match, field: JqlField & { kind: 'choice' }, scene: Scene): Test {
  if (isOneOf(match.operator, '>', '>=', '<', '<=') && /^(issue)?(key|id)?$/i.test(match.field)) {
    return keyTest(match);
  }
  if (!isOneOf(match.operator, '=', '!=', 'in', 'not in')) throw notSupported(match);
  const wanted = match.operands.map((operand) => choiceValue(operand, match, { field, scene }));
  const isNegative = isOneOf(match.operator, '!=', 'not in');
  return (issue) => {
    const values = field.values(issue, scene);
    if (values.length === 0) return !isNegative && wanted.includes(null);
    const has = wanted.some((one) => one !== null && values.includes(one));
    return has !== isNegative;
  };
}

function choiceValue(
  operand: Operand,
  match: Match,
  { field, scene }: { field: JqlField & { kind: 'choice' }; scene: Scene },
): string | null {
  if (operand.kind === 'empty') return null;
  if (operand.kind === 'function') {
    if (operand.name === 'currentuser') return scene.actor.accountId;
    throw refusal(400, [`Unable to find JQL function '${operand.name}()'.`]);
  }
  const value = field.resolve(operand.text, scene);
  if (value !== undefined) return value;
  const isKey = /^(issue)?(key|id)?$/i.test(match.field);
  throw refusal(400, [
    isKey
      ? `An issue with key '${operand.text}' does not exist for field '${match.field}'.`
      : `The value '${operand.text}' does not exist for the field '${match.field}'.`,
  ]);
}

function keyTest({ operator, operands: [operand] }: Match): Test {
  const bound = operand?.kind === 'text' ? numberOf(operand.text) : Number.NaN;
  return ({ key }) => holds(operator, numberOf(key) - bound);
}

function timeTest(match: Match, field: JqlField & { kind: 'time' }, scene: Scene): Test {
  const [operand] = match.operands;
  if (operand === undefined || isOneOf(match.operator, '~', '!~', 'in', 'not in')) throw notSupported(match);
  const bound = timeOf(operand, match.field, scene.now);
  return (issue) => {
    const value = field.value(issue);
    return value !== null && holds(match.operator, Date.parse(value) - bound);
  };
}

/** Every word has to be there; `*` at its end stands for any ending. */
function textTest(match: Match, field: JqlField & { kind: 'text' }): Test {
  const [operand] = match.operands;
  if (operand?.kind !== 'text' || !isOneOf(match.operator, '~', '!~')) throw notSupported(match);
  const phrase = /^"(.*)"$/s.exec(operand.text)?.[1];
  const wanted = (phrase === undefined ? operand.text.split(/\s+/) : [phrase]).filter((word) => word !== '');
  const patterns = wanted.map(wordPattern);
  return (issue) => {
    const text = field.text(issue);
    return patterns.every((pattern) => pattern.test(text)) === (match.operator === '~');
  };
}

function wordPattern(word: string): RegExp {
  const literal = word.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&').replaceAll('*', '[\\p{L}\\p{N}]*');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'iu');
}

function sortValue(name: string, scene: Scene): (issue: Issue) => string | number | null {
  const field = jqlField(name);
  switch (field.kind) {
    case 'choice':
      if (/^(issue)?(key|id)?$/i.test(name)) return ({ key }) => numberOf(key);
      return (issue) => field.values(issue, scene)[0] ?? null;
    case 'time':
      return (issue) => field.value(issue);
    case 'text':
      return (issue) => field.text(issue).toLowerCase();
  }
}

/** What has no value comes last. */
function compared(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

const comparisons: Readonly<Partial<Record<Operator, (difference: number) => boolean>>> = {
  '=': (difference) => difference === 0,
  '!=': (difference) => difference !== 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
};

function holds(operator: Operator, difference: number): boolean {
  return comparisons[operator]?.(difference) ?? false;
}

function numberOf(key: string): number {
  return Number(key.split('-').at(-1));
}

function isOneOf(operator: Operator, ...operators: Operator[]): boolean {
  return operators.includes(operator);
}

function notSupported({ operator, field }: Match): Error {
  return refusal(400, [`The operator '${operator}' is not supported by the '${field}' field.`]);
}
