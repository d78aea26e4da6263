import { refusal } from '../refusal.ts';

/** A piece of JQL. A word that was in quotation marks is never an operator or a keyword. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'symbol' | 'end';
  readonly text: string;
}

const pattern =
  /\s*(?:"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>(?:[^'\\]|\\.)*)'|(?<symbol>!=|!~|>=|<=|&&|\|\||[=<>~(),!&|])|(?<word>[^\s"'=<>~(),!&|]+))/y;

/** https://support.atlassian.com/jira-software-cloud/docs/jql-syntax/ @throws Refusal 400 when a quotation mark is never closed. */
export function tokensOf(jql: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (jql.slice(position).trim() !== '') {
    pattern.lastIndex = position;
    const found = pattern.exec(jql);
    if (found === null)
      throw refusal(400, [
        `Error in the JQL Query: The quoted string '${jql.slice(position).trim()}' has not been completed.`,
      ]);
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
