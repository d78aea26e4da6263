import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The ports that were given out for "any free one": links that are kept lead to them. */
export interface PortMemory {
  /** 0 when none is remembered. */
  recall(name: string): number;
  keep(name: string, port: number): void;
}

/** Kept in this file, which need not be there. */
export function openPortMemory(file: string): PortMemory {
  const ports = read(file);
  return {
    recall: (name) => ports.get(name) ?? 0,
    keep(name, port) {
      if (ports.get(name) === port) return;
      ports.set(name, port);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(Object.fromEntries(ports)));
    },
  };
}

/**
 * Opens a server on the port that is wished for. When that is 0: on the port of the last time, or, if another program
 * has it now, on any free one.
 */
export async function bindWithMemory<Server extends { readonly url: string }>(wish: {
  readonly memory: PortMemory;
  readonly name: string;
  readonly wish: number;
  readonly bind: (port: number) => Promise<Server>;
}): Promise<Server> {
  const { memory, name, bind } = wish;
  if (wish.wish !== 0) return bind(wish.wish);
  const last = memory.recall(name);
  const server = await bind(last).catch((error: unknown) => {
    if (last !== 0 && (error as NodeJS.ErrnoException).code === 'EADDRINUSE') return bind(0);
    throw error;
  });
  memory.keep(name, Number(new URL(server.url).port));
  return server;
}

function read(file: string): Map<string, number> {
  try {
    const kept = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>);
    return new Map(kept.filter((entry): entry is [string, number] => isPort(entry[1])));
  } catch {
    return new Map(); // the first start, or a broken file: only convenience is lost
  }
}

function isPort(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536;
}
