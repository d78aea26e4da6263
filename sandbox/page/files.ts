import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const webFolder = fileURLToPath(new URL('../web/', import.meta.url));

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The browser builds of the packages the page is made with: public path to package and file inside it. */
const vendorFiles: Readonly<Record<string, readonly [string, string]>> = {
  '/vendor/preact.js': ['preact', 'dist/preact.module.js'],
  '/vendor/hooks.js': ['preact', 'hooks/dist/hooks.module.js'],
  '/vendor/htm.js': ['htm', 'dist/htm.module.js'],
  '/vendor/markdown-it.js': ['markdown-it', 'dist/markdown-it.min.js'],
  '/vendor/gemoji.js': ['gemoji', 'index.js'],
  '/vendor/adaptivecards.js': ['adaptivecards', 'dist/adaptivecards.min.js'],
};

/** A file to be served. */
export interface StaticFile {
  readonly contentType: string;
  readonly body: Buffer | string;
}

/**
 * The page's own file or package build at this public path, or null when there is none. Only files under
 * `sandbox/web` and the builds above can be reached, whatever the path says.
 */
export async function readStatic(path: string): Promise<StaticFile | null> {
  const vendor = vendorFiles[path];
  if (vendor !== undefined) return readVendor(...vendor);
  const file = webFile(path);
  const contentType = file === null ? undefined : contentTypes[extname(file)];
  if (file === null || contentType === undefined) return null;
  try {
    return { contentType, body: await readFile(file) };
  } catch {
    return null;
  }
}

/** Null for a path that leaves the folder or cannot be a file's name. */
function webFile(path: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const file = normalize(join(webFolder, decoded === '/' ? 'index.html' : decoded));
  return file.startsWith(webFolder.endsWith(sep) ? webFolder : webFolder + sep) ? file : null;
}

async function readVendor(name: string, inside: string): Promise<StaticFile> {
  const manifest = findPackageJSON(name, import.meta.url);
  if (manifest === undefined) throw new Error(`The package ${name} is not installed.`);
  const source = await readFile(join(dirname(manifest), inside), 'utf8');
  // a browser resolves bare names only through an import map, which would have to be an inline script
  const body = source
    .replaceAll(/from\s*(["'])preact\1/g, 'from"/vendor/preact.js"')
    .replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
  return { contentType: 'text/javascript; charset=utf-8', body };
}
