import { createContext, useContext } from '../view.js';
import { isDark, readableOn } from './contrast.js';

/** The darkest ground of a light page that words can stand on, and the lightest of a dark one. */
const lightGround = '#e4e9f0';
const darkGround = '#3a424c';

/** The colour that the document itself puts behind what is drawn here; null where the page's own ground shows. */
export const Ground = createContext(null);

export function useGround() {
  return useContext(Ground);
}

/** A colour as `#rrggbb`, or null: nothing else may become a style. The last two of eight digits are left off. */
export function hexOf(color) {
  return typeof color === 'string' && /^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(color)
    ? color.slice(0, 7).toLowerCase()
    : null;
}

/** The style of something with a ground of the document's own: its words can be read in both themes. */
export function paint(ground) {
  if (ground === null) return undefined;
  return { background: ground, color: readableOn(ground, isDark(ground) ? '#ffffff' : '#172b4d') };
}

/** The style of words in a colour of their own: the colour as it is, or as near as it can be and still be read. */
export function ink(color, ground) {
  if (color === null) return undefined;
  if (ground !== null) return { color: readableOn(ground, color) };
  return { color: `light-dark(${readableOn(lightGround, color)}, ${readableOn(darkGround, color)})` };
}
