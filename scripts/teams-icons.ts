import { unzlibSync } from 'fflate';

/** A picture as read from a PNG: four bytes a pixel (red, green, blue, alpha). */
interface Picture {
  readonly width: number;
  readonly height: number;
  /** Null where it is not kept with eight bits each of red, green, blue and alpha. */
  readonly pixels: Uint8Array | null;
}

/**
 * Sentences on what Teams would refuse of the two icons; none: they are good.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons
 */
export function iconProblems(color: Uint8Array, outline: Uint8Array): readonly string[] {
  const [colorPicture, outlinePicture] = [readPng(color), readPng(outline)];
  return [
    ...sizeProblems('color.png', colorPicture, 192),
    ...sizeProblems('outline.png', outlinePicture, 32),
    ...(outlinePicture === null ? [] : outlineProblems(outlinePicture)),
  ];
}

function sizeProblems(name: string, picture: Picture | null, size: number): readonly string[] {
  if (picture === null) return [`${name}: must be a PNG.`];
  const { width, height } = picture;
  if (width === size && height === size) return [];
  return [`${name}: must be ${size} by ${size} pixels, and is ${width} by ${height}.`];
}

function outlineProblems({ pixels }: Picture): readonly string[] {
  if (pixels === null) return ['outline.png: must be kept with transparency (8-bit RGBA, not interlaced).'];
  const drawn = Array.from({ length: pixels.length / 4 }, (_, at) => pixels.subarray(at * 4, at * 4 + 4)).filter(
    ([, , , alpha]) => alpha !== 0,
  );
  const problems: string[] = [];
  if (drawn.length === 0) problems.push('outline.png: must show something.');
  if (drawn.length === pixels.length / 4) problems.push('outline.png: must have a transparent background.');
  if (drawn.some((pixel) => pixel.subarray(0, 3).some((value) => value !== 255))) {
    problems.push('outline.png: must be white and nothing else.');
  }
  return problems;
}

const signature = '89504e470d0a1a0a';

/** Null: not a PNG. https://www.w3.org/TR/png-3/ */
function readPng(bytes: Uint8Array): Picture | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isPng =
    file.length >= 29 && file.toString('hex', 0, 8) === signature && file.toString('latin1', 12, 16) === 'IHDR';
  if (!isPng) return null;
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  // bit depth 8, colour type 6 (RGBA), compression 0, filter 0, interlace 0
  if (file.toString('hex', 24, 29) !== '0806000000') return { width, height, pixels: null };
  try {
    const data = unzlibSync(dataOf(file));
    return data.length === (width * 4 + 1) * height ? { width, height, pixels: unfiltered(data, width * 4) } : null;
  } catch {
    return null; // cut off, or not compressed as it says
  }
}

/** The chunks of the picture itself, joined. A chunk: length, type, data, checksum. */
function dataOf(file: Buffer): Uint8Array {
  const parts: Buffer[] = [];
  for (let at = 8; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') {
      parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
    }
  }
  return Buffer.concat(parts);
}

/** Each row begins with its filter: how its bytes are told from those to the left and above, which are 0 outside. */
function unfiltered(data: Uint8Array, stride: number): Uint8Array {
  const pixels = new Uint8Array(data.length - data.length / (stride + 1));
  const before = (at: number, isInside: boolean) => (isInside ? (pixels[at] ?? 0) : 0);
  for (let at = 0; at < pixels.length; at += 1) {
    const row = Math.floor(at / stride);
    const isInside = at % stride >= 4;
    const neighbours = {
      left: before(at - 4, isInside),
      up: before(at - stride, true),
      corner: before(at - stride - 4, isInside),
    };
    const filter = data[row * (stride + 1)] ?? 0;
    pixels[at] = (data[at + row + 1] ?? 0) + predicted(filter, neighbours);
  }
  return pixels;
}

interface Neighbours {
  readonly left: number;
  readonly up: number;
  readonly corner: number;
}

/** https://www.w3.org/TR/png-3/#9Filters */
function predicted(filter: number, { left, up, corner }: Neighbours): number {
  const paeth = [left, up, corner].toSorted(
    (one, other) => Math.abs(left + up - corner - one) - Math.abs(left + up - corner - other),
  );
  return [0, left, up, Math.floor((left + up) / 2), paeth[0] ?? 0][filter] ?? 0;
}
