/** Something wrong with a block; `pointer` is a JSON pointer from the message, as Slack gives it. */
export interface Problem {
  readonly pointer: string;
  readonly message: string;
}

/** Looks at one value and tells what is wrong with it. */
export type Shape = (value: unknown, pointer: string, report: (problem: Problem) => void) => void;

/** @param limits lengths in UTF-16 code units, as JavaScript counts. */
export function string(limits: { min?: number; max?: number; oneOf?: readonly string[] } = {}): Shape {
  return (value, pointer, report) => {
    if (typeof value !== 'string') return report({ pointer, message: 'must be a string' });
    if (value.length < (limits.min ?? 0))
      report({ pointer, message: `must be more than ${(limits.min ?? 1) - 1} characters` });
    if (limits.max !== undefined && value.length > limits.max) {
      report({ pointer, message: `must be less than ${limits.max + 1} characters` });
    }
    if (limits.oneOf !== undefined && !limits.oneOf.includes(value)) {
      report({ pointer, message: `must be a valid enum value` });
    }
  };
}

export const boolean: Shape = (value, pointer, report) => {
  if (typeof value !== 'boolean') report({ pointer, message: 'must be a boolean' });
};

export const number: Shape = (value, pointer, report) => {
  if (typeof value !== 'number') report({ pointer, message: 'must be a number' });
};

export const anything: Shape = () => undefined;

export function array(item: Shape, limits: { min?: number; max?: number } = {}): Shape {
  return (value, pointer, report) => {
    if (!Array.isArray(value)) return report({ pointer, message: 'must be an array' });
    if (value.length < (limits.min ?? 0)) report({ pointer, message: `no less than ${limits.min} items allowed` });
    if (limits.max !== undefined && value.length > limits.max) {
      report({ pointer, message: `no more than ${limits.max} items allowed` });
    }
    value.forEach((one: unknown, index) => item(one, `${pointer}/${index}`, report));
  };
}

/** An object with these fields. `open` lets others pass: for kinds whose fields are still growing. */
export function object(spec: {
  required?: Readonly<Record<string, Shape>>;
  optional?: Readonly<Record<string, Shape>>;
  open?: boolean;
}): Shape {
  const shapes = new Map(Object.entries({ ...spec.optional, ...spec.required }));
  const required = Object.keys(spec.required ?? {});
  return (value, pointer, report) => {
    if (!isRecord(value)) return report({ pointer, message: 'must be an object' });
    // a field that is null counts as left out
    const fields = new Map(Object.entries(value).filter(([, field]) => field !== undefined && field !== null));
    for (const name of required) {
      if (!fields.has(name)) report({ pointer, message: `missing required field: ${name}` });
    }
    for (const [name, field] of fields) {
      const shape = shapes.get(name);
      if (shape !== undefined) shape(field, `${pointer}/${name}`, report);
      else if (spec.open !== true) report({ pointer, message: `invalid additional property: ${name}` });
    }
  };
}

/** One of several kinds of object, told apart by `type`. */
export function oneOf(kinds: Readonly<Record<string, Shape>>): Shape {
  const shapes = new Map(Object.entries(kinds));
  return (value, pointer, report) => {
    if (!isRecord(value)) return report({ pointer, message: 'must be an object' });
    const kind = value['type'];
    if (typeof kind !== 'string') return report({ pointer, message: 'missing required field: type' });
    const shape = shapes.get(kind);
    if (shape === undefined) report({ pointer: `${pointer}/type`, message: `unsupported type: ${kind}` });
    else shape(value, pointer, report);
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
