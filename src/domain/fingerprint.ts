/** FNV-1a with 64 bits. https://www.rfc-editor.org/rfc/rfc9923 */
const START = 0xcb_f2_9c_e4_84_22_23_25n;
const PRIME = 0x1_00_00_00_01_b3n;

/**
 * Sixteen hexadecimal digits that tell one text from another, and by themselves nothing of either: for places where a
 * text must be known again but not be read.
 */
export function fingerprintOf(text: string): string {
  let hash = START;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  return hash.toString(16).padStart(16, '0');
}
