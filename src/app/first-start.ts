/** Remembers, on this device, that a person was told the models are a trial. */
export interface FirstStart {
  trialSeen(): boolean;
  markTrialSeen(): void;
}

const trialSeenKey = 'lagrace.trial-seen';

/** Kept in `storage`; where that is refused (private window, blocked site data) it is simply told again next time. */
export function createFirstStart(storage: () => Pick<Storage, 'getItem' | 'setItem'>): FirstStart {
  return {
    trialSeen() {
      try {
        return storage().getItem(trialSeenKey) === 'yes';
      } catch {
        return false;
      }
    },
    markTrialSeen() {
      try {
        storage().setItem(trialSeenKey, 'yes');
      } catch {
        // Being told twice harms nobody.
      }
    },
  };
}
