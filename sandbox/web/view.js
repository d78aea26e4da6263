/** The page's one door to preact and htm: components import from here, never from /vendor. */
import { createContext, Fragment, h, render } from '/vendor/preact.js';
import htm from '/vendor/htm.js';

export {
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from '/vendor/hooks.js';
export { createContext, Fragment, h, render };

/** Tagged template to virtual DOM. Values become text nodes and properties, never markup. */
export const html = htm.bind(h);
