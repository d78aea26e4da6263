/** Whether an attribute's value is valid. */
export type Check = (value: unknown) => boolean;

/** What a node may hold. */
export interface NodeRule {
  readonly required?: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
  /** Types of children; nodes without are leaves. */
  readonly children?: readonly string[];
  readonly least?: number;
  readonly most?: number;
  /** `content` must be there, even when it may be empty. */
  readonly needsContent?: boolean;
  /** Children without marks, pictures with a link apart; paragraphs elsewhere can be aligned. */
  readonly plainChildren?: boolean;
  readonly marks?: readonly string[];
  /** What the rest cannot say: attributes that depend on each other, an order of children. */
  readonly also?: (attrs: Readonly<Record<string, unknown>>, content: readonly unknown[]) => boolean;
}

export const string: Check = (value) => typeof value === 'string';
export const filled: Check = (value) => typeof value === 'string' && value !== '';
export const number: Check = (value) => typeof value === 'number';
export const boolean: Check = (value) => typeof value === 'boolean';
export const anything: Check = () => true;
export const color: Check = (value) => typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
export const numbers: Check = (value) => Array.isArray(value) && value.every(number);

export function oneOf(...values: readonly unknown[]): Check {
  return (value) => values.includes(value);
}

export function between(least: number, most: number): Check {
  return (value) => typeof value === 'number' && value >= least && value <= most;
}

export const localId = { localId: string };

/** https://developer.atlassian.com/cloud/jira/platform/apis/document/marks/link/ and the pages beside it */
export const markRules: Readonly<Record<string, Pick<NodeRule, 'required' | 'optional'>>> = {
  strong: {},
  em: {},
  strike: {},
  underline: {},
  code: {},
  link: {
    required: { href: string },
    optional: { title: string, id: string, collection: string, occurrenceKey: string },
  },
  subsup: { required: { type: oneOf('sub', 'sup') } },
  textColor: { required: { color } },
  backgroundColor: { required: { color } },
  annotation: { required: { id: string, annotationType: oneOf('inlineComment') } },
  alignment: { required: { align: oneOf('center', 'end') } },
  indentation: { required: { level: between(1, 6) } },
  border: { required: { size: between(1, 3), color: string } },
  breakout: { required: { mode: oneOf('wide', 'full-width') }, optional: { width: number } },
};
