import type { ModelRequest } from '#model-ports.ts';
import type { ReasoningEffort } from './config.ts';
import type { Taken } from './taken.ts';

/** What of a request is the model's own, and not the server's way to be told. */
export interface Asked {
  readonly model: string;
  readonly request: ModelRequest;
  readonly seesImages: boolean;
  /** Tell OpenAI to keep nothing; other servers know no such parameter, and some refuse what they do not know. */
  readonly forgets: boolean;
  readonly effort: ReasoningEffort | null;
}

/** The body of a chat completion: one message of ours, one of data. No tools, no stream. */
export function toChatRequest(
  { model, request, seesImages, forgets, effort }: Asked,
  taken: Taken,
): Record<string, unknown> {
  const { schema } = request;
  return {
    model,
    messages: [
      { role: 'system', content: instructionsOf(request, taken) },
      { role: 'user', content: dataOf(request, seesImages) },
    ],
    [taken.limit]: request.maxTokens,
    stream: false,
    ...(taken.temperature ? { temperature: 0 } : {}),
    ...(taken.effort && effort !== null ? { reasoning_effort: effort } : {}),
    ...(forgets ? { store: false } : {}),
    ...(taken.structured === 'schema'
      ? {
          response_format: {
            type: 'json_schema',
            json_schema: { name: schema.name, strict: true, schema: schema.json },
          },
        }
      : {}),
    ...(taken.structured === 'object' ? { response_format: { type: 'json_object' } } : {}),
  };
}

function instructionsOf({ instructions, schema }: ModelRequest, { structured }: Taken): string {
  if (structured === 'schema') return instructions;
  const form = JSON.stringify(schema.json);
  return `${instructions}\n\nAnswer with one JSON object and nothing else, as the JSON schema "${schema.name}" says:\n${form}`;
}

function dataOf({ data, images }: ModelRequest, seesImages: boolean): unknown {
  if (images.length === 0 || !seesImages) return data;
  const pictures = images.map(({ mimeType, bytes }) => ({
    type: 'image_url',
    image_url: { url: `data:${mimeType};base64,${Buffer.from(bytes).toString('base64')}` },
  }));
  // an empty text is refused by some
  return data === '' ? pictures : [{ type: 'text', text: data }, ...pictures];
}
