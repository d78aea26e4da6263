import { badRequest } from './api-error.ts';

type Schema = Readonly<Record<string, unknown>>;

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of a strict schema, at most. */
const mostDepth = 10;

/**
 * Refuses what a schema with `strict: true` may not have: each object names all its fields as required and takes no
 * others. https://developers.openai.com/api/docs/guides/structured-outputs#supported-schemas
 *
 * @throws Refusal 400 for the first fault.
 */
export function checkStrict(name: string, schema: unknown): void {
  if (!isSchema(schema) || schema['type'] !== 'object') {
    const type = isSchema(schema) ? JSON.stringify(schema['type'] ?? 'None') : 'None';
    throw invalid(name, `schema must be a JSON Schema of 'type: "object"', got 'type: ${type}'.`);
  }
  checkPart(name, schema, []);
}

function checkPart(name: string, schema: Schema, path: readonly string[]): void {
  const place = `In context=(${path.map((part) => `'${part}'`).join(', ')})`;
  if (path.filter((part) => part === 'properties' || part === 'items').length > mostDepth) {
    throw invalid(name, `${place}, the schema is nested deeper than ${mostDepth} levels.`);
  }
  const unsupported = ['allOf', 'not', 'if', 'dependentRequired', 'patternProperties'].find((word) => word in schema);
  if (unsupported !== undefined) throw invalid(name, `${place}, '${unsupported}' is not permitted.`);
  if (isSchema(schema['properties']) || schema['type'] === 'object') checkObject(name, schema, place);
  if (schema['type'] === 'array' && !isSchema(schema['items']))
    throw invalid(name, `${place}, array schema missing items.`);
  for (const [part, inner] of partsOf(schema)) checkPart(name, inner, [...path, ...part]);
}

function checkObject(name: string, schema: Schema, place: string): void {
  if (schema['additionalProperties'] !== false) {
    throw invalid(name, `${place}, 'additionalProperties' is required to be supplied and to be false.`);
  }
  const fields = Object.keys(isSchema(schema['properties']) ? schema['properties'] : {});
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const missing = fields.find((field) => !required.includes(field));
  if (missing !== undefined) {
    throw invalid(
      name,
      `${place}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`,
    );
  }
  const extra = required.find((field) => typeof field === 'string' && !fields.includes(field));
  if (extra !== undefined)
    throw invalid(name, `${place}, 'required' names ${JSON.stringify(extra)}, which is not in properties.`);
}

function partsOf(schema: Schema): [path: string[], inner: Schema][] {
  const parts: [string[], unknown][] = [['items'], ...alternatives(schema)].map((path) => [path, at(schema, path)]);
  for (const group of ['properties', '$defs', 'definitions']) {
    const inner = schema[group];
    if (isSchema(inner))
      parts.push(...Object.entries(inner).map(([field, one]): [string[], unknown] => [[group, field], one]));
  }
  return parts.filter((part): part is [string[], Schema] => isSchema(part[1]));
}

function alternatives(schema: Schema): string[][] {
  const anyOf: readonly unknown[] = Array.isArray(schema['anyOf']) ? schema['anyOf'] : [];
  return anyOf.map((_, index) => ['anyOf', String(index)]);
}

function at(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return value;
  return typeof value === 'object' && value !== null ? at((value as Record<string, unknown>)[first], rest) : undefined;
}

function invalid(name: string, words: string) {
  return badRequest(`Invalid schema for response_format '${name}': ${words}`, 'response_format');
}
