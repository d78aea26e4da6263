const units = ['B', 'kB', 'MB', 'GB'];

/** 12 kB, 3.4 MB. */
export function sizeInWords(bytes) {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const value = bytes / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}

/** Where the page gives the bytes of a file: at its own address if it has one, as a file of an issue has. */
export function fileUrl(me, { id, url }) {
  return url ?? `/api/file?${new URLSearchParams({ ...me, id })}`;
}

/** Pictures that the page shows as such. */
export function isPicture(mimetype) {
  return ['image/png', 'image/jpeg', 'image/gif', 'image/webp'].includes(mimetype);
}
