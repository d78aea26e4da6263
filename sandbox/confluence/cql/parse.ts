import { badRequest } from '../refusal.ts';
import { type Token, tokensOf } from './tokens.ts';

export type Operator = '=' | '!=' | '~' | '!~' | '>' | '>=' | '<' | '<=' | 'in' | 'not in';

/** A value, or a call such as `now("-4w")`. */
export type Operand =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'function'; readonly name: string; readonly args: readonly string[] };

export interface Match {
  readonly kind: 'match';
  /** In lower case. */
  readonly field: string;
  readonly operator: Operator;
  readonly operands: readonly Operand[];
}

export type Clause =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Clause[] }
  | { readonly kind: 'not'; readonly part: Clause }
  | Match;

export interface Query {
  /** Null: everything. */
  readonly where: Clause | null;
  readonly orderBy: readonly { readonly field: string; readonly descending: boolean }[];
}

/**
 * Reads CQL: fields, operators, functions, AND, OR, NOT, parentheses, IN and ORDER BY.
 * https://developer.atlassian.com/cloud/confluence/advanced-searching-using-cql/
 *
 * @throws Refusal 400.
 */
export function parseCql(cql: string): Query {
  const reader = createReader(cql);
  const where = reader.isKeyword('order') ? null : readOr(reader);
  const orderBy = reader.isKeyword('order') ? readOrderBy(reader) : [];
  if (reader.peek().kind !== 'end') throw reader.unexpected();
  return { where, orderBy };
}

interface Reader {
  peek(): Token;
  next(): Token;
  isSymbol(...texts: string[]): boolean;
  isKeyword(...words: string[]): boolean;
  unexpected(): Error;
}

function createReader(cql: string): Reader {
  const tokens = tokensOf(cql);
  let position = 0;
  const peek = () => tokens[position] ?? { kind: 'end', text: '' };
  return {
    peek,
    next() {
      const token = peek();
      position += 1;
      return token;
    },
    isSymbol: (...texts) => peek().kind === 'symbol' && texts.includes(peek().text),
    isKeyword: (...words) => peek().kind === 'word' && words.includes(peek().text.toLowerCase()),
    unexpected: () => badRequest(`Could not parse cql : ${cql}`),
  };
}

function readOr(reader: Reader): Clause {
  const parts = [readAnd(reader)];
  while (reader.isKeyword('or')) {
    reader.next();
    parts.push(readAnd(reader));
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'or', parts };
}

function readAnd(reader: Reader): Clause {
  const parts = [readNot(reader)];
  while (reader.isKeyword('and')) {
    reader.next();
    parts.push(readNot(reader));
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'and', parts };
}

function readNot(reader: Reader): Clause {
  if (reader.isKeyword('not')) {
    reader.next();
    return { kind: 'not', part: readNot(reader) };
  }
  if (!reader.isSymbol('(')) return readMatch(reader);
  reader.next();
  const inner = readOr(reader);
  takeSymbol(reader, ')');
  return inner;
}

function readMatch(reader: Reader): Clause {
  if (reader.peek().kind !== 'word') throw reader.unexpected();
  const field = reader.next().text.toLowerCase();
  const operator = readOperator(reader);
  const operands = operator === 'in' || operator === 'not in' ? readList(reader) : [readOperand(reader)];
  return { kind: 'match', field, operator, operands };
}

function readOperator(reader: Reader): Operator {
  if (reader.isSymbol('=', '!=', '~', '!~', '>', '>=', '<', '<=')) return reader.next().text as Operator;
  if (!reader.isKeyword('in', 'not')) throw reader.unexpected();
  if (reader.next().text.toLowerCase() === 'in') return 'in';
  if (!reader.isKeyword('in')) throw reader.unexpected();
  reader.next();
  return 'not in';
}

function readList(reader: Reader): Operand[] {
  takeSymbol(reader, '(');
  const operands = [readOperand(reader)];
  while (reader.isSymbol(',')) {
    reader.next();
    operands.push(readOperand(reader));
  }
  takeSymbol(reader, ')');
  return operands;
}

function readOperand(reader: Reader): Operand {
  const token = reader.peek();
  if (token.kind === 'quoted') return { kind: 'text', text: reader.next().text };
  if (token.kind !== 'word' || reader.isKeyword('and', 'or', 'not', 'in', 'order')) throw reader.unexpected();
  reader.next();
  if (!reader.isSymbol('(')) return { kind: 'text', text: token.text };
  return { kind: 'function', name: token.text.toLowerCase(), args: readArguments(reader) };
}

function readArguments(reader: Reader): string[] {
  const args: string[] = [];
  reader.next();
  while (!reader.isSymbol(')')) {
    if (!['word', 'quoted'].includes(reader.peek().kind)) throw reader.unexpected();
    args.push(reader.next().text);
    if (reader.isSymbol(',')) reader.next();
  }
  reader.next();
  return args;
}

function readOrderBy(reader: Reader): Query['orderBy'] {
  reader.next();
  if (!reader.isKeyword('by')) throw reader.unexpected();
  const orderBy: { field: string; descending: boolean }[] = [];
  do {
    reader.next();
    if (reader.peek().kind !== 'word') throw reader.unexpected();
    const field = reader.next().text.toLowerCase();
    const descending = reader.isKeyword('desc');
    if (reader.isKeyword('asc', 'desc')) reader.next();
    orderBy.push({ field, descending });
  } while (reader.isSymbol(','));
  return orderBy;
}

function takeSymbol(reader: Reader, text: string): void {
  if (!reader.isSymbol(text)) throw reader.unexpected();
  reader.next();
}
