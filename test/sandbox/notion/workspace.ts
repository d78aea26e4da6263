import type { BlockInput, NotionSandbox } from '../../../sandbox/notion/index.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Calls the API as an integration does; a body makes it a POST. */
export function callerOf(notion: NotionSandbox, headers: Readonly<Record<string, string>> = {}) {
  return async function call(path: string, body?: unknown): Promise<Answered> {
    const response = await fetch(`${notion.url}/v1/${path}`, {
      headers: {
        authorization: `Bearer ${notion.token}`,
        'notion-version': '2026-03-11',
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answered['body'] };
  };
}

/** Ids in a list that was answered. */
export function idsOf({ body }: Answered): unknown[] {
  return (body['results'] as { id: string }[]).map(({ id }) => id);
}

const styled = [
  'Plain, ',
  { text: { content: 'bold' }, annotations: { bold: true, color: 'red' } },
  { text: { content: ' link', link: { url: 'https://example.com/a' } } },
  { equation: { expression: 'a^2' } },
];

/** One block of every type that the API has, and where another page, database and person are needed, these. */
export function everyBlock(ids: { page: string; database: string; person: string; original: string }): BlockInput[] {
  const file = { external: { url: 'https://example.com/file' }, caption: 'A caption' };
  return [
    { paragraph: { rich_text: [...styled, ...mentions(ids)], children: [{ paragraph: { rich_text: 'nested' } }] } },
    { heading_1: { rich_text: 'One' } },
    { heading_2: { rich_text: 'Two', is_toggleable: true, children: [{ paragraph: { rich_text: 'folded' } }] } },
    { heading_3: { rich_text: 'Three' } },
    { heading_4: { rich_text: 'Four' } },
    { bulleted_list_item: { rich_text: 'dot', children: [{ numbered_list_item: { rich_text: 'below' } }] } },
    { numbered_list_item: { rich_text: 'first' } },
    { to_do: { rich_text: 'done', checked: true } },
    { to_do: { rich_text: 'open' } },
    { quote: { rich_text: 'said' } },
    { toggle: { rich_text: 'more', children: [{ code: { rich_text: 'ls -l', language: 'shell' } }] } },
    { callout: { rich_text: 'mind', icon: { type: 'emoji', emoji: '⚠️' }, color: 'red_background' } },
    { template: { rich_text: 'New', children: [{ paragraph: { rich_text: 'from it' } }] } },
    { code: { rich_text: 'a ``` b', language: 'bash', caption: 'run it' } },
    { equation: { expression: 'e=mc^2' } },
    { divider: {} },
    { breadcrumb: {} },
    { table_of_contents: {} },
    { table: { table_width: 2, has_column_header: true, children: rows(['a', 'b'], ['1', 'x|y']) } },
    { column_list: { children: [column('left'), column('right')] } },
    { tab: { children: [{ paragraph: { rich_text: 'in a tab' } }] } },
    { synced_block: { synced_from: null, children: [{ paragraph: { rich_text: 'synced' } }] }, id: ids.original },
    { synced_block: { synced_from: { type: 'block_id', block_id: ids.original } } },
    { link_to_page: { type: 'page_id', page_id: ids.page } },
    { link_to_page: { type: 'database_id', database_id: ids.database } },
    { bookmark: { url: 'https://example.com/mark', caption: 'marked' } },
    { embed: { url: 'https://example.com/embed' } },
    { link_preview: { url: 'https://example.com/preview' } },
    { image: file },
    { video: file },
    { audio: file },
    { pdf: file },
    { file: { ...file, name: 'plan.pdf' } },
    { image: { file: { url: 'https://files.example/own' } } },
    { meeting_notes: { title: 'Weekly' }, children: [{ paragraph: { rich_text: 'a summary' } }] },
    { unsupported: { block_type: 'form' } },
    { paragraph: {} },
    { child_page: { title: 'A page below' } },
    { child_database: { title: 'A database below' } },
  ];
}

function mentions(ids: { page: string; database: string; person: string }): object[] {
  return [
    { mention: { type: 'user', user: { object: 'user', id: ids.person } } },
    { mention: { type: 'page', page: { id: ids.page } } },
    { mention: { type: 'database', database: { id: ids.database } } },
    { mention: { type: 'date', date: { start: '2026-03-01', end: null, time_zone: null } } },
    { mention: { type: 'link_preview', link_preview: { url: 'https://example.com/p' } } },
    { mention: { type: 'link_mention', link_mention: { href: 'https://example.com/m', title: 'Mentioned' } } },
    {
      mention: {
        type: 'template_mention',
        template_mention: { type: 'template_mention_date', template_mention_date: 'today' },
      },
    },
  ];
}

function rows(...cells: string[][]): object[] {
  return cells.map((row) => ({ table_row: { cells: row } }));
}

function column(text: string): object {
  return { column: { children: [{ paragraph: { rich_text: text } }] } };
}
