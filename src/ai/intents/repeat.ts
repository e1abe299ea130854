import type { Intent } from './intent.ts';

export const repeat: Intent = {
  name: 'repeat',
  slots: [],
  sentences: [
    `
      (répète|répétez|répéter|répètes|redis|redites|redire|répète-moi|répétez-moi|redis-moi|redites-moi|redis-le|
      répète-le|répétez-le|redites-le|redis le moi) [ça|cela|encore|une fois|encore une fois|la réponse|le montant|
      la phrase|la question|plus fort|plus lentement|lentement|doucement|moins vite|ce que tu as dit|
      ce que tu viens de dire|ce que vous avez dit|ce que vous venez de dire|le prix|le total|la dernière phrase|
      l'heure|tout|depuis le début]
    `,
    `
      <could_you> (répéter|redire|le redire|le répéter|reprendre|réexpliquer|parler plus fort|parler plus lentement|
      parler moins vite|redonner la réponse) [ça|cela|encore|une fois|encore une fois|la réponse|le montant|
      plus fort|plus lentement|la question|la phrase|la dernière phrase|le prix|le total|depuis le début|
      ce que tu as dit|ce que vous avez dit|ce que tu viens de dire|ce que vous venez de dire]
    `,
    `
      (pardon|comment|hein|quoi|plaît-il|excusez-moi|comment ça|hein quoi|pardon quoi|comment tu dis|comment dis-tu|
      comment vous dites|vous dites|tu dis|tu disais|vous disiez|que disais-tu|que disiez-vous|
      s'il vous plaît comment)
    `,
    `
      [pardon|désolé|excuse-moi|excusez-moi] (je n'ai pas|j'ai pas|je n'ai|j'ai rien|je n'ai rien|j'ai mal|
      je n'ai pas bien|j'ai pas bien|on n'a pas|on a pas|on n'a pas bien) (entendu|compris|bien entendu|
      bien compris|tout compris|tout entendu|saisi|bien saisi|capté|suivi) [la fin|la réponse|le montant|
      ce que tu dis|ce que vous dites|ce que tu as dit|ce que vous avez dit|tu peux répéter|vous pouvez répéter|
      répète|répétez|du tout]
    `,
    `
      (qu'est-ce que|que) (tu as dit|t'as dit|tu dis|vous avez dit|vous dites|as-tu dit|avez-vous dit|tu disais|
      tu viens de dire|vous venez de dire) [déjà|pardon|là]
    `,
    "(tu as dit|t'as dit|vous avez dit|tu dis|vous dites) (quoi|combien|comment)",
    `
      [dis-le|dites-le|dis ça|dites ça] (encore|encore une fois|une deuxième fois|une autre fois|à nouveau|
      de nouveau|plus fort|plus lentement|moins vite|une fois encore) [s'il te plaît]
    `,
    `
      (je n'entends pas|j'entends pas|je t'entends pas|je ne t'entends pas|je vous entends pas|
      je ne vous entends pas) [bien|bien ce que tu dis|très bien|ce que vous dites|la réponse]
    `,
  ],
  examples: [
    'répète',
    'répétez',
    'répété s’il vous plaît',
    'repete moi ca',
    'répète ça',
    'redis-moi ça',
    'redit moi sa',
    'redis',
    'redites-moi le montant',
    'redis-le encore une fois',
    'tu peux répéter',
    'vous pouvez répéter',
    'vous pouvez répéter s’il vous plaît',
    'pouvez-vous répéter la dernière phrase',
    'est-ce que tu peux redire ça',
    'peux-tu redire plus lentement',
    'pardon',
    'pardon je n’ai pas entendu',
    'comment',
    'hein',
    'quoi',
    'hein quoi',
    'plaît-il',
    'je n’ai pas entendu',
    'j’ai pas entendu',
    'jai pas compris',
    'je n’ai pas bien compris ce que vous avez dit',
    'j’ai mal entendu',
    'je n’ai pas saisi la fin',
    'j’ai rien compris',
    'j’ai rien entendu',
    'qu’est-ce que tu as dit',
    'qu’est-ce que vous avez dit',
    'kes que tu as dit',
    'tu as dit quoi',
    'tu dis quoi',
    'vous avez dit combien',
    't’as dit combien déjà',
    'encore une fois',
    'encore une fois s’il vous plaît',
    'dis-le encore',
    'une deuxième fois s’il te plaît',
    'plus lentement s’il vous plaît',
    'parle plus fort',
    'parlez plus fort je n’entends pas',
    'moins vite',
    'répète la réponse',
    'répète le montant',
    'répète ta question',
    'c’était quoi déjà',
    'c’est quoi que tu as dit',
    'tu disais',
    'vous disiez',
    'je t’entends mal',
    'je vous entends mal',
    'il y a du bruit répétez',
    'avec le bruit je n’ai rien entendu',
    'reprends',
    'reprends depuis le début',
    'zongela',
    'loba lisusu',
    'recommence ta phrase',
    'ça a coupé répète',
    'vous pouvez le redire',
    'redites',
    'excuse-moi j’ai pas suivi',
    'peux-tu reformuler',
    'répète un peu',
    'répète un peu plus fort',
    'répète lentement',
    'redis ta question',
    'redis la somme',
    'redis le prix',
    'redis l’heure',
    'vous pouvez me redire le prix',
    'comment déjà',
    'c’était combien déjà',
    'quel montant tu as dit',
    'quel montant vous avez dit',
    'je n’ai pas entendu le montant',
    'j’ai pas entendu le prix',
    'je n’ai pas entendu ce que tu as dit',
    'qu’est-ce que tu racontes répète',
    'attends répète',
    'attendez je n’ai pas noté répétez',
    'pas si vite',
    'parle plus doucement',
    'parle moins vite s’il te plaît',
    'articule',
    'plus fort',
    'un peu plus fort',
    'le son est trop bas répète',
    'je suis sourd parle plus fort',
    'tu peux reprendre depuis le début',
    'la dernière phrase s’il te plaît',
    'quelle était la question',
    'c’était quoi la question',
    'tu m’as demandé quoi',
    'vous m’avez demandé quoi',
    'pardonnez-moi je n’ai pas entendu',
    'désolé j’ai pas compris',
    'encore',
    'bis',
  ],
  answer: (_slots, { previousAnswer }) => previousAnswer ?? 'Je n’ai encore rien dit. Que puis-je faire pour vous?',
};
