import { ApiError } from '../api-error.ts';
import type { Json } from '../messages.ts';
import { newName } from '../signing.ts';
import { messageBlock, viewBlock } from './blocks.ts';
import { array, isRecord, object, string, type Problem, type Shape } from './shape.ts';
import { plain } from './elements.ts';

/** Characters that a message's markdown blocks may hold together. https://docs.slack.dev/reference/block-kit/blocks/markdown-block */
const maxMarkdownTotal = 12_000;

/** Characters in all blocks together; not documented, observed at about this number (slackapi/bolt-js #2509). */
const maxTotal = 13_200;

/**
 * Checks the blocks of a message and hands them back with the ids that Slack gives to what has none.
 *
 * @throws ApiError `invalid_blocks`, or `msg_blocks_too_long` when they are too long together.
 */
export function acceptBlocks(blocks: unknown): readonly Json[] {
  const problems = check(array(messageBlock, { max: 50 }), blocks, '/blocks');
  const list = Array.isArray(blocks) ? blocks.filter(isRecord) : [];
  problems.push(...duplicates(list));
  const markdown = list.filter((block) => block['type'] === 'markdown');
  if (length(markdown.map((block) => block['text'])) > maxMarkdownTotal) {
    problems.push({ pointer: '/blocks', message: `markdown text exceeds ${maxMarkdownTotal} characters in total` });
  }
  if (problems.length > 0) throw refusal('invalid_blocks', problems);
  if (length(texts(list)) > maxTotal) throw new ApiError('msg_blocks_too_long');
  return list.map(withIds);
}

/** What is wrong with the blocks of a message, or with a view; empty when nothing is. Pointers begin at the value. */
export function findProblems(kind: 'blocks' | 'view', value: unknown): readonly Problem[] {
  return check(kind === 'view' ? view : array(messageBlock, { max: 50 }), value, '');
}

const blockList = array(viewBlock, { max: 100 });
const view: Shape = object({
  required: { type: string({ oneOf: ['modal', 'home'] }), blocks: blockList },
  optional: {
    title: plain(24),
    submit: plain(24),
    close: plain(24),
    private_metadata: string({ max: 3000 }),
    callback_id: string({ max: 255 }),
    external_id: string({ max: 255 }),
    clear_on_close: (value, pointer, report) => flag(value, pointer, report),
    notify_on_close: (value, pointer, report) => flag(value, pointer, report),
    submit_disabled: (value, pointer, report) => flag(value, pointer, report),
  },
});

/**
 * Checks a modal or a Home tab, and gives its blocks the ids they lack.
 * https://docs.slack.dev/reference/views
 *
 * @throws ApiError `invalid_arguments` with what is wrong.
 */
export function acceptView(value: unknown, type: 'modal' | 'home'): Json {
  const problems = check(view, value, '/view');
  const given = isRecord(value) ? value : {};
  if (given['type'] !== type)
    problems.push({ pointer: '/view/type', message: `unsupported type: ${String(given['type'])}` });
  if (type === 'modal' && given['title'] === undefined)
    problems.push({ pointer: '/view', message: 'missing required field: title' });
  const blocks = Array.isArray(given['blocks']) ? given['blocks'].filter(isRecord) : [];
  const needsSubmit = type === 'modal' && blocks.some((block) => block['type'] === 'input');
  if (needsSubmit && given['submit'] === undefined)
    problems.push({ pointer: '/view', message: 'missing required field: submit' });
  problems.push(...duplicates(blocks).map(({ pointer, message }) => ({ pointer: `/view${pointer}`, message })));
  if (problems.length > 0) throw refusal('invalid_arguments', problems);
  return { ...given, blocks: blocks.map(withIds) };
}

function refusal(code: string, problems: readonly Problem[]): ApiError {
  const details = problems.map(({ pointer, message }) => `${message} [json-pointer:${pointer}]`);
  return new ApiError(code, {
    errors: details,
    response_metadata: { messages: details.map((detail) => `[ERROR] ${detail}`) },
  });
}

function check(shape: Shape, value: unknown, pointer: string): Problem[] {
  const problems: Problem[] = [];
  shape(value, pointer, (problem) => problems.push(problem));
  return problems;
}

function flag(value: unknown, pointer: string, report: (problem: Problem) => void): void {
  if (typeof value !== 'boolean') report({ pointer, message: 'must be a boolean' });
}

/** A block_id may stand once in a message, an action_id once in a block. */
function duplicates(blocks: readonly Json[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<unknown>();
  for (const [index, block] of blocks.entries()) {
    const id = block['block_id'];
    if (id !== undefined && seen.has(id)) {
      problems.push({
        pointer: `/blocks/${index}/block_id`,
        message: `block_id already exists: ${JSON.stringify(id)}`,
      });
    }
    seen.add(id);
    problems.push(...duplicateActions(block, index));
  }
  return problems;
}

function duplicateActions(block: Json, index: number): Problem[] {
  const seen = new Set<unknown>();
  const problems: Problem[] = [];
  for (const [place, element] of elementsOf(block).entries()) {
    const id = element['action_id'];
    if (id !== undefined && seen.has(id)) {
      const pointer = `/blocks/${index}/elements/${place}/action_id`;
      problems.push({ pointer, message: `action_id already exists: ${JSON.stringify(id)}` });
    }
    seen.add(id);
  }
  return problems;
}

/** A block and those inside it: a container's, a carousel's cards. */
export function withInner(block: Json): readonly Json[] {
  return [block, ...innerOf(block).flatMap(withInner)];
}

function innerOf(block: Json): readonly Json[] {
  const inner = { container: block['child_blocks'], carousel: block['elements'] }[String(block['type'])];
  return Array.isArray(inner) ? inner.filter(isRecord) : [];
}

/** The list of elements in this field; empty when there is none. */
const listOf: Readonly<Record<string, string>> = { actions: 'elements', context_actions: 'elements', card: 'actions' };

/** The interactive parts of a block, wherever they stand in it; those of inner blocks are not among them. */
export function elementsOf(block: Json): readonly Json[] {
  const several = block[listOf[String(block['type'])] ?? ''];
  const alone = [block['accessory'], block['element']];
  return [...(Array.isArray(several) ? several : []), ...alone].filter(isRecord);
}

function withIds(block: Json): Json {
  const named = { ...block, block_id: block['block_id'] ?? newName(), ...innerWithIds(block) };
  const list = listOf[String(block['type'])];
  if (list !== undefined && Array.isArray(block[list])) {
    return { ...named, [list]: elementsOf(block).map(withActionId) };
  }
  if (isRecord(block['accessory']) && block['accessory']['type'] !== 'image') {
    return { ...named, accessory: withActionId(block['accessory']) };
  }
  return isRecord(block['element']) ? { ...named, element: withActionId(block['element']) } : named;
}

function innerWithIds(block: Json): Json {
  const inner = innerOf(block);
  if (inner.length === 0) return {};
  return { [block['type'] === 'container' ? 'child_blocks' : 'elements']: inner.map(withIds) };
}

function withActionId(element: Json): Json {
  return { ...element, action_id: element['action_id'] ?? newName() };
}

/** Every string that a reader sees, at any depth. */
function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const shown = typeof field === 'string' && (name === 'text' || name === 'alt_text');
    return shown ? [field] : texts(field);
  });
}

function length(strings: readonly unknown[]): number {
  return strings.reduce<number>((sum, one) => sum + (typeof one === 'string' ? one.length : 0), 0);
}
