/**
 * The card with words in the place of pictures from elsewhere: the page asks nobody but its own server, and a picture
 * tells its server who looks at it.
 */
export function withoutPictures(part) {
  if (Array.isArray(part)) return part.map(withoutPictures);
  if (part === null || typeof part !== 'object') return part;
  if (part.type === 'Image' && !isInside(part.url)) return inWords(part);
  const { backgroundImage: _background, iconUrl, ...rest } = part;
  const entries = Object.entries(isInside(iconUrl) ? { ...rest, iconUrl } : rest);
  return Object.fromEntries(entries.map(([name, value]) => [name, name === 'data' ? value : withoutPictures(value)]));
}

function isInside(url) {
  return typeof url === 'string' && url.startsWith('data:image/');
}

function inWords({ altText }) {
  return { type: 'TextBlock', text: `Picture: ${altText ?? 'without a description'}`, isSubtle: true, wrap: true };
}
