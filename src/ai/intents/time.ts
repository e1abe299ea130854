import { writeDate } from '../french/dates.ts';
import { writeClock } from '../french/hours.ts';
import type { Intent } from './intent.ts';

export const time: Intent = {
  name: 'time',
  slots: [],
  sentences: [
    `
      [<tell_me>|et|bonjour] (quelle heure|l'heure|quelle heure il est|quelle heure est-il|il est quelle heure|
      l'heure qu'il est|l'heure exacte|quel heure il est|l'heure actuelle) [est-il|il est] [maintenant|actuellement|
      à présent|exactement|là|en ce moment|s'il te plaît|à kinshasa|à dakar|à paris|à bruxelles|à genève|ici|
      chez nous|déjà|au juste|est-ce]
    `,
    `
      [est-ce que] (tu as|vous avez|t'as|as-tu|avez-vous) (l'heure|l'heure exacte|la date|la date du jour|
      l'heure qu'il est)
    `,
    `
      [<tell_me>|et] (quelle date|la date|la date du jour|la date d'aujourd'hui|la date exacte|quelle est la date|
      quel est la date|quelle est la date du jour|quelle est la date d'aujourd'hui|quelle est l'heure|
      quelle date sommes-nous|quelle date on est|à quelle date sommes-nous|on est à quelle date|quelle date est-on|
      nous sommes à quelle date|quelle date aujourd'hui|c'est quelle date|c'est quoi la date|c'est quoi l'heure|
      la date de ce jour) [sommes-nous|est-on|on est|aujourd'hui|maintenant|exactement|du jour|d'aujourd'hui|déjà]
    `,
    `
      [<tell_me>|et] (on est|nous sommes|on est le|nous sommes le|on est en) (quel jour|combien|quelle date|
      quel mois|quelle année|le combien) [aujourd'hui|du mois|déjà|on est|de la semaine|maintenant|exactement|là]
    `,
    `
      [<tell_me>|et] (quel jour|quel jour de la semaine|quel mois|quelle année|le combien) (sommes-nous|est-on|
      on est|nous sommes|est-ce|c'est|est-ce qu'on est|est-il) [aujourd'hui|déjà|maintenant]
    `,
    `
      (aujourd'hui|aujourd'hui c'est|aujourd'hui on est|aujourd'hui nous sommes) (quel jour|quelle date|le combien|
      combien|quel jour de la semaine)
    `,
    `
      (donne|donnez|dis|dites|annonce|affiche|montre|lis) [<me>] (l'heure et la date|la date et l'heure|l'heure|
      la date|le jour|l'heure exacte|la date du jour|la date d'aujourd'hui|quel jour on est)
    `,
  ],
  examples: [
    'quelle heure est-il',
    'quelle heure il est',
    'quel heur est il',
    'quelle heure et il',
    'quelle heure est-il maintenant',
    'il est quelle heure',
    'il est quel heure la',
    'est-ce que vous avez l’heure',
    'tu as l’heure',
    't’as l’heure',
    'vous avez l’heure s’il vous plaît',
    'vous avez leur',
    'donne-moi l’heure',
    'dis-moi l’heure',
    'di moi leure',
    'donnez-moi l’heure exacte',
    'l’heure s’il te plaît',
    'l’heure',
    'quelle est l’heure',
    'c’est quelle heure',
    'c’est quoi l’heure',
    'tu peux me dire l’heure',
    'pouvez-vous me donner l’heure',
    'je voudrais savoir l’heure',
    'on est à quelle heure là',
    'quel jour sommes-nous',
    'quel jour on est',
    'quel jour on est aujourd’hui',
    'quel jour somme nous',
    'on est quel jour',
    'on ai quel jour',
    'nous sommes quel jour',
    'aujourd’hui c’est quel jour',
    'on est le combien',
    'on est le combien aujourd’hui',
    'nous sommes le combien',
    'on est le quantième',
    'le combien sommes-nous',
    'quelle est la date',
    'quelle est la date d’aujourd’hui',
    'quel est la date du jour',
    'la date',
    'la date du jour',
    'la date s’il vous plaît',
    'c’est quoi la date aujourd’hui',
    'donne-moi la date',
    'dites-moi la date d’aujourd’hui',
    'quelle date sommes-nous',
    'on est à quelle date',
    'quel mois sommes-nous',
    'on est en quelle année',
    'quelle année on est',
    'donne l’heure et la date',
    'la date et l’heure',
    'rappelle-moi la date',
    'tu connais la date',
    'quelle heure fait-il',
    'quelle heure il se fait',
    'est-ce qu’il est déjà midi',
    'il est midi ou pas encore',
    'c’est quelle date aujourd’hui',
    'on est lundi ou mardi',
    'on est bien mardi aujourd’hui',
    'quelle heure avons-nous',
    'vous pouvez me dire quel jour on est',
    'ngonga boni',
    'kelle heure il est',
    'quelle heure il fait',
    'quelle heure tu as',
    'vous avez quelle heure',
    'tu as quelle heure',
    'il est quelle heure maintenant',
    'il est quelle heure chez vous',
    'l’heure exacte s’il vous plaît',
    'donne-moi l’heure exacte',
    'annonce l’heure',
    'dis l’heure',
    'lis-moi l’heure',
    'regarde l’heure pour moi',
    'je peux avoir l’heure',
    'on peut avoir l’heure',
    'tu sais l’heure qu’il est',
    'sais-tu quelle heure il est',
    'savez-vous l’heure',
    'est-ce que tu sais quelle heure il est',
    'quel jour est-on',
    'quel jour est-ce',
    'quel est le jour',
    'on est quel jour de la semaine',
    'aujourd’hui on est le combien',
    'aujourd’hui c’est le combien',
    'c’est le combien aujourd’hui',
    'c’est quel mois',
    'on est en quel mois',
    'le mois en cours c’est quoi',
    'quelle date est-ce',
    'quelle est la date exacte',
    'quelle est la date de ce jour',
    'la date exacte',
    'je mets quelle date sur la facture',
    'c’est quoi le jour aujourd’hui',
    'date et heure',
    'l’heure et la date',
    'on est le premier ou le deux',
    'il est huit heures ou neuf heures',
    'il est déjà midi',
    'quelle heure est-il chez toi',
    'kel jour on é',
    'kelle date on est',
  ],
  answer: (_slots, { now }) => `Il est ${writeClock(now)}. Nous sommes le ${writeDate(now)}.`,
};
