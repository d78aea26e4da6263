import {
  anything,
  between,
  boolean,
  type Check,
  color,
  filled,
  localId,
  type NodeRule,
  number,
  numbers,
  oneOf,
  string,
} from './adf-checks.ts';
import { isRecord } from './json.ts';

const textMarks = [
  'strong',
  'em',
  'strike',
  'underline',
  'code',
  'link',
  'subsup',
  'textColor',
  'backgroundColor',
  'annotation',
];
const inline = ['text', 'hardBreak', 'mention', 'emoji', 'date', 'status', 'inlineCard', 'placeholder', 'mediaInline'];
const lists = ['bulletList', 'orderedList'];
const media = ['mediaSingle', 'mediaGroup'];
const inCell = [
  'paragraph',
  'heading',
  ...lists,
  ...media,
  'panel',
  'blockquote',
  'rule',
  'codeBlock',
  'taskList',
  'decisionList',
  'blockCard',
  'embedCard',
  'nestedExpand',
];
const inSection = [...inCell.filter((type) => type !== 'nestedExpand'), 'table', 'expand'];
const layouts = oneOf('wide', 'full-width', 'center', 'wrap-right', 'wrap-left', 'align-end', 'align-start');
const listItems = { children: ['listItem'], least: 1, needsContent: true };
const statusColor: Check = (value) =>
  oneOf('neutral', 'purple', 'blue', 'red', 'yellow', 'green')(value) || color(value);

function hasOne(attrs: Readonly<Record<string, unknown>>, ...names: readonly string[]): boolean {
  return names.some((name) => attrs[name] !== undefined);
}

/** Without attributes at all, or with a layout, and with a width where it counts pixels. */
function hasLayout(attrs: Readonly<Record<string, unknown>>): boolean {
  if (Object.keys(attrs).length === 0) return true;
  return attrs.layout !== undefined && (attrs.widthType !== 'pixel' || attrs.width !== undefined);
}

/** A file by its id, or an address elsewhere. */
function isMedia(attrs: Readonly<Record<string, unknown>>): boolean {
  if (attrs.type === 'external') return hasOne(attrs, 'url') && !hasOne(attrs, 'id', 'collection', 'occurrenceKey');
  return hasOne(attrs, 'id') && hasOne(attrs, 'collection') && !hasOne(attrs, 'url');
}

function typeOf(node: unknown): unknown {
  return isRecord(node) ? node.type : undefined;
}

const mediaAttrs = {
  required: { type: oneOf('file', 'link', 'external') },
  optional: {
    ...localId,
    id: filled,
    collection: string,
    alt: string,
    width: number,
    height: number,
    url: string,
    occurrenceKey: filled,
  },
};
const cell: NodeRule = {
  optional: {
    ...localId,
    colspan: number,
    rowspan: number,
    colwidth: numbers,
    background: string,
    valign: oneOf('top', 'middle', 'bottom'),
  },
  children: inCell,
  least: 1,
  needsContent: true,
};

