type Schema = Readonly<Record<string, unknown>>;

/** The emptiest value that a schema allows: what is answered to a task that nobody knows. */
export function emptyOf(schema: Schema): unknown {
  if (Array.isArray(schema['enum'])) return (schema['enum'] as unknown[])[0];
  if ('const' in schema) return schema['const'];
  const [first] = Array.isArray(schema['anyOf']) ? (schema['anyOf'] as unknown[]) : [];
  if (isSchema(first)) return emptyOf(first);
  const type = Array.isArray(schema['type']) ? (schema['type'] as unknown[])[0] : schema['type'];
  if (type === 'object') return emptyObject(schema['properties']);
  return emptyByType.get(String(type)) ?? null;
}

const emptyByType: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['string', ''],
  ['number', 0],
  ['integer', 0],
  ['boolean', false],
  ['array', []],
]);

function emptyObject(properties: unknown): object {
  const fields = Object.entries(isSchema(properties) ? properties : {});
  return Object.fromEntries(fields.map(([name, inner]) => [name, isSchema(inner) ? emptyOf(inner) : null]));
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
