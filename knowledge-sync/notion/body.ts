import { RemoteError } from '#errors.ts';
import { partsOf } from './block-parts.ts';
import { type WalkOptions, walkBlock, walkBlocks } from './block-walk.ts';
import type { NotionClient } from './client.ts';
import { readEnhanced } from './enhanced.ts';
import { gapPart, type Part } from './part.ts';
import type { PageMarkdown } from './schema.ts';
import type { Showing } from './tree.ts';

/** Blocks of a page that its Markdown has not are asked for one by one; from here on all blocks are cheaper. */
const maxSingleBlocks = 30;
/** Subtrees of a page too long for one answer; each is a request. */
const maxSubtrees = 300;
const maxPeople = 50;
/** Blocks that Notion's Markdown has not and that no page can stand in. */
const leaves = new Set(['bookmark', 'embed', 'link_preview', 'breadcrumb', 'button', 'form', 'drive']);

export interface BodyOptions {
  readonly client: NotionClient;
  readonly pageId: string;
  readonly showing: Showing;
  /** Only what is below the page is wanted: blocks that can hold no page are not asked for. */
  readonly onlyChildren: boolean;
  /** A person's name, by id. */
  readonly nameOf: (userId: string) => Promise<string | null>;
}

interface Unknown {
  readonly id: string | null;
  readonly what: string;
  /** Stands in the text already; filled once the block is read. */
  readonly parts: Part[];
}
interface Reading extends BodyOptions {
  readonly people: ReadonlyMap<string, string>;
  /** Asked for as a subtree: one that comes without its content is not asked for so again. */
  readonly asked: Set<string>;
}

/**
 * The content of a page; null when it is not there.
 *
 * As Notion's Markdown first: one request for a page, where blocks take one for every hundred and for every block that
 * holds others; at three requests a second that decides whether a company's pages are read in an hour or in a day. What
 * the Markdown leaves out (bookmarks, embeds, what is too long) is filled in block by block. All blocks are read when
 * the Markdown is not to be had or says that it is cut off without saying where.
 */
export async function readBody(options: BodyOptions): Promise<readonly Part[] | null> {
  return (await fromMarkdown(options)) ?? (await fromBlocks(options));
}

export async function fromBlocks(options: BodyOptions): Promise<readonly Part[] | null> {
  const nodes = await walkBlocks(walkOptions(options));
  return nodes === null ? null : partsOf(nodes, options.showing);
}

/** Null: the Markdown is not there or not enough. */
export async function fromMarkdown(options: BodyOptions): Promise<readonly Part[] | null> {
  const answer = await orNull(() => options.client.markdown(options.pageId));
  if (answer === null || isCutSomewhere(answer)) return null;
  const people = options.onlyChildren ? new Map<string, string>() : await peopleIn(answer.markdown, options);
  try {
    return await partsOfAnswer(answer, { ...options, people, asked: new Set([options.pageId]) });
  } catch (error) {
    if (error instanceof TooMuch) return null;
    throw error;
  }
}

class TooMuch extends Error {}

function isCutSomewhere({ truncated, unknown_block_ids: ids }: PageMarkdown): boolean {
  return truncated === true && ids.length === 0;
}

/** A refusal or a failure of one request may be about that request alone. */
async function orNull<T>(request: () => Promise<T | null>): Promise<T | null> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof RemoteError && (error.kind === 'unavailable' || error.kind === 'rejected')) return null;
    throw error;
  }
}

async function partsOfAnswer(answer: PageMarkdown, reading: Reading): Promise<readonly Part[]> {
  const found: Unknown[] = [];
  const note = (id: string | null, what: string): readonly Part[] => {
    const parts: Part[] = [];
    found.push({ id, what, parts });
    return [{ kind: 'group', children: parts }];
  };
  const { showing, people, pageId } = reading;
  const context = { naming: showing, people, pageId, mayShow: showing.mayShow, unknown: note };
  const parts = [...readEnhanced(answer.markdown, context)];
  const cutOff = new Set(answer.unknown_block_ids);
  // Named as missing, but not to be found in the text: at the end is better than not at all.
  const placed = new Set(found.map(({ id }) => id));
  for (const id of cutOff) if (!placed.has(id)) parts.push(...note(id, 'block'));
  const wanted = found.filter(({ id, what }) => cutOff.has(id ?? '') || !(reading.onlyChildren && leaves.has(what)));
  if (wanted.filter(({ id }) => !cutOff.has(id ?? '')).length > maxSingleBlocks) throw new TooMuch();
  await Promise.all(wanted.map((one) => fill(one, { isCutOff: one.id !== null && cutOff.has(one.id), reading })));
  return parts;
}

async function fill({ id, what, parts }: Unknown, { isCutOff, reading }: { isCutOff: boolean; reading: Reading }) {
  if (id === null || id === reading.pageId) {
    parts.push(gapPart('unsupported', what));
    return;
  }
  parts.push(
    ...(isCutOff && !reading.asked.has(id) ? await subtree(id, what, reading) : await single(id, what, reading)),
  );
}

/** https://developers.notion.com/reference/retrieve-page-markdown#unknown-blocks */
async function subtree(id: string, what: string, reading: Reading): Promise<readonly Part[]> {
  reading.asked.add(id);
  if (reading.asked.size > maxSubtrees) throw new TooMuch();
  try {
    const answer = await reading.client.markdown(id);
    // Notion says 404 to what is not shared, such as a page below this one.
    if (answer === null) return [gapPart('no-right', what)];
    return isCutSomewhere(answer) ? await single(id, what, reading) : await partsOfAnswer(answer, reading);
  } catch (error) {
    return unreadable(error, what);
  }
}

/** By its blocks: of a type that the Markdown has not, or a synced block whose original is not shared. */
async function single(id: string, what: string, reading: Reading): Promise<readonly Part[]> {
  try {
    const nodes = await walkBlock(walkOptions(reading), id);
    return nodes === null ? [gapPart('no-right', what)] : partsOf(nodes, reading.showing);
  } catch (error) {
    return unreadable(error, what);
  }
}

function unreadable(error: unknown, what: string): readonly Part[] {
  if (error instanceof RemoteError && (error.kind === 'unavailable' || error.kind === 'rejected')) {
    return [gapPart('unreadable', what, true)];
  }
  throw error;
}

function walkOptions({ client, pageId, showing }: BodyOptions): WalkOptions {
  return { client, pageId, mayShow: showing.mayShow };
}

/** Names of people that the Markdown mentions by their id only. */
async function peopleIn(markdown: string, { nameOf }: BodyOptions): Promise<ReadonlyMap<string, string>> {
  const mentions = markdown.matchAll(/<mention-user\s[^<>]*url="user:\/\/([0-9a-f-]{32,36})"[^<>]*?(?:\/>|><)/gi);
  const ids = [...new Set(Array.from(mentions, ([, id = '']) => id.toLowerCase()))].slice(0, maxPeople);
  const names = new Map<string, string>();
  for (const id of ids) {
    const name = await nameOf(id);
    if (name !== null) names.set(id, name);
  }
  return names;
}
