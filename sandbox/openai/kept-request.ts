/** The JSON that was sent, without the pictures: in their place stand type and size. Null for what is no JSON. */
export function keptRequest(body: string): { readonly json: unknown; readonly images: number } {
  let images = 0;
  function kept(value: unknown): unknown {
    if (typeof value === 'string') return picture(value) ?? value;
    if (Array.isArray(value)) return value.map(kept);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, kept(one)]));
  }
  function picture(text: string): string | null {
    const [, type, encoded] = /^data:([\w/+.-]*)[^,]*,(.*)$/su.exec(text) ?? [];
    if (type === undefined || encoded === undefined) return null;
    images += 1;
    return `[${type}, ${Math.floor((encoded.replace(/=+$/u, '').length * 3) / 4)} bytes]`;
  }
  try {
    const json = kept(JSON.parse(body));
    return { json, images };
  } catch {
    return { json: null, images: 0 };
  }
}
