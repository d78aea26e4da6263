/**
 * How cards look: the page's own colours, by name, so that they follow its theme.
 * https://learn.microsoft.com/adaptive-cards/rendering-cards/host-config
 */
const color = (name, subtle = name) => ({ default: `var(--${name})`, subtle: `var(--${subtle})` });

const foregroundColors = {
  default: color('text', 'faint'),
  dark: color('text', 'faint'),
  light: color('faint'),
  accent: color('accent'),
  good: color('good'),
  warning: color('card-warning'),
  attention: color('problem'),
};

const container = (background) => ({ backgroundColor: `var(--${background})`, foregroundColors });

export const hostConfig = {
  supportsInteractivity: true,
  fontFamily: 'var(--font)',
  fontSizes: { small: 12, default: 14, medium: 15, large: 18, extraLarge: 22 },
  fontWeights: { lighter: 400, default: 400, bolder: 700 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: container('card-ground'),
    emphasis: container('card-emphasis'),
    accent: container('card-accent'),
    good: container('good-ground'),
    attention: container('problem-ground'),
    warning: container('warning-ground'),
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { size: 'small', color: 'attention', spacing: 'small' },
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    preExpandSingleShowCardAction: false,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
  adaptiveCard: { allowCustomStyle: false },
  textBlock: { headingLevel: 4 },
  factSet: {
    title: { weight: 'bolder', wrap: true, maxWidth: 150 },
    value: { wrap: true },
    spacing: 10,
  },
};
