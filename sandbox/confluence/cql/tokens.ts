import { badRequest } from '../refusal.ts';

/** A piece of CQL. A word that was in quotation marks is never an operator or a keyword. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'symbol' | 'end';
  readonly text: string;
}

const pattern =
  /\s*(?:"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>(?:[^'\\]|\\.)*)'|(?<symbol>!=|!~|>=|<=|[=<>~(),])|(?<word>[^\s"'=<>~(),!]+))/y;

/** https://developer.atlassian.com/cloud/confluence/advanced-searching-using-cql/ @throws Refusal 400 for what is no piece of it. */
export function tokensOf(cql: string): Token[] {
  const tokens: Token[] = [];
  const end = cql.trimEnd().length;
  let position = 0;
  while (position < end) {
    pattern.lastIndex = position;
    const found = pattern.exec(cql);
    if (found === null) throw badRequest(`Could not parse cql : ${cql}`);
    tokens.push(tokenOf(found.groups ?? {}));
    position = pattern.lastIndex;
  }
  return [...tokens, { kind: 'end', text: '' }];
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Token {
  const quoted = groups.double ?? groups.single;
  if (quoted !== undefined) return { kind: 'quoted', text: quoted.replaceAll(/\\(.)/gs, '$1') };
  if (groups.symbol !== undefined) return { kind: 'symbol', text: groups.symbol };
  return { kind: 'word', text: groups.word ?? '' };
}
