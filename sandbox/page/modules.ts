import { posix } from 'node:path';
import type { StaticFile } from './files.ts';

/** Where the list goes in the page's HTML. */
const placeholder = '<!-- modules -->';

type Read = (path: string) => Promise<StaticFile | null>;

/**
 * The modules that this one imports, directly and through others, itself first. Each is read once; those of one depth
 * together.
 */
export async function modulesOf(entry: string, read: Read): Promise<string[]> {
  const found = new Set([entry]);
  let next = [entry];
  while (next.length > 0) {
    const imported = await Promise.all(next.map(async (path) => importsIn(path, (await read(path))?.body ?? '')));
    next = [...new Set(imported.flat())].filter((path) => !found.has(path));
    for (const path of next) found.add(path);
  }
  return [...found];
}

/**
 * The HTML with a preload of every module. Without it the browser learns of each only once it has read the one that
 * imports it, one depth after the other.
 * https://html.spec.whatwg.org/multipage/links.html#link-type-modulepreload
 */
export async function withPreloads(html: string, entry: string, read: Read): Promise<string> {
  const modules = await modulesOf(entry, read);
  return html.replace(placeholder, modules.map((path) => `<link rel="modulepreload" href="${path}" />`).join('\n    '));
}

function importsIn(path: string, body: Buffer | string): string[] {
  const statements = String(body).matchAll(
    /^(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]/gm,
  );
  return Array.from(statements, ([, from, bare]) => posix.resolve(posix.dirname(path), from ?? bare ?? '')).filter(
    (target) => target.endsWith('.js'),
  );
}
