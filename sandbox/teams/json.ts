import type { Json } from './contract.ts';

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function jsonAt(value: Json | null, key: string): Json | null {
  const found = value?.[key];
  return isJson(found) ? found : null;
}

export function textAt(value: Json | null, key: string): string | null {
  const found = value?.[key];
  return typeof found === 'string' ? found : null;
}

/** Null when it is no JSON, or no object. */
export function readJson(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : null;
  } catch {
    return null;
  }
}
