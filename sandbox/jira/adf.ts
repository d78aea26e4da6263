import { type Check, markRules, type NodeRule } from './adf-checks.ts';
import { nodeRules } from './adf-rules.ts';
import { isRecord, own } from './json.ts';
import type { AdfNode } from './model.ts';

/**
 * What is wrong with a document, as a path and a reason, or null when it is valid.
 * Node by node after https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
 */
export function adfProblem(document: unknown): string | null {
  if (!isRecord(document)) return 'not a document';
  if (document.type !== 'doc') return 'the root is not a doc';
  if (document.version !== 1) return 'version is not 1';
  return nodeProblem(document, 'doc');
}

/** The text of a document, blocks on lines of their own. */
export function adfText(node: AdfNode | null): string {
  if (node === null) return '';
  if (node.type === 'text') return node.text ?? '';
  if (node.type === 'hardBreak') return '\n';
  const parts = (node.content ?? []).map(adfText);
  return parts.join(node.type === 'paragraph' || node.type === 'heading' ? '' : '\n');
}

/** The ids of the files that a document shows. */
export function mediaIdsOf(node: AdfNode): string[] {
  const { id, type = 'file' } = node.attrs ?? {};
  const isFile = (node.type === 'media' || node.type === 'mediaInline') && type !== 'external' && type !== 'link';
  return [...(isFile && typeof id === 'string' ? [id] : []), ...(node.content ?? []).flatMap(mediaIdsOf)];
}

/** Plain text as a document: paragraphs at empty lines. */
export function textToAdf(text: string): AdfNode {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return { type: 'doc', version: 1, content: paragraphs.map(paragraphOf) };
}

function paragraphOf(text: string): AdfNode {
  const content = text
    .split('\n')
    .flatMap((line, index): AdfNode[] => [
      ...(index === 0 ? [] : [{ type: 'hardBreak' }]),
      ...(line === '' ? [] : [{ type: 'text', text: line }]),
    ]);
  return { type: 'paragraph', content };
}

function nodeProblem(node: unknown, path: string): string | null {
  if (!isRecord(node) || typeof node.type !== 'string') return `${path}: not a node`;
  const rule = own(nodeRules, node.type);
  if (rule === undefined) return `${path}: unknown node ${node.type}`;
  return (
    unknownKey(node, rule, path) ??
    attrsProblem(node.attrs, rule, path) ??
    textProblem(node, path) ??
    marksProblem(node, rule, path) ??
    contentProblem(node.content, rule, path) ??
    wholeProblem(node, rule, path)
  );
}

function wholeProblem(node: Record<string, unknown>, rule: NodeRule, path: string): string | null {
  const attrs = isRecord(node.attrs) ? node.attrs : {};
  const content = Array.isArray(node.content) ? (node.content as unknown[]) : [];
  return rule.also?.(attrs, content) === false ? `${path}: attributes or children do not fit together` : null;
}

function unknownKey(node: Record<string, unknown>, rule: NodeRule, path: string): string | null {
  const known = ['type', 'attrs', 'marks'];
  if (rule.children !== undefined) known.push('content');
  if (node.type === 'text') known.push('text');
  if (node.type === 'doc') known.push('version');
  const unknown = Object.keys(node).find((key) => !known.includes(key));
  return unknown === undefined ? null : `${path}: unknown property ${unknown}`;
}

function attrsProblem(attrs: unknown, rule: AttrsRule, path: string): string | null {
  if (attrs !== undefined && !isRecord(attrs)) return `${path}: attrs is not an object`;
  const given = attrs ?? {};
  const missing = Object.keys(rule.required ?? {}).find((name) => given[name] === undefined);
  if (missing !== undefined) return `${path}: ${missing} is missing`;
  const wrong = Object.entries(given).find(([name, value]) => checkOf(rule, name)?.(value) !== true);
  return wrong === undefined ? null : `${path}: ${wrong[0]} is unknown or not valid`;
}

type AttrsRule = Pick<NodeRule, 'required' | 'optional'>;

function checkOf({ required = {}, optional = {} }: AttrsRule, name: string): Check | undefined {
  return own(required, name) ?? own(optional, name);
}

function textProblem(node: Record<string, unknown>, path: string): string | null {
  if (node.type !== 'text') return null;
  return typeof node.text === 'string' && node.text !== '' ? null : `${path}: empty text`;
}

function marksProblem(node: Record<string, unknown>, rule: NodeRule, path: string): string | null {
  const { marks = [] } = node;
  if (!Array.isArray(marks)) return `${path}: marks is not a list`;
  const problem = firstProblem(marks, (mark) => markProblem(mark, rule, path));
  if (problem !== null) return problem;
  const types = (marks as { type: string }[]).map(({ type }) => type);
  if (new Set(types).size < types.length) return `${path}: a mark twice`;
  const clash = types.includes('code') && types.some((type) => !['code', 'link', 'annotation'].includes(type));
  return clash ? `${path}: code goes with links only` : null;
}

function markProblem(mark: unknown, rule: NodeRule, path: string): string | null {
  if (!isRecord(mark) || typeof mark.type !== 'string') return `${path}: not a mark`;
  const markRule = own(markRules, mark.type);
  if (markRule === undefined || !rule.marks?.includes(mark.type)) return `${path}: mark ${mark.type} not allowed`;
  return attrsProblem(mark.attrs, markRule, `${path}/${mark.type}`);
}

function contentProblem(content: unknown, rule: NodeRule, path: string): string | null {
  if (rule.children === undefined) return null;
  if (content === undefined) return rule.needsContent === true ? `${path}: content is missing` : null;
  if (!Array.isArray(content)) return `${path}: content is not a list`;
  const { least = 0, most = Infinity } = rule;
  if (content.length < least || content.length > most) return `${path}: ${content.length} children`;
  return firstProblem(content, (child, index) => childProblem(child, rule, `${path}/${index}`));
}

function firstProblem(
  items: readonly unknown[],
  problemOf: (item: unknown, index: number) => string | null,
): string | null {
  for (const [index, item] of items.entries()) {
    const problem = problemOf(item, index);
    if (problem !== null) return problem;
  }
  return null;
}

function childProblem(child: unknown, rule: NodeRule, path: string): string | null {
  const type = isRecord(child) ? child.type : undefined;
  if (typeof type === 'string' && Object.hasOwn(nodeRules, type) && !rule.children?.includes(type)) {
    return `${path}: ${type} is not allowed here`;
  }
  if (rule.plainChildren === true && isRecord(child) && type !== 'mediaSingle' && hasMarks(child)) {
    return `${path}: marks are not allowed here`;
  }
  return nodeProblem(child, path);
}

function hasMarks({ marks }: Record<string, unknown>): boolean {
  return Array.isArray(marks) && marks.length > 0;
}
