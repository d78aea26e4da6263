/** A local Notion or Confluence with so many pages, as a process of its own: NAME PAGES LATENCY_MS PAGES_PER_SPACE. */
import { startConfluence } from '../sandbox/confluence/index.ts';
import { startNotion } from '../sandbox/notion/index.ts';

const [name, pages = '0', latency = '0', perSpace = '0'] = process.argv.slice(2);
const paragraph =
  'Open the control panel, choose the network, and restart the adapter. Wait for the light to turn green before you connect again.';

function markdownOf(number: number): string {
  const steps = Array.from({ length: 6 }, (_, step) => `${step + 1}. Step ${step} of ${number}. ${paragraph}`);
  return `## Before you begin\n\n${paragraph}\n\n## Steps\n\n${steps.join('\n')}\n\n## If it fails\n\n${paragraph}`;
}

async function play(): Promise<{ url: string; email: string; token: string; slow: () => void }> {
  const slow = { match: '', kind: 'slow', delayMs: Number(latency), times: Number.POSITIVE_INFINITY } as const;
  if (name === 'notion') {
    const notion = await startNotion();
    const parents: string[] = [];
    for (let number = 0; number < Number(pages); number += 1) {
      const pageId = parents[Math.floor(number / 20) - 1];
      const parent = pageId === undefined ? ({ workspace: true } as const) : { pageId };
      parents.push(notion.createPage({ parent, title: `Guide ${number}`, markdown: markdownOf(number) }));
    }
    return { url: notion.url, email: '', token: notion.token, slow: () => notion.faults.set(slow) };
  }
  const people = [{ name: 'Ann', email: 'ann@firm.example' }];
  const confluence = await startConfluence({ people, groups: { staff: ['ann@firm.example'] } });
  let parentId: string | null = null;
  for (let number = 0; number < Number(pages); number += 1) {
    const key = `S${Math.floor(number / Number(perSpace))}`;
    if (number % Number(perSpace) === 0) {
      confluence.createSpace({ key, name: key, readers: { groups: ['staff'] } });
      parentId = null;
    }
    const id = confluence.createPage({ space: key, title: `Guide ${number}`, markdown: markdownOf(number), parentId });
    if (number % 20 === 0) parentId = id;
  }
  return {
    url: confluence.url,
    email: confluence.email,
    token: confluence.apiToken,
    slow: () => confluence.faults.set(slow),
  };
}

const { slow, ...up } = await play();
if (Number(latency) > 0) slow();
process.send?.(up);
