/**
 * Pieces that sentences share, called `<name>`. Sentences are compared without accents, capitals, hyphens or punctuation,
 * so that each wording is written once, in good French.
 */
export const rules: Readonly<Record<string, string>> = {
  me: '(moi|nous|lui|leur)',
  could_you: `
      ([est-ce que] (tu peux|vous pouvez|tu pourrais|vous pourriez|on peut|on pourrait|je peux|je pourrais)|peux-tu|
      pouvez-vous|pourrais-tu|pourriez-vous|peut-on|puis-je|veuillez|merci de|il faut|il faudrait|faut|on va|
      je vais|je dois|on doit|nous devons) [m'|me|nous|lui|leur]
    `,
  want: `
    (je veux|je voudrais|je voulais|j'aimerais|je souhaite|je souhaiterais|on veut|on voudrait|nous voulons|
    nous voudrions|il veut|elle veut|le client veut|la cliente veut|le client voudrait|la cliente voudrait)
  `,
  need: `
    ([il] (me|nous|lui) (faut|faudrait|faudra)|j'ai besoin (d'|de)|on a besoin (d'|de)|nous avons besoin (d'|de)|
    <want>|<want> avoir|j'ai|donne <me>|donnez <me>|passe <me>|passez <me>|<could_you> (donner|avoir))
  `,
  tell_me: `
      (dis|dites|dis <me>|dites <me>|rappelle <me>|rappelez <me>|<could_you> (dire|savoir|rappeler|connaître)|<want>
      (savoir|connaître)|c'est pour savoir|tu sais|vous savez|sais-tu|savez-vous|tu connais|vous connaissez|donne
      <me>|donnez <me>|indique <me>|indiquez <me>)
    `,
  make: `
    (fais|faites|fait|faire|prépare|préparez|préparer|crée|créez|créer|établis|établissez|établir|rédige|rédigez|
    rédiger|dresse|dressez|dresser|émets|émettez|émettre|génère|générez|générer|lance|lancez|lancer|ouvre|ouvrez|
    ouvrir|commence|commençons|commencer|démarre|démarrer|enregistre|enregistrez|enregistrer|ajoute|ajoutez|ajouter|
    édite|éditez|éditer|monte|monter|écris|écrivez|écrire|saisis|saisir|note|notez|noter) [<me>]
  `,
  print: `
      (imprime|imprimes|imprimez|imprimer|imprimé|réimprime|réimprimez|réimprimer|sors|sort|sortez|sortir|ressors|
      ressortez|ressortir|tire|tirez|tirer|retire <me>|lance l'impression|lancez l'impression|lancer l'impression|
      relance l'impression|relancer l'impression|fais imprimer|faites imprimer|faire imprimer) [<me>] [encore|vite|
      de|d'|du|des]
    `,
  the: "(un|une|le|la|les|l'|des|du|de la|ce|cet|cette|ces|mon|ma|mes|son|sa|ses|notre|nos|votre|leur)",
  client_of: `
    (pour|à|au|aux|au nom de|au nom d'|à l'attention de|à l'ordre de|au compte de|destinée à|chez|client|cliente|
    (du|de mon|de notre|d'un) client|(de la|de ma|de notre|d'une) cliente)
  `,
  amount_of: `
      (de|d'|pour|à|d'un montant de|pour un montant de|montant|d'une valeur de|d'une somme de|pour une somme de|
      pour un total de|d'un total de|à hauteur de|total|qui fait|ça fait|c'est)
    `,
  shop: `
    ([le|la|notre|votre|ton|son|ce] (magasin|boutique|commerce|échoppe|librairie|papeterie|agence|comptoir|kiosque))
  `,
};

/** What a slot of the same name may be said as; the other slots are numbers, amounts or free words. */
export const slotPhrases: Readonly<Record<string, string>> = {
  template: `
      (facture|factures|reçu|reçus|ticket|tickets|ticket de caisse|tickets de caisse|devis|proforma|pro forma|
      facture proforma|facture pro forma|étiquette|étiquettes|étiquette de prix|étiquettes de prix|étiquette prix|
      étiquettes prix|bon de livraison|bons de livraison|bordereau de livraison|bordereaux de livraison|
      bon livraison)
    `,
  period: `
      (aujourd'hui|hier|avant midi|ce jour|du jour|ce matin|cet après-midi|ce soir|[de] [toute] la journée|
      de la matinée|la journée d'hier|la journée d'aujourd'hui|d'hier|d'aujourd'hui|[de] cette semaine|
      [de] la semaine|sur la semaine|depuis lundi|depuis le début de la semaine|hebdomadaire|[de] ce mois|
      [de] ce mois-ci|du mois|sur le mois|dans le mois|le mois|mensuel|depuis le début du mois|depuis le premier|
      depuis ce matin|depuis hier|du mois en cours|de la semaine en cours|pour aujourd'hui|pour la semaine|
      pour le mois|pour hier|pour ce mois|pour cette semaine|hier soir|hier matin|la journée)
    `,
};
