const blockEnds = /<\/(?:p|h[1-6]|li|tr|pre|blockquote)>|<br\s*\/?>/g;

/** The text as a browser shows it, roughly: what only Confluence knows is left out, its text kept. */
export function viewOfStorage(storage: string): string {
  return storage
    .replaceAll(/<ac:parameter[^>]*>.*?<\/ac:parameter>/gs, '')
    .replaceAll(/<!\[CDATA\[(.*?)\]\]>/gs, (_, code: string) => `<pre>${escapeXml(code)}</pre>`)
    .replaceAll(/<\/?(?:ac|ri):[^>]*>/g, '');
}

/** A document with one paragraph for each line of the text: as much of it as the sandbox can do. */
export function adfOfStorage(storage: string): string {
  const text = viewOfStorage(storage)
    .replaceAll(blockEnds, '\n')
    .replaceAll(/<[^>]*>/g, '');
  const lines = text.split('\n').map((line) => unescapeXml(line).trim());
  const content = lines.filter((line) => line !== '').map((line) => paragraphOf(line));
  return JSON.stringify({ type: 'doc', version: 1, content });
}

function paragraphOf(text: string) {
  return { type: 'paragraph', content: [{ type: 'text', text }] };
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function unescapeXml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
