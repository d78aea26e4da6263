import { inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const keyword = 'Text';
const mostText = 100_000;

/**
 * What a picture says: its chunk with the keyword "Text". '' for a picture without, and for anything but a PNG.
 * https://www.w3.org/TR/png-3/#11textinfo
 */
export function textOfPng(bytes: Uint8Array): string {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!png.subarray(0, signature.length).equals(signature)) return '';
  for (let at = signature.length; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const text = chunkText(type, png.subarray(at + 8, at + 8 + length));
    if (text !== null) return text;
    at += 12 + length;
  }
  return '';
}

function chunkText(type: string, data: Buffer): string | null {
  const end = data.indexOf(0);
  if (end < 0 || data.toString('latin1', 0, end) !== keyword) return null;
  const rest = data.subarray(end + 1);
  if (type === 'tEXt') return rest.toString('latin1');
  if (type === 'zTXt') return unpacked(rest.subarray(1))?.toString('latin1') ?? null;
  return type === 'iTXt' ? international(rest) : null;
}

/** A flag and a method of compression, a language, a translated keyword, and the text. */
function international(rest: Buffer): string | null {
  const language = rest.indexOf(0, 2);
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  if (translated < 0) return null;
  const text = rest.subarray(translated + 1);
  return (rest[0] === 1 ? unpacked(text) : text)?.toString('utf8') ?? null;
}

function unpacked(data: Buffer): Buffer | null {
  try {
    return inflateSync(data, { maxOutputLength: mostText });
  } catch {
    return null; // a broken picture says nothing
  }
}
