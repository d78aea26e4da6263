const disc = 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z';

/** What stands at the left of a panel: drawn as holes in a filled shape. */
export const panelSigns = {
  info: { words: 'Information', path: `${disc}M7.100 7h1.800v5H7.100zM7.100 4h1.800v1.800H7.100z` },
  note: {
    words: 'Note',
    path: 'M3.500 1h9A1.500 1.500 0 0 1 14 2.500v11a1.500 1.500 0 0 1-1.500 1.500h-9A1.500 1.500 0 0 1 2 13.500v-11A1.500 1.500 0 0 1 3.500 1zM5 4.200v1.600h6V4.200zM5 7.200v1.600h6V7.200zM5 10.200v1.600h3.500v-1.600z',
  },
  tip: {
    words: 'Tip',
    path: 'M8 1a5 5 0 0 0-3 9c.700.600 1 1.200 1 2h4c0-.800.300-1.400 1-2a5 5 0 0 0-3-9zM6 13h4v1a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1z',
  },
  success: {
    words: 'Success',
    path: `${disc}M11.300 4.900l1.300 1.200-5.300 5.500L3.700 8.300l1.200-1.300 2.300 2.100z`,
  },
  warning: {
    words: 'Warning',
    path: 'M8 1.200a1 1 0 0 1 .900.500l6 11.300a1 1 0 0 1-.900 1.500H2a1 1 0 0 1-.900-1.500l6-11.300a1 1 0 0 1 .900-.500zM7.100 5.500v4.200h1.800V5.500zM7.100 10.900v1.700h1.800v-1.700z',
  },
  error: {
    words: 'Error',
    path: `${disc}M5.500 4.300L8 6.800l2.500-2.500 1.200 1.200L9.200 8l2.500 2.500-1.200 1.200L8 9.200l-2.500 2.500-1.200-1.200L6.800 8 4.300 5.500z`,
  },
};
