import { html, useEffect, useLayoutEffect, useRef } from '../view.js';

const gapPx = 4;
const marginPx = 8;

/**
 * Something that floats beside its anchor, above all else, until Escape, a press elsewhere, or the anchor scrolling
 * away closes it. The focus then goes back to the anchor.
 * @param {HTMLElement} anchor
 * @param {'above' | 'below'} side where it stands if there is room
 * @param {'start' | 'end'} align which of its edges is the anchor's
 */
export function Popup({ anchor, look, side = 'below', align = 'start', onClose, children, ...rest }) {
  const box = useRef(null);
  const latest = useRef(onClose);
  latest.current = onClose;

  useLayoutEffect(() => {
    box.current.showPopover();
    place(box.current, anchor, { side, align });
  }, []);
  useEffect(() => {
    const element = box.current;
    const again = () => place(element, anchor, { side, align });
    const press = ({ target }) => {
      if (!element.contains(target) && !anchor.contains(target)) latest.current();
    };
    const scroll = ({ target }) => {
      if (target instanceof Node && target.contains(anchor) && !element.contains(target)) latest.current();
    };
    const resized = new ResizeObserver(again);
    resized.observe(element);
    window.addEventListener('resize', again);
    document.addEventListener('pointerdown', press, true);
    document.addEventListener('scroll', scroll, { capture: true, passive: true });
    return () => {
      resized.disconnect();
      window.removeEventListener('resize', again);
      document.removeEventListener('pointerdown', press, true);
      document.removeEventListener('scroll', scroll, { capture: true });
    };
  }, []);

  function onKeyDown(event) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
    anchor.focus();
  }

  return html`
    <div class=${`float ${look}`} popover="manual" ref=${box} onKeyDown=${onKeyDown} ...${rest}>${children}</div>
  `;
}

function place(element, anchor, { side, align }) {
  const { top, bottom, left, right } = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = element;
  const roomBelow = innerHeight - bottom - gapPx - marginPx;
  const roomAbove = top - gapPx - marginPx;
  const isAbove =
    side === 'above' ? roomAbove >= height || roomAbove > roomBelow : roomBelow < height && roomAbove > roomBelow;
  const wantedTop = isAbove ? top - gapPx - height : bottom + gapPx;
  const wantedLeft = align === 'end' ? right - width : left;
  element.style.top = `${clamp(wantedTop, innerHeight - height - marginPx)}px`;
  element.style.left = `${clamp(wantedLeft, innerWidth - width - marginPx)}px`;
}

function clamp(value, most) {
  return Math.max(marginPx, Math.min(value, most));
}
