import type { Intent } from './intent.ts';

export const salesTotal: Intent = {
  name: 'sales_total',
  slots: ['period'],
  sentences: [
    `
      [<tell_me>|et] combien [est-ce que|est-ce qu'] (j'ai|on a|nous avons|ai-je|avons-nous|a-t-on|tu as|vous avez|
      le magasin a|la boutique a) [déjà] (vendu|encaissé|gagné|fait|facturé|réalisé|fait de ventes|fait de chiffre|
      fait comme chiffre|touché|fait comme recette|fait en caisse|fait comme ventes|récolté|engrangé) [en tout|
      au total|comme argent|d'argent|en caisse] [{period}] [en tout|au total]
    `,
    `
      {period} [<tell_me>|et] combien [est-ce que|est-ce qu'] (j'ai|on a|nous avons|ai-je|avons-nous|a-t-on) [déjà]
      (vendu|encaissé|gagné|fait|facturé|réalisé)
    `,
    `
      {period} (j'ai|on a|nous avons) [déjà] (vendu|encaissé|gagné|fait|facturé|réalisé|fait de ventes) combien
      [en tout|au total]
    `,
    `
      [<tell_me>|et] (j'ai|on a|nous avons) [déjà] (vendu|encaissé|gagné|fait|facturé|réalisé|fait de ventes)
      (combien|pour combien) [en tout|au total] [{period}]
    `,
    `
      [<tell_me>|quel est|quelle est|quelles sont|quels sont|donne <me>|donnez <me>|c'est quoi|combien fait|
      combien font|combien valent|montre <me>|affiche|affichez|fais <me>|faites <me>|calcule <me>|calcule|sors <me>|
      lis <me>|à combien s'élèvent|à combien s'élève|à combien sont|où en sont|où en est|résume|combien] (le total|
      le total des ventes|le chiffre d'affaires|le chiffre|la recette|les recettes|les ventes|le montant des ventes|
      le total de la caisse|la caisse|le bilan|le bilan des ventes|la somme des ventes|mon chiffre|
      mon chiffre d'affaires|mes ventes|nos ventes|le total vendu|notre chiffre d'affaires|notre chiffre|ma recette|
      notre recette|le point des ventes|le point de la caisse|le résultat des ventes|le total encaissé|
      le montant encaissé|le montant total des ventes|le cumul|le cumul des ventes|le total facturé|
      le récapitulatif des ventes|le rapport des ventes|le rapport|la recette totale|la vente|la vente totale|
      l'état des ventes|l'état de la caisse|le montant de la caisse|le résumé des ventes|le rapport de vente|
      les encaissements|le total des encaissements|l'argent de la caisse) [{period}|de {period}]
    `,
    `
      (total|total des ventes|chiffre d'affaires|recette|ventes|bilan|caisse|total caisse|total ventes) [{period}|de
      {period}]
    `,
    `
      {period} (quel est|quelle est|c'est combien|c'est quoi) (le total|le total des ventes|le chiffre d'affaires|
      le chiffre|la recette|la caisse|le bilan)
    `,
    `
      (quelle somme|quel montant|quel chiffre|quel total|quelle recette|quel chiffre d’affaires) (j’ai|on a|
      nous avons|ai-je|avons-nous|a-t-on) (vendu|encaissé|fait|réalisé|facturé|gagné) [{period}]
    `,
    `
      [<tell_me>|et] combien (est entré|est rentré|il y a|y a-t-il|j’ai|on a|nous avons) [d’argent] (en caisse|
      dans la caisse|dans le tiroir) [{period}]
    `,
    `
      combien (on a fait|j’ai fait|nous avons fait) (de|d’) (ventes|chiffre|recette|chiffre d’affaires|recettes)
      [{period}]
    `,
    `
      et [pour] (hier|la semaine|cette semaine|le mois|ce mois|ce mois-ci|aujourd’hui|la semaine dernière|
      le mois dernier|avant-hier)
    `,
  ],
  examples: [
    ['combien j’ai vendu aujourd’hui', { period: 'today' }],
    ['combien jai vendu aujourdhui', { period: 'today' }],
    ['combien j’ai vendu au jour d’hui', { period: 'today' }],
    ['combien gé vendu aujourd’hui', { period: 'today' }],
    ['combien on a vendu aujourd’hui', { period: 'today' }],
    ['combien avons-nous vendu aujourd’hui', { period: 'today' }],
    ['on a fait combien aujourd’hui', { period: 'today' }],
    ['on a fait combien', {}],
    ['on a vendu pour combien ce matin', { period: 'today' }],
    ['j’ai vendu pour combien aujourd’hui', { period: 'today' }],
    ['combien on a encaissé aujourd’hui', { period: 'today' }],
    ['combien on a gagné aujourd’hui', { period: 'today' }],
    ['le total du jour', { period: 'today' }],
    ['le total de la journée s’il vous plaît', { period: 'today' }],
    ['total des ventes du jour', { period: 'today' }],
    ['donne-moi les ventes du jour', { period: 'today' }],
    ['donnez-moi le chiffre d’affaires du jour', { period: 'today' }],
    ['la recette du jour', { period: 'today' }],
    ['la recette d’aujourd’hui', { period: 'today' }],
    ['quelle est la recette aujourd’hui', { period: 'today' }],
    ['quel est le chiffre du jour', { period: 'today' }],
    ['la caisse du jour', { period: 'today' }],
    ['fais le total de la caisse', {}],
    ['combien il y a dans la caisse', {}],
    ['combien est rentré aujourd’hui', { period: 'today' }],
    ['combien d’argent on a fait aujourd’hui', { period: 'today' }],
    ['aujourd’hui on a vendu combien', { period: 'today' }],
    ['depuis ce matin on a fait combien', { period: 'today' }],
    ['le bilan de la journée', { period: 'today' }],
    ['fais-moi le point de la journée', { period: 'today' }],
    ['combien j’ai vendu hier', { period: 'yesterday' }],
    ['les ventes d’hier', { period: 'yesterday' }],
    ['le total d’hier', { period: 'yesterday' }],
    ['on a fait combien hier', { period: 'yesterday' }],
    ['hier on a vendu combien', { period: 'yesterday' }],
    ['quel était le chiffre d’affaires d’hier', { period: 'yesterday' }],
    ['la recette d’hier soir', { period: 'yesterday' }],
    ['combien on a encaissé hier', { period: 'yesterday' }],
    ['le total de la journée d’hier', { period: 'yesterday' }],
    ['rappelle-moi les ventes de la journée d’hier', { period: 'yesterday' }],
    ['combien j’ai vendu cette semaine', { period: 'week' }],
    ['les ventes de la semaine', { period: 'week' }],
    ['le chiffre d’affaires de la semaine', { period: 'week' }],
    ['quel est le total des ventes de cette semaine', { period: 'week' }],
    ['on a vendu combien depuis lundi', { period: 'week' }],
    ['combien on a fait sept semaine', { period: 'week' }],
    ['combien on a fait cette semène', { period: 'week' }],
    ['total de la semaine', { period: 'week' }],
    ['le bilan de la semaine', { period: 'week' }],
    ['combien on a encaissé depuis le début de la semaine', { period: 'week' }],
    ['combien j’ai vendu ce mois-ci', { period: 'month' }],
    ['combien j’ai vendu ce moi si', { period: 'month' }],
    ['les ventes du mois', { period: 'month' }],
    ['le chiffre d’affaires du mois', { period: 'month' }],
    ['le total du mois', { period: 'month' }],
    ['combien on a fait ce mois', { period: 'month' }],
    ['la recette mensuelle', { period: 'month' }],
    ['depuis le début du mois on a fait combien', { period: 'month' }],
    ['quel est mon chiffre d’affaires', {}],
    ['combien j’ai vendu', {}],
    ['combien de ventes j’ai faites aujourd’hui', { period: 'today' }],
    ['combien de factures on a fait aujourd’hui', { period: 'today' }],
    ['montre-moi les ventes', {}],
    ['calcule le total des ventes', {}],
    ['à combien s’élèvent les ventes du jour', { period: 'today' }],
    ['est-ce qu’on a bien vendu aujourd’hui', { period: 'today' }],
    ['est-ce que la journée a été bonne côté ventes', { period: 'today' }],
    ['les encaissements de ce matin', { period: 'today' }],
    ['chiffre d’affaires hebdomadaire', { period: 'week' }],
    ['ventes mensuelles', { period: 'month' }],
    ['chiffre journalier', { period: 'today' }],
    ['ça a donné combien aujourd’hui', { period: 'today' }],
    ['ça a fait combien hier', { period: 'yesterday' }],
    ['ça fait combien les ventes du jour', { period: 'today' }],
    ['la journée a rapporté combien', { period: 'today' }],
    ['qu’est-ce qu’on a vendu aujourd’hui', { period: 'today' }],
    ['qu’est-ce qu’on a fait comme chiffre cette semaine', { period: 'week' }],
    ['on a fait combien de chiffre ce mois', { period: 'month' }],
    ['combien de ventes hier', { period: 'yesterday' }],
    ['combien de ventes aujourd’hui', { period: 'today' }],
    ['combien de clients ont acheté aujourd’hui', { period: 'today' }],
    ['le montant vendu hier', { period: 'yesterday' }],
    ['le total vendu cette semaine', { period: 'week' }],
    ['je veux le total de ce mois', { period: 'month' }],
    ['je voudrais le rapport des ventes de la semaine', { period: 'week' }],
    ['fais le point des ventes', {}],
    ['fais-moi le bilan du mois', { period: 'month' }],
    ['où en sont les ventes aujourd’hui', { period: 'today' }],
    ['où on en est avec les ventes', {}],
    ['on en est à combien aujourd’hui', { period: 'today' }],
    ['on est à combien de ventes ce mois-ci', { period: 'month' }],
    ['j’ai fait combien depuis ce matin', { period: 'today' }],
    ['j’ai encaissé combien hier', { period: 'yesterday' }],
    ['la recette c’est combien aujourd’hui', { period: 'today' }],
    ['la caisse est à combien', {}],
    ['clôture de caisse', {}],
    ['ferme la caisse et donne le total du jour', { period: 'today' }],
    ['total général de la journée', { period: 'today' }],
    ['somme des ventes du mois', { period: 'month' }],
    ['montre le chiffre de cette semaine', { period: 'week' }],
    ['combien on a vendu la semaine dernière', {}],
    ['le chiffre d’affaires du mois dernier', {}],
    ['et hier', { period: 'yesterday' }],
    ['et pour hier', { period: 'yesterday' }],
    ['et cette semaine', { period: 'week' }],
    ['et la semaine dernière', {}],
    ['et ce mois-ci', { period: 'month' }],
    ['et le mois', { period: 'month' }],
    ['et le mois dernier', {}],
    ['et pour aujourd’hui', { period: 'today' }],
    ['et pour la semaine', { period: 'week' }],
  ],
  answer: () => 'Je n’ai pas le total des ventes.',
};
