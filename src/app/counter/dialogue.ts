import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  type DialogueContext,
  type DialogueState,
  type DialogueView,
  draftOf,
  type Effect,
  emptyDialogueView,
  expire,
  freshDialogue,
  hear,
  type Outcome,
  type Request,
  type Step,
  settle,
  viewOf,
  wantedOf,
} from '../../ai/dialogue.ts';
import type { Foresee, Respond } from '../../ai/turn.ts';
import { salesIn, spanOf } from '../../documents/sales.ts';
import { homeCurrency } from '../../documents/shop-profile.ts';
import { isAbort } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Draft, IssuedDocument, ShopDocument, ShopProfile } from '../../schema/documents.ts';
import type { Documents } from '../../storage/documents.ts';

/** Tells other windows which drafts this one is busy with. */
export interface DraftHolds {
  hold(id: string): void;
  release(id: string): void;
  /** The ids that another window holds. */
  heldElsewhere(): Promise<ReadonlySet<string>>;
}

export interface DialogueDependencies {
  documents: Documents;
  readProfile: () => Promise<ShopProfile>;
  holds: DraftHolds;
  config: Pick<DialogueContext, 'region' | 'franc' | 'cfa' | 'idleMs' | 'doubtBelow'>;
  /** Epoch, milliseconds. */
  now: () => number;
  newId: () => string;
  /** Calls back after so many milliseconds, unless the returned function is called before. */
  after: (ms: number, work: () => void) => () => void;
  log: Logger;
}
export type DialogueStore = Pick<StoreApi<DialogueView>, 'getState' | 'subscribe'>;

export interface Dialogue {
  /** Answers within the counter's one dialogue, one turn after the other. */
  respond: Respond;
  /** What `respond` would answer, were it asked now. */
  foresee: Foresee;
  /** A dialogue of its own, without a past, which leaves the counter's alone. */
  startApart(): Respond;
  view: DialogueStore;
  /** Offers what an earlier page left unfinished. */
  offerKept(): Promise<void>;
}

/** A turn that was foreseen does not wait for the shop's description once more, unless so many milliseconds have gone by. */
const profileFreshMs = 2000;

/** Runs the dialogue: takes its steps in order, carries out what they ask for, and keeps its draft. */
export function createDialogue(dependencies: DialogueDependencies): Dialogue {
  const { documents, holds, now, after, log, config } = dependencies;
  const view = createStore<DialogueView>(() => emptyDialogueView);
  let state = freshDialogue;
  let stopWaiting: () => void = () => undefined;
  let profile: ShopProfile | null = null;

  const show = (): void => {
    if (profile) view.setState(viewOf(state, profile, config.region), true);
  };
  const expireNow = (): void => {
    state = expire(state, { now: now(), idleMs: config.idleMs }).state;
    show();
  };
  const become = (next: DialogueState): void => {
    state = next;
    stopWaiting();
    if (state.open) stopWaiting = after(config.idleMs, expireNow);
    show();
  };
  const keep = (effects: readonly Effect[], shop: ShopProfile): void => {
    for (const effect of effects) {
      const work =
        effect.type === 'drop-draft'
          ? documents.deleteDraft(effect.id)
          : documents.saveDraft(draftOf(effect.wanted, shop, homeCurrency(shop)));
      if (effect.type === 'drop-draft') holds.release(effect.id);
      else holds.hold(effect.wanted.id);
      work.catch((thrown: unknown) => log.warn('a draft could not be kept', thrown));
    }
  };

  /** What `foresee` has just read, for the turn that follows. */
  let foreseenWith: { profile: ShopProfile; at: number } | null = null;
  const take = async (heard: Parameters<Respond>[0], signal: AbortSignal) => {
    const isFresh = foreseenWith !== null && now() - foreseenWith.at < profileFreshMs;
    profile = (isFresh ? foreseenWith?.profile : null) ?? (await dependencies.readProfile());
    foreseenWith = null;
    const step = await takeStep(state, heard, { ...dependencies, profile, signal });
    become(step.state);
    keep(step.effects, profile);
    return { understanding: step.understanding, answer: step.answer };
  };
  const inOrder = oneAfterTheOther();

  return {
    respond: (heard, { signal }) => inOrder(() => take(heard, signal)),
    foresee: async (heard) => {
      const read = await dependencies.readProfile();
      foreseenWith = { profile: read, at: now() };
      return hear(state, heard, contextOf(read, dependencies)).answer;
    },
    startApart: () => {
      let apart = freshDialogue;
      return async (heard, { signal }) => {
        const step = await takeStep(apart, heard, {
          ...dependencies,
          profile: await dependencies.readProfile(),
          signal,
        });
        apart = step.state;
        return { understanding: step.understanding, answer: step.answer };
      };
    },
    view,
    async offerKept() {
      profile = await dependencies.readProfile();
      const elsewhere = await holds.heldElsewhere();
      const left = (await documents.list()).find(
        (document): document is Draft => document.state === 'draft' && !elsewhere.has(document.id),
      );
      const kept = left && wantedOf(left, profile);
      if (kept && state.open === null && state.kept === null) become({ ...state, kept });
    },
  };
}

