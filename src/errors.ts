/** What can go wrong, and the one French sentence a person is told for it. */
export const errorSentences = {
  'audio-empty': 'Cet enregistrement est vide. Enregistrez-en un autre.',
  'audio-unreadable': 'Je ne peux pas lire ce fichier : ce n’est pas un son que je connais. Essayez un fichier WAV.',
  'audio-truncated': 'Cet enregistrement est coupé : il manque la fin du fichier. Enregistrez-le à nouveau.',
  'audio-too-long': 'Cet enregistrement est trop long. Parlez moins d’une minute à la fois.',
  'microphone-denied': 'Je n’ai pas accès au micro. Autorisez-le dans la barre d’adresse, puis réessayez.',
  'microphone-missing': 'Je ne trouve pas de micro. Branchez-en un, puis réessayez.',
  'microphone-lost': 'Le micro s’est arrêté. Vérifiez qu’il est branché, puis réessayez.',
  'microphone-stuck': 'Le micro ne s’ouvre pas. Débranchez-le, rebranchez-le, puis réessayez.',
  'microphone-muted': 'Le micro est coupé. Rallumez-le, puis parlez.',
  'microphone-silent': 'Le micro n’envoie aucun son. Vérifiez son bouton, ou branchez-en un autre.',
  'speech-cut': 'Vous avez parlé longtemps : je n’ai gardé que le début. Dites la suite à part.',
  'sound-blocked': 'Le navigateur bloque le son. Touchez l’écran, puis réessayez.',
  'model-missing': 'Il manque un fichier du modèle. Rechargez la page ; si cela continue, réinstallez le modèle.',
  'model-corrupt': 'Un fichier du modèle est abîmé. Rechargez la page ; si cela continue, réinstallez le modèle.',
  'model-unknown': 'Ce modèle n’est pas installé. Choisissez-en un autre dans les réglages.',
  'model-failed': 'Un modèle n’a pas répondu. Je réessaie à la prochaine demande.',
  'network-failed': 'Je n’arrive pas à joindre le comptoir. Vérifiez que le programme LaGrace est ouvert.',
  'storage-full': 'Il n’y a plus de place sur cet appareil. Libérez de l’espace, puis réessayez.',
  'storage-failed': 'Je n’arrive pas à ranger un fichier sur cet appareil. Rechargez la page.',
  'companion-refused': 'Le programme LaGrace n’a pas accepté cet envoi. Il est gardé de côté, dans le bureau.',
  'disk-full': 'Le disque du magasin est plein. Libérez de la place, puis réessayez.',
  'storage-refused': 'Ce navigateur ne garde pas mes fichiers : je les recharge à chaque ouverture.',
  'storage-evicted': 'Le navigateur a effacé des fichiers de La Grâce. Je les récupère.',
  'file-changed': 'Ce fichier vient de changer. Réessayez.',
  'file-corrupt': 'Un fichier est arrivé abîmé. L’ancien est resté ; je redemande le nouveau.',
  'worker-lost': 'Une partie de l’assistante s’est arrêtée. Je la relance.',
  'browser-too-old': 'Ce navigateur est trop ancien. Ouvrez LaGrace dans Chrome ou Edge à jour.',
  internal: 'Quelque chose n’a pas marché. Réessayez ; le détail est dans le journal.',
} as const;

export type ErrorCode = keyof typeof errorSentences;

/** An error with a code that survives threads and sockets. The message is English, for logs; people read `sentence`. */
export class LaGraceError extends Error {
  override readonly name = 'LaGraceError';
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
  /** What a person is told, in French. */
  get sentence(): string {
    return errorSentences[this.code];
  }
}

/** Whether something from outside is one of the codes. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorSentences, code);
}

/** Whatever was thrown, as a LaGraceError; unknown things get the code `fallback`. */
export function toLaGraceError(thrown: unknown, fallback: ErrorCode = 'internal'): LaGraceError {
  if (thrown instanceof LaGraceError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new LaGraceError(fallback, message, { cause: thrown });
}

/** True for the rejection that an aborted signal causes: a cancellation is a result, not an error. */
export function isAbort(thrown: unknown, signal?: AbortSignal): boolean {
  return signal?.aborted === true || (thrown instanceof DOMException && thrown.name === 'AbortError');
}
