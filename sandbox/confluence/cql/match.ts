import { badRequest } from '../refusal.ts';
import { type CqlField, cqlField, type Indexed, type Scene } from './fields.ts';
import type { Clause, Match, Operand, Operator, Query } from './parse.ts';
import { minuteOf, minuteOfTime } from './times.ts';

type Test = (entry: Indexed) => boolean;

/** A test for content. @throws Refusal 400 for a field, operator or value that is not there. */
export function testOf(clause: Clause, scene: Scene): Test {
  switch (clause.kind) {
    case 'and': {
      const tests = clause.parts.map((part) => testOf(part, scene));
      return (entry) => tests.every((test) => test(entry));
    }
    case 'or': {
      const tests = clause.parts.map((part) => testOf(part, scene));
      return (entry) => tests.some((test) => test(entry));
    }
    case 'not': {
      const test = testOf(clause.part, scene);
      return (entry) => !test(entry);
    }
    case 'match':
      return matchTest(clause, scene);
  }
}

const sortable = ['created', 'lastmodified', 'id', 'space', 'title', 'type'];

/** Puts content in the order that is asked for; else in that of the ids. @throws Refusal 400. */
export function inOrder(entries: readonly Indexed[], orderBy: Query['orderBy'], scene: Scene): Indexed[] {
  const rules = orderBy.map(({ field, descending }) => {
    if (!sortable.includes(field)) throw badRequest(`Field is not sortable: ${field}`);
    return { read: sortValue(field, scene), sign: descending ? -1 : 1 };
  });
  return entries.toSorted((a, b) => {
    for (const { read, sign } of rules) {
      const [first, second] = [read(a), read(b)];
      if (first !== second) return first < second ? -sign : sign;
    }
    return Number(a.content.id) - Number(b.content.id);
  });
}

function sortValue(name: string, scene: Scene): (entry: Indexed) => string | number {
  const field = cqlField(name);
  if (name === 'id') return ({ content }) => Number(content.id);
  if (field.kind === 'time') return (entry) => field.value(entry);
  return (entry) => (field.kind === 'choice' ? (field.values(entry, scene)[0] ?? '') : '');
}

function matchTest(match: Match, scene: Scene): Test {
  const field = cqlField(match.field);
  switch (field.kind) {
    case 'choice':
      if (field.isText === true && isOneOf(match.operator, '~', '!~')) {
        return textTest(match, (entry) => field.values(entry, scene)[0] ?? '');
      }
      return choiceTest(match, field, scene);
    case 'time':
      return timeTest(match, field, scene);
    case 'text':
      return textTest(match, (entry) => field.text(entry));
  }
}

function choiceTest(match: Match, field: CqlField & { kind: 'choice' }, scene: Scene): Test {
  if (!isOneOf(match.operator, '=', '!=', 'in', 'not in')) throw notSupported(match);
  const wanted = new Set(match.operands.map((operand) => choiceValue(operand, field, scene)));
  const isNegative = isOneOf(match.operator, '!=', 'not in');
  return (entry) => field.values(entry, scene).some((value) => wanted.has(value)) !== isNegative;
}

function choiceValue(operand: Operand, field: CqlField & { kind: 'choice' }, scene: Scene): string {
  if (operand.kind === 'function') {
    if (operand.name === 'currentuser') return scene.actor.accountId;
    throw badRequest(`No function exists with name: ${operand.name}`);
  }
  if (field.isContent !== true || /^\d+$/.test(operand.text)) return operand.text.toLowerCase();
  throw badRequest(`Invalid content id: ${operand.text}`);
}

/** Both are whole minutes: what is of the same minute is neither before nor after. */
function timeTest(match: Match, field: CqlField & { kind: 'time' }, scene: Scene): Test {
  const compare = comparisons[match.operator];
  const [operand] = match.operands;
  if (compare === undefined || operand === undefined) throw notSupported(match);
  const bound = minuteOf(operand, scene);
  return (entry) => compare(minuteOfTime(Date.parse(field.value(entry))) - bound);
}

/** Every word has to be there; `*` at its end stands for any ending. */
function textTest(match: Match, text: (entry: Indexed) => string): Test {
  const [operand] = match.operands;
  if (operand?.kind !== 'text' || !isOneOf(match.operator, '~', '!~')) throw notSupported(match);
  const phrase = /^"(.*)"$/s.exec(operand.text)?.[1];
  const wanted = (phrase === undefined ? operand.text.split(/\s+/) : [phrase]).filter((word) => word !== '');
  const patterns = wanted.map(wordPattern);
  return (entry) => {
    const searched = text(entry);
    return patterns.every((pattern) => pattern.test(searched)) === (match.operator === '~');
  };
}

function wordPattern(word: string): RegExp {
  const literal = word.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&').replaceAll('*', '[\\p{L}\\p{N}]*');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'iu');
}

const comparisons: Readonly<Partial<Record<Operator, (difference: number) => boolean>>> = {
  '=': (difference) => difference === 0,
  '!=': (difference) => difference !== 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
};

function isOneOf(operator: Operator, ...operators: Operator[]): boolean {
  return operators.includes(operator);
}

function notSupported({ operator, field }: Match): Error {
  return badRequest(`Operator ${operator} is not supported for field: ${field}`);
}
