/** Least contrast of words: https://www.w3.org/TR/WCAG22/#contrast-minimum */
const least = 4.5;
const steps = 20;

/** Whether white words can be read better on this ground than black ones. @param {string} ground #rrggbb */
export function isDark(ground) {
  return contrast(ground, '#ffffff') > contrast(ground, '#000000');
}

/**
 * The colour, made darker or lighter until it can be read on the ground.
 * @param {string} ground #rrggbb
 * @param {string} color #rrggbb
 */
export function readableOn(ground, color) {
  const toward = isDark(ground) ? [255, 255, 255] : [0, 0, 0];
  const parts = partsOf(color);
  for (let step = 0; step <= steps; step += 1) {
    const mixed = hex(parts.map((part, index) => part + ((toward[index] - part) * step) / steps));
    if (contrast(ground, mixed) >= least) return mixed;
  }
  return hex(toward);
}

/** From 1 to 21. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color) {
  const [red, green, blue] = partsOf(color).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function partsOf(color) {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

function hex(parts) {
  return `#${parts.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}