/** https://developer.atlassian.com/cloud/jira/platform/apis/document/nodes/paragraph/ and the pages beside it */
export const nodeRules: Readonly<Record<string, NodeRule>> = {
  doc: { children: [...inSection, 'layoutSection'], needsContent: true },
  paragraph: { optional: localId, children: inline, marks: ['alignment', 'indentation'] },
  heading: {
    required: { level: between(1, 6) },
    optional: localId,
    children: inline,
    marks: ['alignment', 'indentation'],
  },
  text: { marks: textMarks },
  hardBreak: { optional: { ...localId, text: oneOf('\n') } },
  rule: { optional: localId },
  blockquote: {
    optional: localId,
    children: ['paragraph', ...lists, 'codeBlock', ...media],
    least: 1,
    plainChildren: true,
    needsContent: true,
  },
  codeBlock: {
    optional: { ...localId, language: string, uniqueId: string, wrap: boolean, hideLineNumbers: boolean },
    children: ['text'],
    plainChildren: true,
    marks: ['breakout'],
  },
  bulletList: { optional: localId, ...listItems },
  orderedList: { optional: { ...localId, order: between(0, Infinity) }, ...listItems },
  listItem: {
    optional: localId,
    children: ['paragraph', ...lists, 'taskList', 'mediaSingle', 'codeBlock'],
    least: 1,
    plainChildren: true,
    needsContent: true,
  },
  panel: {
    required: { panelType: oneOf('info', 'note', 'tip', 'warning', 'error', 'success', 'custom') },
    optional: { ...localId, panelIcon: string, panelIconId: string, panelIconText: string, panelColor: string },
    children: [
      'paragraph',
      'heading',
      ...lists,
      'blockCard',
      ...media,
      'codeBlock',
      'taskList',
      'rule',
      'decisionList',
    ],
    least: 1,
    plainChildren: true,
    needsContent: true,
  },
  expand: {
    optional: { ...localId, title: string },
    children: inCell,
    least: 1,
    needsContent: true,
    marks: ['breakout'],
  },
  nestedExpand: {
    required: {},
    optional: { ...localId, title: string },
    children: inCell.filter((type) => type !== 'nestedExpand'),
    least: 1,
    needsContent: true,
  },
  table: {
    optional: {
      ...localId,
      isNumberColumnEnabled: boolean,
      layout: string,
      width: number,
      displayMode: oneOf('default', 'fixed'),
    },
    children: ['tableRow'],
    least: 1,
    needsContent: true,
  },
  tableRow: { optional: localId, children: ['tableCell', 'tableHeader'], needsContent: true },
  tableCell: cell,
  tableHeader: cell,
  taskList: { required: localId, children: ['taskItem', 'taskList'], least: 1, needsContent: true },
  taskItem: { required: { ...localId, state: oneOf('TODO', 'DONE') }, children: inline },
  decisionList: { required: localId, children: ['decisionItem'], least: 1, needsContent: true },
  decisionItem: { required: { ...localId, state: string }, children: inline },
  layoutSection: {
    optional: localId,
    children: ['layoutColumn'],
    least: 2,
    most: 3,
    needsContent: true,
    marks: ['breakout'],
  },
  layoutColumn: {
    required: { width: between(0, 100) },
    optional: localId,
    children: inSection,
    least: 1,
    needsContent: true,
  },
  mediaSingle: {
    optional: { ...localId, layout: layouts, width: number, widthType: oneOf('percentage', 'pixel') },
    children: ['media', 'caption'],
    least: 1,
    most: 2,
    needsContent: true,
    marks: ['link'],
    also: (attrs, content) => hasLayout(attrs) && typeOf(content[0]) === 'media' && typeOf(content[1]) !== 'media',
  },
  mediaGroup: { children: ['media'], least: 1, needsContent: true },
  media: { ...mediaAttrs, marks: ['link', 'annotation', 'border'], also: isMedia },
  mediaInline: {
    required: { id: filled, collection: string },
    optional: {
      ...localId,
      type: oneOf('file', 'link', 'image'),
      alt: string,
      width: number,
      height: number,
      data: anything,
    },
    marks: ['link', 'annotation', 'border'],
  },
  caption: { optional: localId, children: inline.filter((type) => type !== 'mediaInline') },
  mention: {
    required: { id: string },
    optional: { ...localId, text: string, accessLevel: string, userType: oneOf('DEFAULT', 'SPECIAL', 'APP') },
  },
  emoji: { required: { shortName: string }, optional: { ...localId, id: string, text: string } },
  date: { required: { timestamp: filled }, optional: localId },
  status: { required: { text: filled, color: statusColor }, optional: { ...localId, style: string } },
  placeholder: { required: { text: string }, optional: localId },
  inlineCard: { optional: { ...localId, url: string, data: anything }, also: (attrs) => hasOne(attrs, 'url', 'data') },
  blockCard: {
    optional: { ...localId, url: string, data: anything, datasource: anything, width: number, layout: layouts },
    also: (attrs) => hasOne(attrs, 'url', 'data', 'datasource'),
  },
  embedCard: {
    required: { url: string, layout: layouts },
    optional: { ...localId, width: between(0, 100), originalWidth: number, originalHeight: number },
  },
};
