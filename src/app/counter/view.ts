import type { LoadProgress } from '../../ai/engines.ts';
import type { Stage, TurnInput } from '../../ai/turn.ts';
import type { Backend, Task, Turn, Understanding } from '../../schema.ts';
import type { Connection, ModelInUse } from '../assistant-port.ts';

export type Phase = 'loading' | 'ready' | 'opening' | 'listening' | 'thinking' | 'speaking' | 'failed';

/** One turn as a block on the receipt. */
export interface TurnView {
  id: string;
  input: TurnInput['kind'];
  /** Epoch, milliseconds. */
  startedAt: number;
  /** True when a rule of dashes goes before it. */
  startsCustomer: boolean;
  transcript: string | null;
  understanding: Understanding | null;
  answer: string | null;
  /** True when it was cancelled after its answer had come: what it did is done. */
  interrupted: boolean;
  /** The turn's own report, once it is over. */
  report: Turn | null;
}

/** The turn under way: the one the button and the status line speak of. */
export interface OpenTurnView {
  id: string;
  stage: Stage;
}

/** Everything the counter page shows, but for the level. */
export interface CounterView {
  phase: Phase;
  /** What the page falls back to between two turns. */
  rest: 'loading' | 'ready' | 'failed';
  /** The parts that broke and are being replaced. */
  reloading: readonly Task[];
  openTurn: OpenTurnView | null;
  /** What has been heard so far of the utterance in hand. */
  partial: string;
  turns: TurnView[];
  progress: LoadProgress[];
  backend: Backend | null;
  models: ModelInUse[];
  /** True when a model in use is only a trial. */
  trial: boolean;
  /** Null while nothing has told of a companion. */
  connection: Connection | null;
  /** French, what happened and what to do. */
  notice: string | null;
  /** What stands behind the notice, for who repairs it. */
  details: { code: string; message: string } | null;
}

export const emptyView: CounterView = {
  phase: 'loading',
  rest: 'loading',
  reloading: [],
  openTurn: null,
  partial: '',
  turns: [],
  progress: [],
  backend: null,
  models: [],
  trial: false,
  connection: null,
  notice: null,
  details: null,
};
