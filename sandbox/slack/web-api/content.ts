import { ApiError, invalidArguments } from '../api-error.ts';
import { acceptBlocks } from '../block-kit/index.ts';
import { isRecord } from '../block-kit/shape.ts';
import type { Draft, Json } from '../messages.ts';
import type { Arguments } from './arguments.ts';

/** https://docs.slack.dev/reference/methods/chat.postMessage: longer texts are not accepted. */
const maxText = 40_000;
const maxMarkdownText = 12_000;

/** What a message says: the part of it that an app sends. */
export type Content = Pick<Draft, 'text' | 'blocks' | 'attachments' | 'metadata'>;

/**
 * Reads and checks text, blocks, attachments and metadata of a post.
 *
 * @throws ApiError `no_text`, `msg_too_long`, `invalid_blocks`, `invalid_blocks_format`, `msg_blocks_too_long`,
 * `markdown_text_conflict`, `invalid_metadata_format`.
 */
export function readContent(args: Arguments): Content {
  const { metadata, ...content } = readParts(args);
  const says =
    content.text.trim() !== '' || (content.blocks?.length ?? 0) > 0 || (content.attachments?.length ?? 0) > 0;
  if (!says) throw new ApiError('no_text');
  return { ...content, ...keptMetadata(metadata) };
}

/** The same without asking that it says anything: for a change, where what is left out stays. */
export function readParts(args: Arguments): Content {
  const text = args.text('text') ?? '';
  if (text.length > maxText) throw new ApiError('msg_too_long');
  const blocks = readBlocks(args);
  const metadata = readMetadata(args);
  const attachments = readAttachments(args);
  const rest = {
    ...(attachments === undefined ? {} : { attachments }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  const markdown = args.text('markdown_text');
  if (markdown !== null) return { ...fromMarkdown(markdown, text !== '' || blocks !== undefined), ...rest };
  return { text, ...(blocks === undefined ? {} : { blocks }), ...rest };
}

function fromMarkdown(markdown: string, hasOther: boolean): Content {
  if (hasOther) throw new ApiError('markdown_text_conflict');
  if (markdown.length > maxMarkdownText) throw new ApiError('msg_too_long');
  return { text: markdown, blocks: acceptBlocks([{ type: 'markdown', text: markdown }]) };
}

function readBlocks(args: Arguments): readonly Json[] | undefined {
  const blocks = args.nested('blocks', 'invalid_blocks_format');
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks)) throw new ApiError('invalid_blocks_format');
  return acceptBlocks(blocks);
}

function readAttachments(args: Arguments): readonly Json[] | undefined {
  const attachments = args.nested('attachments', 'invalid_attachments');
  if (attachments === undefined) return undefined;
  if (!Array.isArray(attachments) || !attachments.every(isRecord)) throw new ApiError('invalid_attachments');
  if (attachments.length > 100) throw new ApiError('too_many_attachments');
  return attachments;
}

/** https://docs.slack.dev/messaging/message-metadata */
function readMetadata(args: Arguments): Json | undefined {
  const metadata = args.nested('metadata', 'invalid_metadata_format');
  if (metadata === undefined) return undefined;
  if (!isRecord(metadata)) throw new ApiError('invalid_metadata_format');
  const empty = Object.keys(metadata).length === 0;
  const event = typeof metadata['event_type'] === 'string' && isRecord(metadata['event_payload']);
  if (!empty && !event && metadata['entities'] === undefined) throw new ApiError('invalid_metadata_format');
  if (JSON.stringify(metadata).length > 16_384) throw new ApiError('metadata_too_large');
  return metadata;
}

/** Empty metadata is no metadata; in a change it removes what was there. */
export function keptMetadata(metadata: Json | undefined): { metadata?: Json } {
  return metadata === undefined || Object.keys(metadata).length === 0 ? {} : { metadata };
}

/** The list of an argument, at most `max` long. @throws ApiError `invalid_arguments`. */
export function readList(args: Arguments, name: string, max: number): readonly unknown[] {
  const list = args.nested(name, 'invalid_arguments');
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw invalidArguments(`must provide an array [json-pointer:/${name}]`);
  if (list.length > max) throw invalidArguments(`no more than ${max} items allowed [json-pointer:/${name}]`);
  return list;
}
