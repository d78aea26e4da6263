import { DocumentFault } from '#errors.ts';

/**
 * The text of a file, without byte order mark and with `\n` as its only line end.
 *
 * @throws DocumentFault when it is not UTF-8, or not text at all.
 */
export function decode(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes);
  // UTF-16 without a byte order mark looks like this as well.
  if (text.includes('\0')) throw new DocumentFault('is not a text file: save it as text with the encoding UTF-8.');
  return text.replaceAll(/\r\n?/g, '\n');
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new DocumentFault('is not UTF-8: save it again with the encoding UTF-8.', { cause });
  }
}
