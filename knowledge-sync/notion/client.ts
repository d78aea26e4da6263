import { Client } from '@notionhq/client';
import type { z } from 'zod';
import { RemoteError } from '#errors.ts';
import type { Pace } from '../pace.ts';
import { type ListingPage, pagesOf } from '../pages.ts';
import { statusOf, translated } from './failures.ts';
import {
  type Block,
  BlockSchema,
  type Database,
  DatabaseSchema,
  type DataSource,
  DataSourceSchema,
  ListSchema,
  type Page,
  type PageMarkdown,
  PageMarkdownSchema,
  PageSchema,
  UserSchema,
} from './schema.ts';

/** The newest that the SDK knows: `in_trash`, `meeting_notes`. https://developers.notion.com/reference/versioning */
const notionVersion = '2026-03-11';
const timeoutMs = 20_000;
/** The most that a listing gives at once. https://developers.notion.com/reference/pagination */
const pageSize = 100;

export interface ClientConfig {
  readonly token: string;
  readonly apiUrl: string;
  readonly pace: Pace;
}

/** A query's rows, oldest first; it ends after 10,000, and then says so. */
export interface RowQuery {
  readonly dataSourceId: string;
  /** Only rows created at that time or later. */
  readonly createdFrom: string | null;
}

/**
 * What is asked of Notion, each request in its turn and again where that may help (`pace`). Null: there is no such
 * thing, or it is not shared with us; Notion answers 404 to both.
 *
 * All throw RemoteError and nothing else.
 */
export interface NotionClient {
  /** Everything shared that the search index knows: neither complete nor always up to date. */
  search(): AsyncGenerator<unknown>;
  rows(query: RowQuery, onCutOff: () => void): AsyncGenerator<unknown>;
  page(id: string): Promise<Page | null>;
  database(id: string): Promise<Database | null>;
  dataSource(id: string): Promise<DataSource | null>;
  block(id: string): Promise<Block | null>;
  /** The first level below a page or block, as it came. Null as above. */
  children(id: string): Promise<readonly unknown[] | null>;
  markdown(id: string): Promise<PageMarkdown | null>;
  /** All items of a property, beyond the 25 that a page shows. */
  propertyItems(pageId: string, propertyId: string): AsyncGenerator<unknown>;
  /** The name; null when it has none or we may not ask for people. */
  userName(id: string): Promise<string | null>;
}

/** https://developers.notion.com/reference/intro */
export function createClient(config: ClientConfig): NotionClient {
  const asking = createAsking(config);
  const { sdk, get, listing } = asking;
  return {
    search: () => listing((from) => sdk.search(from)),
    rows: ({ dataSourceId, createdFrom }, onCutOff) =>
      listing(
        (from) => sdk.dataSources.query({ data_source_id: dataSourceId, ...byCreation(createdFrom), ...from }),
        onCutOff,
      ),
    page: (id) => get(PageSchema, () => sdk.pages.retrieve({ page_id: id })),
    database: (id) => get(DatabaseSchema, () => sdk.databases.retrieve({ database_id: id })),
    dataSource: (id) => get(DataSourceSchema, () => sdk.dataSources.retrieve({ data_source_id: id })),
    block: (id) => get(BlockSchema, () => sdk.blocks.retrieve({ block_id: id })),
    markdown: (id) => get(PageMarkdownSchema, () => sdk.pages.retrieveMarkdown({ page_id: id })),
    children: (id) => childrenOf(id, asking),
    propertyItems: (pageId, propertyId) =>
      listing((from) => sdk.pages.properties.retrieve({ page_id: pageId, property_id: propertyId, ...from })),
    userName: async (id) => (await get(UserSchema, () => sdk.users.retrieve({ user_id: id })))?.name ?? null,
  };
}

/** Oldest first, because creation never changes: by edit, rows would move while they are listed. */
function byCreation(createdFrom: string | null) {
  const sorts = [{ timestamp: 'created_time' as const, direction: 'ascending' as const }];
  if (createdFrom === null) return { sorts };
  return { sorts, filter: { timestamp: 'created_time' as const, created_time: { on_or_after: createdFrom } } };
}

async function childrenOf(id: string, { sdk, listing, orNull, pace }: Asking): Promise<readonly unknown[] | null> {
  const found: unknown[] = [];
  try {
    for await (const block of listing((from) => sdk.blocks.children.list({ block_id: id, ...from }))) found.push(block);
    return found;
  } catch (error) {
    if (![403, 404].includes(statusOf(error) ?? 0)) throw error;
    return await pace.run(() => orNull(() => Promise.reject(error)));
  }
}

interface From {
  readonly start_cursor?: string;
  readonly page_size: number;
}
interface Asking {
  readonly sdk: Client;
  readonly pace: Pace;
  /** One thing; null when it is not there for us. */
  readonly get: <Schema extends z.ZodType>(
    schema: Schema,
    request: () => Promise<unknown>,
  ) => Promise<z.output<Schema> | null>;
  /** The items of a listing; `onCutOff` when Notion says that there are more than it lists. */
  readonly listing: (request: (from: From) => Promise<unknown>, onCutOff?: () => void) => AsyncGenerator<unknown>;
  readonly orNull: <T>(request: () => Promise<T>) => Promise<T | null>;
}

function createAsking({ token, apiUrl, pace }: ClientConfig): Asking {
  const sdk = createSdk(token, apiUrl);

  /** Notion says 404 to what is not shared; 403 is about what our integration may do at all. */
  async function orNull<T>(request: () => Promise<T>): Promise<T | null> {
    try {
      return await request();
    } catch (error) {
      const status = statusOf(error);
      if (status === 404) return null;
      if (status !== 403) throw error;
      // Taken for "not ours to read" only when reading is allowed in general: else every page would seem to be gone.
      await asked(() => sdk.search({ page_size: 1 }));
      return null;
    }
  }

  return {
    sdk,
    pace,
    orNull,
    get: (schema, request) => pace.run(() => orNull(async () => parsed(schema, await asked(request)))),
    listing(request, onCutOff) {
      const page = async (cursor: string | null, size: number): Promise<ListingPage<unknown, string>> => {
        const from = { page_size: size, ...(cursor === null ? {} : { start_cursor: cursor }) };
        const answer = parsed(ListSchema, await asked(() => request(from)));
        if (answer.request_status?.type === 'incomplete') onCutOff?.();
        return { items: answer.results, next: answer.has_more === true ? (answer.next_cursor ?? null) : null };
      };
      return pagesOf(page, { pace, size: pageSize });
    },
  };
}

function createSdk(token: string, apiUrl: string): Client {
  return new Client({
    auth: token,
    // It adds `/v1` itself.
    baseUrl: apiUrl.replace(/\/+$/, ''),
    notionVersion,
    timeoutMs,
    retry: false,
    // Its own log would show addresses and texts.
    logger: () => {},
    // Its time limit ends with the head of the answer; this one holds for the body as well.
    fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
  });
}

async function asked<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw translated(error);
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  // Where, never what: the answer is a text of the company.
  const where = result.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new RemoteError('Notion', 'unavailable', {
    message: `an answer of unknown shape (at "${where.slice(0, 100)}")`,
  });
}