/** One step with its request carried out. Rejects when `signal` aborts before anything was done. */
async function takeStep(
  state: DialogueState,
  heard: Parameters<Respond>[0],
  { profile, signal, ...dependencies }: DialogueDependencies & { profile: ShopProfile; signal: AbortSignal },
): Promise<Step & { answer: string }> {
  signal.throwIfAborted();
  const context = contextOf(profile, dependencies);
  const step = hear(state, heard, context);
  if (step.request === null) return { ...step, answer: step.answer ?? '' };
  const outcome = await carryOut(step.request, dependencies, profile, signal);
  const settled = settle(step.state, step, outcome, context);
  return { ...settled, effects: [...step.effects, ...settled.effects], answer: settled.answer ?? '' };
}

function contextOf(
  profile: ShopProfile,
  { config, now, newId }: Pick<DialogueDependencies, 'config' | 'now' | 'newId'>,
): DialogueContext {
  return { ...config, now: now(), newId, home: homeCurrency(profile), terms: profile };
}

/** Work that is never done at the same time; what one rejects with stops no other. */
function oneAfterTheOther(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}

async function carryOut(
  request: Request,
  { documents, now, log }: DialogueDependencies,
  profile: ShopProfile,
  signal: AbortSignal,
): Promise<Outcome> {
  if (request.type === 'issue') {
    try {
      const document = await documents.issue(draftOf(request.wanted, profile, homeCurrency(profile)), profile, {
        signal,
      });
      return { type: 'issued', document };
    } catch (thrown) {
      if (!isAbort(thrown, signal)) log.error('a document could not be issued', thrown);
      throw thrown;
    }
  }
  const issued = (await documents.list()).filter(isIssued);
  signal.throwIfAborted();
  if (request.type === 'sales') {
    const { period, currency } = request;
    return { type: 'sales', period, currency, sales: salesIn(issued, spanOf(period, new Date(now()))) };
  }
  return { type: 'found', template: request.template, ...find(issued, request) };
}

function isIssued(document: ShopDocument): document is IssuedDocument {
  return document.state !== 'draft';
}

/** The document asked for. A receipt goes with the last invoice: without one of its own there is none yet. */
function find(
  issued: readonly IssuedDocument[],
  { template, which }: Extract<Request, { type: 'find-document' }>,
): { document: IssuedDocument | null; invoice: IssuedDocument | null } {
  const ofKind = issued.filter(({ kind, state }) => kind === template && state === 'issued');
  const invoice = issued.find(({ kind, state }) => kind === 'invoice' && state === 'issued') ?? null;
  if (which !== 'last') return { document: ofKind.find(({ sequence }) => sequence === which) ?? null, invoice };
  const [newest = null] = ofKind;
  if (template !== 'receipt' || invoice === null) return { document: newest, invoice };
  const itsReceipt = ofKind.find(({ madeFrom }) => madeFrom === invoice.id) ?? null;
  const isNewer = newest !== null && newest.issuedAt > invoice.issuedAt;
  return { document: itsReceipt ?? (isNewer ? newest : null), invoice };
}
