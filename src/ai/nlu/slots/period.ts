import type { Period } from '../../../schema.ts';
import type { Token } from '../../french/fold.ts';
import { phraseSet } from '../phrase-book.ts';

/** Spans that have no value of their own: better no period than a wrong one. */
const others = phraseSet(
  `
    avant hier|semaine derniere|semaines dernieres|semaine passee|semaine prochaine|mois dernier|mois passe|
    mois prochain|derniere semaine|dernier mois|cette annee|l annee|annee derniere|an dernier
  `,
);
/** In this order: "la journée d'hier" is yesterday, "de lundi à aujourd'hui" is the week. */
const periods: [Period, ReturnType<typeof phraseSet>][] = [
  ['yesterday', phraseSet('hier|la veille|ier|yer')],
  [
    'week',
    phraseSet(
      `
        cette semaine|la semaine|sept semaine|sept semaines|set semaine|ces semaine|semaine|semene|hebdomadaire|
        hebdomadaires|hebdo|depuis lundi|depuis mardi|depuis mercredi|depuis jeudi|depuis vendredi|depuis samedi|
        depuis dimanche|sept derniers jours|sept jours|7 derniers jours|7 jours
      `,
    ),
  ],
  [
    'month',
    phraseSet(
      `
        ce mois|ce mois ci|ce mois si|du mois|le mois|mois|ce moi|ce moi si|ce moi ci|mensuel|mensuelle|mensuels|
        mensuelles|depuis le premier|depuis le 1er
      `,
    ),
  ],
  [
    'today',
    phraseSet(
      `
        aujourd hui|au jour d hui|au jourd hui|o jourd hui|ojourdui|aujourdui|ce jour|du jour|la journee|
        cette journee|journee|ce matin|ce soir|cet apres midi|cet aprem|la matinee|matinee|journalier|journaliere|
        quotidien|quotidienne|ce midi|jusqu a maintenant
      `,
    ),
  ],
];

/** The stretch of time that sales are asked for. */
export function findPeriod(tokens: readonly Token[]): { value: Period; start: number; end: number } | null {
  if (others.find(tokens) !== null) return null;
  for (const [value, names] of periods) {
    const found = names.find(tokens);
    if (found !== null) return { value, start: found.start, end: found.end };
  }
  return null;
}
