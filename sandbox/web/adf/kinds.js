import * as blocks from './blocks.js';
import * as cards from './cards.js';
import * as inline from './inline.js';
import * as lists from './lists.js';
import { MarkedText } from './marks.js';
import * as media from './media.js';
import * as tables from './tables.js';

/**
 * Node type to what draws it: every one of Atlassian's schema.
 * https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
 */
const kinds = {
  blockCard: cards.BlockCard,
  blockTaskItem: lists.TaskItem,
  blockquote: blocks.Quote,
  bodiedExtension: cards.Extension,
  bodiedRule: blocks.BodiedRule,
  bodiedSyncBlock: blocks.Frame,
  bulletList: lists.BulletList,
  caption: media.Caption,
  codeBlock: blocks.CodeBlock,
  date: inline.Day,
  decisionItem: lists.DecisionItem,
  decisionList: lists.DecisionList,
  doc: blocks.Document,
  embedCard: cards.BlockCard,
  emoji: inline.Emoji,
  expand: blocks.Expand,
  extension: cards.Extension,
  extensionFrame: blocks.Frame,
  hardBreak: inline.Break,
  heading: blocks.Heading,
  inlineCard: cards.InlineCard,
  inlineExtension: cards.InlineExtension,
  layoutColumn: blocks.LayoutColumn,
  layoutSection: blocks.LayoutSection,
  listItem: lists.ListItem,
  media: media.Media,
  mediaGroup: media.MediaGroup,
  mediaInline: media.MediaInline,
  mediaSingle: media.MediaSingle,
  mention: inline.Mention,
  multiBodiedExtension: cards.Extension,
  nestedExpand: blocks.Expand,
  orderedList: lists.OrderedList,
  panel: blocks.Panel,
  paragraph: blocks.Paragraph,
  placeholder: inline.Placeholder,
  rule: blocks.Rule,
  status: inline.Status,
  syncBlock: cards.SyncBlock,
  table: tables.Table,
  tableCell: tables.Cell,
  tableHeader: tables.HeaderCell,
  tableRow: tables.Row,
  taskItem: lists.TaskItem,
  taskList: lists.TaskList,
  text: MarkedText,
};

/** Null for a kind that is not known. */
export function kindOf(type) {
  return typeof type === 'string' && Object.hasOwn(kinds, type) ? kinds[type] : null;
}
