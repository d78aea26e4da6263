import { readFileSync, writeFileSync } from 'node:fs';
import { type BodyOptions, fromBlocks, fromMarkdown } from '../../../knowledge-sync/notion/body.ts';
import { render } from '../../../knowledge-sync/notion/render.ts';
import { allBlocks, allBlocksMarkdown, clientOf, showingOf } from './fixture.ts';

const { pageId } = allBlocks;

function options(): BodyOptions {
  const client = clientOf(allBlocks.blocks, {
    pageId,
    markdown: async (id) =>
      id === pageId ? { markdown: allBlocksMarkdown, truncated: false, unknown_block_ids: [] } : null,
  });
  return {
    client,
    pageId,
    showing: showingOf(allBlocks.known),
    onlyChildren: false,
    nameOf: (id) => client.userName(id),
  };
}

function golden(name: string, markdown: string): string {
  const file = new URL(`golden/${name}.md`, import.meta.url);
  // Written anew with GOLDEN=write, to be read by a person.
  if (process.env.GOLDEN === 'write') writeFileSync(file, markdown);
  return readFileSync(file, 'utf8');
}

const gaps = [
  { kind: 'attachment', what: 'call.mp3', count: 1 },
  { kind: 'attachment', what: 'dialog.png', count: 1 },
  { kind: 'attachment', what: 'guide.pdf', count: 1 },
  { kind: 'attachment', what: 'policy.docx', count: 1 },
  { kind: 'attachment', what: 'rack.jpg', count: 1 },
  { kind: 'attachment', what: 'tour.mp4', count: 1 },
  { kind: 'no-right', what: 'synced block', count: 1 },
  { kind: 'unsupported', what: 'button', count: 1 },
  { kind: 'unsupported', what: 'hologram', count: 1 },
  { kind: 'unsupported', what: 'transcript', count: 1 },
];

test('a page with a block of every type reads well from its blocks', async () => {
  const { markdown, ...rest } = render((await fromBlocks(options())) ?? []);
  expect(markdown).toBe(golden('all-blocks', markdown));
  expect(rest).toEqual({
    gaps: expect.arrayContaining(gaps),
    isComplete: true,
    children: expect.arrayContaining([
      { kind: 'page', id: 'aaaa0002-0000-4000-8000-0000aaaa0002' },
      { kind: 'database', id: 'aaaa0003-0000-4000-8000-0000aaaa0003' },
    ]),
  });
});

test('the same page reads the same from its Markdown', async () => {
  const { markdown, ...rest } = render((await fromMarkdown(options())) ?? []);
  expect(markdown).toBe(golden('all-blocks', markdown));
  expect(rest).toEqual({
    gaps,
    isComplete: true,
    children: expect.arrayContaining([expect.anything(), expect.anything()]),
  });
});
