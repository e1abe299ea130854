import type { LoadProgress } from '../ai/engines.ts';
import type { TurnEvent } from '../ai/turn.ts';
import type { Backend, Task } from '../schema.ts';

/** A pack in use, as the screen names it. */
export interface ModelInUse {
  packId: string;
  task: Task;
  /** French, from the manifest. */
  name: string;
  trial: boolean;
}

/** How the page stands with the companion; `pending` counts what waits to be sent. */
export type Connection = 'synced' | 'offline' | { pending: number };

/** Something a person must know: one French sentence, and what stands behind « Détails ». */
export interface NoticeReport {
  sentence: string;
  code: string;
  /** What failed, for who repairs it. */
  message: string;
}

/** What the assistant tells the screen. */
export type AssistantEvent =
  /** The packs that will be loaded, in that order; before the first `progress`. */
  | { type: 'models'; models: ModelInUse[] }
  | { type: 'progress'; progress: LoadProgress }
  /** Models are being loaded, at the start or anew: it cannot listen until `ready`. */
  | { type: 'loading' }
  /** It can listen from now on, even if the voice is still being loaded. */
  | { type: 'ready'; backend: Backend }
  /** A part of it broke and is being replaced; a turn that needs it waits. Then `reloaded`, even if it failed. */
  | { type: 'reloading' | 'reloaded'; task: Task }
  /** It can do nothing until `retry`. */
  | { type: 'failed'; notice: NoticeReport }
  /** The microphone's level, 0 to 1, many times a second while it listens. */
  | { type: 'level'; level: number }
  | { type: 'turn'; event: TurnEvent }
  | { type: 'backend'; backend: Backend }
  | { type: 'connection'; connection: Connection }
  | { type: 'notice'; notice: NoticeReport | null };

/** The assistant as the screen knows it. Every call returns at once; what comes of it arrives as events. */
export interface Assistant {
  /** Begins a spoken turn; one under way is cancelled. */
  startListening(): void;
  /** The utterance is over: work with what was heard. */
  stopListening(): void;
  /** Ends the turn under way without a result. */
  cancel(): void;
  /** Begins a turn on typed text; one under way is cancelled. */
  say(text: string): void;
  /** Loads again what could not be loaded. */
  retry(): void;
  /** Gives events to `listener` until the returned function is called. */
  subscribe(listener: (event: AssistantEvent) => void): () => void;
}
