import { refusal } from '../refusal.ts';
import { type Token, tokensOf } from './tokens.ts';

export type Operator = '=' | '!=' | '~' | '!~' | '>' | '>=' | '<' | '<=' | 'in' | 'not in' | 'is' | 'is not';

/** A value, a call such as `startOfDay("-1d")`, or EMPTY. */
export type Operand =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'function'; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'empty' };

export type Clause =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Clause[] }
  | { readonly kind: 'not'; readonly part: Clause }
  | {
      readonly kind: 'match';
      readonly field: string;
      readonly operator: Operator;
      readonly operands: readonly Operand[];
    };

export interface Query {
  /** Null: everything. */
  readonly where: Clause | null;
  readonly orderBy: readonly { readonly field: string; readonly descending: boolean }[];
}

/**
 * Reads JQL: fields, operators, functions, AND, OR, NOT, parentheses, IN, IS and ORDER BY; not WAS and CHANGED.
 * https://support.atlassian.com/jira-software-cloud/docs/use-advanced-search-with-jira-query-language-jql/
 *
 * @throws Refusal 400 with what is wrong.
 */
export function parseJql(jql: string): Query {
  const reader = createReader(tokensOf(jql));
  const where = reader.isEnd() || reader.isKeyword('order') ? null : readOr(reader);
  const orderBy = reader.isKeyword('order') ? readOrderBy(reader) : [];
  if (!reader.isEnd()) throw unexpected(reader, "either 'OR' or 'AND'");
  return { where, orderBy };
}

interface Reader {
  peek(): Token;
  next(): Token;
  isEnd(): boolean;
  isSymbol(...texts: string[]): boolean;
  isKeyword(...words: string[]): boolean;
}

function createReader(tokens: readonly Token[]): Reader {
  let position = 0;
  const peek = () => tokens[position] ?? { kind: 'end', text: '' };
  return {
    peek,
    next() {
      const token = peek();
      position += 1;
      return token;
    },
    isEnd: () => peek().kind === 'end',
    isSymbol: (...texts) => peek().kind === 'symbol' && texts.includes(peek().text),
    isKeyword: (...words) => peek().kind === 'word' && words.includes(peek().text.toLowerCase()),
  };
}

function readOr(reader: Reader): Clause {
  const parts = [readAnd(reader)];
  while (reader.isKeyword('or') || reader.isSymbol('|', '||')) {
    reader.next();
    parts.push(readAnd(reader));
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'or', parts };
}

function readAnd(reader: Reader): Clause {
  const parts = [readNot(reader)];
  while (reader.isKeyword('and') || reader.isSymbol('&', '&&')) {
    reader.next();
    parts.push(readNot(reader));
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'and', parts };
}

function readNot(reader: Reader): Clause {
  if (reader.isKeyword('not') || reader.isSymbol('!')) {
    reader.next();
    return { kind: 'not', part: readNot(reader) };
  }
  if (!reader.isSymbol('(')) return readMatch(reader);
  reader.next();
  const inner = readOr(reader);
  expectSymbol(reader, ')');
  return inner;
}

function readMatch(reader: Reader): Clause {
  if (!['word', 'quoted'].includes(reader.peek().kind)) throw unexpected(reader, 'a field name');
  const field = reader.next().text;
  const operator = readOperator(reader);
  const operands = operator === 'in' || operator === 'not in' ? readList(reader) : [readOperand(reader)];
  return { kind: 'match', field, operator, operands };
}

function readOperator(reader: Reader): Operator {
  if (reader.isSymbol('=', '!=', '~', '!~', '>', '>=', '<', '<=')) return reader.next().text as Operator;
  if (!reader.isKeyword('in', 'not', 'is')) {
    throw unexpected(reader, "an operator: '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'IS'");
  }
  const word = reader.next().text.toLowerCase();
  if (word === 'in') return 'in';
  if (word === 'not') {
    if (!reader.isKeyword('in')) throw unexpected(reader, "'IN'");
    reader.next();
    return 'not in';
  }
  if (!reader.isKeyword('not')) return 'is';
  reader.next();
  return 'is not';
}

function readList(reader: Reader): Operand[] {
  expectSymbol(reader, '(');
  const operands = [readOperand(reader)];
  while (reader.isSymbol(',')) {
    reader.next();
    operands.push(readOperand(reader));
  }
  expectSymbol(reader, ')');
  return operands;
}

function readOperand(reader: Reader): Operand {
  const token = reader.peek();
  if (token.kind === 'quoted') return { kind: 'text', text: reader.next().text };
  if (token.kind !== 'word' || reader.isKeyword('and', 'or', 'not', 'in', 'is', 'order')) {
    throw unexpected(reader, 'either a value, list or function');
  }
  reader.next();
  if (reader.isSymbol('(')) return { kind: 'function', name: token.text.toLowerCase(), args: readArguments(reader) };
  return ['empty', 'null'].includes(token.text.toLowerCase()) ? { kind: 'empty' } : { kind: 'text', text: token.text };
}

function readArguments(reader: Reader): string[] {
  const args: string[] = [];
  reader.next();
  while (!reader.isSymbol(')')) {
    if (!['word', 'quoted'].includes(reader.peek().kind)) throw unexpected(reader, "')'");
    args.push(reader.next().text);
    if (reader.isSymbol(',')) reader.next();
  }
  reader.next();
  return args;
}

function readOrderBy(reader: Reader): Query['orderBy'] {
  reader.next();
  if (!reader.isKeyword('by')) throw unexpected(reader, "'BY'");
  const orderBy: { field: string; descending: boolean }[] = [];
  do {
    reader.next();
    if (!['word', 'quoted'].includes(reader.peek().kind)) throw unexpected(reader, 'a field name');
    const field = reader.next().text;
    const descending = reader.isKeyword('desc');
    if (reader.isKeyword('asc', 'desc')) reader.next();
    orderBy.push({ field, descending });
  } while (reader.isSymbol(','));
  if (orderBy.length > 7) throw refusal(400, ['The orderBy clause can contain a maximum of 7 fields.']);
  return orderBy;
}

function expectSymbol(reader: Reader, text: string): void {
  if (!reader.isSymbol(text)) throw unexpected(reader, `'${text}'`);
  reader.next();
}

function unexpected(reader: Reader, wanted: string): Error {
  const got = reader.isEnd() ? 'before the end of the query' : `but got '${reader.peek().text}'`;
  return refusal(400, [`Error in the JQL Query: Expecting ${wanted} ${got}.`]);
}
