import { readFileSync } from 'node:fs';

/** A written delivery of Slack, by the name of its fixture. */
export function deliveryOf(fixture: string): Record<string, unknown> {
  const path = new URL(`../../fixtures/slack/${fixture}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

/** The same delivery with other fields in its event; undefined leaves a field out. */
export function eventWith(fixture: string, fields: object): Record<string, unknown> {
  const delivery = deliveryOf(fixture);
  const event = JSON.parse(JSON.stringify({ ...(delivery['event'] as object), ...fields })) as unknown;
  return { ...delivery, event };
}
