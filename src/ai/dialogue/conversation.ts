import { defaults } from '../../config.ts';
import { issued } from '../../documents/samples.ts';
import type { IssuedDocument } from '../../schema/documents.ts';
import {
  type DialogueContext,
  type DialogueState,
  draftOf,
  freshDialogue,
  hear,
  type Outcome,
  type Step,
  settle,
} from '../dialogue.ts';
import type { IntentModel } from '../engines.ts';

/** A clerk and the assistant, for tests: each `say` is one turn, and what it asks to be done is done at once. */
export interface Conversation {
  say(text: string, options?: { confidence?: number; afterMs?: number }): Promise<Step>;
  /** All of them, one after the other; gives the last answer. */
  sayAll(...texts: string[]): Promise<string>;
  readonly state: DialogueState;
  /** What was issued, in order. */
  readonly issued: IssuedDocument[];
}

const { signal } = new AbortController();

export function startConversation(intents: IntentModel, changes: Partial<DialogueContext> = {}): Conversation {
  let state = freshDialogue;
  let ids = 0;
  const context: DialogueContext = {
    region: 'FR',
    franc: 'CDF',
    cfa: 'XOF',
    now: 1_795_600_000_000,
    home: 'USD',
    idleMs: 120_000,
    doubtBelow: defaults.doubtBelow,
    terms: { discount: null, taxRate: 0, payment: null },
    newId: () => `document-${++ids}`,
    ...changes,
  };
  const documents: IssuedDocument[] = [];
  const perform = (step: Step): Outcome => {
    const { request } = step;
    if (request?.type === 'issue') {
      const document = issued(draftOf(request.wanted, context.terms, context.home), { sequence: documents.length + 1 });
      documents.push(document);
      return { type: 'issued', document };
    }
    if (request?.type === 'find-document') {
      const ofKind = documents.filter(({ kind }) => kind === request.template);
      const invoice = documents.filter(({ kind }) => kind === 'invoice').at(-1) ?? null;
      const { template, which } = request;
      const document = which === 'last' ? ofKind.at(-1) : ofKind.find(({ sequence }) => sequence === which);
      return { type: 'found', template, document: document ?? null, invoice };
    }
    const asked = request?.type === 'sales' ? request : { period: 'today' as const, currency: null };
    return {
      ...asked,
      type: 'sales',
      sales: {
        byCurrency: [
          { currency: 'USD', total: 27_050 },
          { currency: 'CDF', total: 1_200_000 },
        ],
        count: 3,
      },
    };
  };
  const conversation: Conversation = {
    issued: documents,
    get state() {
      return state;
    },
    async say(text, { confidence, afterMs = 1000 } = {}) {
      context.now += afterMs;
      const understanding = await intents.understand(text, { signal });
      const heard = hear(state, { text, understanding, confidence: confidence ?? null }, context);
      const step = heard.request === null ? heard : settle(heard.state, heard, perform(heard), context);
      state = step.state;
      return step;
    },
    async sayAll(...texts) {
      let answer = '';
      for (const text of texts) answer = (await conversation.say(text)).answer ?? '';
      return answer;
    },
  };
  return conversation;
}
