import type { CounterNumbering, IssuedDocument } from '../schema/documents.ts';
import type { CounterRegistry } from './numbering.ts';

/** The companion's part in numbering, in memory: it counts profiles and remembers the documents that it received. */
export interface FakeCounterRegistry extends CounterRegistry {
  reachable: boolean;
  receive(document: IssuedDocument): void;
}

/** A reachable registry that knows no profile. */
export function createCounterRegistry(): FakeCounterRegistry {
  const counters = new Map<string, string>();
  const last = new Map<string, Map<string, CounterNumbering['last'][number]>>();
  const registry: FakeCounterRegistry = {
    reachable: true,
    receive({ counter, kind, year, sequence }) {
      const series = last.get(counter) ?? new Map<string, CounterNumbering['last'][number]>();
      last.set(counter, series);
      series.set(`${kind} ${year}`, { kind, year, sequence });
    },
    async assign(profileId) {
      if (!registry.reachable) throw new TypeError('fetch failed');
      const counter = counters.get(profileId) ?? `C${counters.size + 1}`;
      counters.set(profileId, counter);
      return counter;
    },
    async numbering(counter) {
      if (!registry.reachable) throw new TypeError('fetch failed');
      return { counter, last: [...(last.get(counter)?.values() ?? [])] };
    },
  };
  return registry;
}
