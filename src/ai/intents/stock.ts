import type { Intent } from './intent.ts';

export const stock: Intent = {
  name: 'stock',
  slots: ['product'],
  sentences: [
    `
      [est-ce qu'|est-ce que|dis <me>|dites <me>|pardon|et|<tell_me> s'] (on a|on en a|vous avez|tu as|t'as|
      nous avons|il y a|y a|y a-t-il|il reste|il nous reste|il vous reste|il te reste|il en reste|reste-t-il|reste|
      avons-nous|avez-vous|as-tu|a-t-on|y a t il|il me reste) [encore|toujours|aussi|assez] (du|de la|de l'|des|de|
      d'|un|une|le|la|les|l') {product} [en stock|en réserve|en magasin|au dépôt|en rayon|disponible|disponibles|
      ici|chez vous|à vendre|dans <shop>|au magasin|à la boutique|dans le dépôt|dans la réserve]
    `,
    `
      [<tell_me>|et] combien (de|d') {product} (il reste|il nous reste|nous reste-t-il|reste-t-il|on a|on a encore|
      avons-nous|avez-vous|vous avez|tu as|il y a|il y en a|y a-t-il|restent|reste|sont en stock|en stock|
      on a en stock|vous avez en stock|il reste en stock|nous avons|nous avons en stock|sont disponibles|
      me reste-t-il|il me reste|encore|dans le stock|au dépôt|en réserve)
    `,
    `
      [<tell_me>|et] (il reste|il nous reste|nous reste-t-il|reste-t-il|on a|on a encore|avons-nous|vous avez|
      il y a|il nous reste encore|il me reste|nous avons|tu as|il y en a) combien (de|d') {product} [en stock|
      en réserve|en magasin|au dépôt|en rayon]
    `,
    `
      [<tell_me>|et] combien (il reste|il nous reste|nous reste-t-il|reste-t-il|il y a|il y a encore|on a|on en a|
      il en reste|avons-nous|il me reste) [de|du|d'|des] {product} [en stock|en réserve|en magasin|au dépôt|
      en rayon]
    `,
    `
      [<tell_me>|quel est|quels sont|quelle est|donne <me>|donnez <me>|vérifie|vérifiez|regarde|regardez|consulte|
      affiche|montre <me>|<could_you> vérifier|<could_you> regarder|c'est quoi|où en est] (le stock|les stocks|
      l'état du stock|stock|la quantité|le niveau de stock|l'inventaire) [(de|du|de la|des|d'|en|pour) {product}]
    `,
    `
      [est-ce que|et|<tell_me> si] {product} (est-ce qu'il y en a|il en reste|il y en a|il y en a encore|
      y en a encore|y en a|on en a|on en a encore|vous en avez|vous en avez encore|est disponible|sont disponibles|
      est en stock|sont en stock|est encore disponible|est fini|sont finis|est terminé|est épuisé|sont épuisés|
      il en reste combien|il reste combien|il y en a combien|est-ce qu'il en reste|reste combien|c'est disponible|
      c'est fini|tu en as|t'en as|y en a-t-il|en reste-t-il|en stock|disponible|il en reste encore)
    `,
    `
      (vérifie|vérifiez|regarde|regardez|<could_you> vérifier|<could_you> regarder|<tell_me>) (s'il|si on|si nous|
      si vous|si tu|s'il nous) (reste|a|a encore|y a|y a encore|avons|avez|as|en reste|reste encore|avons encore)
      (du|de la|de l'|des|de|d'|un|une|le|la|les) {product} [en stock|en réserve|en magasin|au dépôt|en rayon]
    `,
    `
      [est-ce qu'] (on a fini|on n'a plus|on a plus|il n'y a plus|il y a plus|y a plus|nous n'avons plus|
      vous n'avez plus|on est à court) (de|d'|du|la|le|les) {product}
    `,
    `
      (<want>|<want> avoir|[il] (me|nous|lui) (faut|faudrait)|je cherche|on cherche|nous cherchons|
      le client cherche|la cliente cherche) (du|de la|de l'|des) {product}
    `,
    '{product} (il en reste|il nous en reste|on en a encore|vous en avez) [combien]',
  ],
  examples: [
    'quels articles sont en rupture',
    'qu’est-ce qui est en rupture de stock',
    'quels produits manquent',
    ['on a encore des enveloppes', { product: 'enveloppes' }],
    ['on a encore des enveloppe', { product: 'enveloppe' }],
    ['on na encore des enveloppes', { product: 'enveloppes' }],
    ['est-ce qu’on a encore du toner noir', { product: 'toner noir' }],
    ['esque on a encore du toner', { product: 'toner' }],
    ['vous avez des cahiers', { product: 'cahiers' }],
    ['est-ce que vous avez des piles', { product: 'piles' }],
    ['avez-vous des stylos rouges', { product: 'stylos rouges' }],
    ['tu as du papier photo', { product: 'papier photo' }],
    ['il reste du papier A4', { product: 'papier A4' }],
    ['il reste encore des classeurs', { product: 'classeurs' }],
    ['il nous reste combien de cartouches', { product: 'cartouches' }],
    ['combien de ramettes il reste', { product: 'ramettes' }],
    ['combien de ramettes il nous reste en stock', { product: 'ramettes' }],
    ['combien il reste de toner', { product: 'toner' }],
    ['combien de toners avons-nous', { product: 'toners' }],
    ['combien de sacs de riz sont en stock', { product: 'sacs de riz' }],
    ['reste-t-il des agrafes', { product: 'agrafes' }],
    ['reste t il du scotch', { product: 'scotch' }],
    ['y a-t-il du sucre', { product: 'sucre' }],
    ['il y a du sucre en réserve', { product: 'sucre' }],
    ['y a encore du lait', { product: 'lait' }],
    ['est-ce qu’il y a encore de la colle', { product: 'colle' }],
    ['est-ce qu’il reste de l’huile', { product: 'huile' }],
    ['est ce qu il reste de l huile', { product: 'huile' }],
    ['le stock de papier', { product: 'papier' }],
    ['quel est le stock de cartouches couleur', { product: 'cartouches couleur' }],
    ['donne-moi le stock du toner cyan', { product: 'toner cyan' }],
    ['vérifie le stock des gommes', { product: 'gommes' }],
    ['stock de crayons', { product: 'crayons' }],
    ['état du stock', {}],
    ['le stock s’il vous plaît', {}],
    ['les clés USB il en reste', { product: 'clés USB' }],
    ['les clés USB il en reste combien', { product: 'clés USB' }],
    ['le toner noir est en stock', { product: 'toner noir' }],
    ['le toner noir est disponible', { product: 'toner noir' }],
    ['est-ce que la souris sans fil est disponible', { product: 'souris sans fil' }],
    ['des chargeurs vous en avez encore', { product: 'chargeurs' }],
    ['du ciment on en a encore', { product: 'ciment' }],
    ['est-ce que nous avons encore des chemises cartonnées', { product: 'chemises cartonnées' }],
    ['dis-moi s’il reste des calculatrices', { product: 'calculatrices' }],
    ['regarde s’il y a encore des bics', { product: 'bics' }],
    ['vérifie si on a encore du savon', { product: 'savon' }],
    ['je voudrais savoir s’il reste des cartables', { product: 'cartables' }],
    ['on n’a plus de papier', { product: 'papier' }],
    ['on a plus de toner', { product: 'toner' }],
    ['est-ce qu’on est à court d’encre', { product: 'encre' }],
    ['il n’y a plus d’enveloppes', { product: 'enveloppes' }],
    ['le sucre est fini', { product: 'sucre' }],
    ['combien de bouteilles d’eau on a', { product: 'bouteilles d’eau' }],
    ['nombre de cahiers en stock', { product: 'cahiers' }],
    ['quelle quantité de farine il reste', { product: 'farine' }],
    ['la quantité de farine restante', { product: 'farine' }],
    ['t’as encore des marqueurs', { product: 'marqueurs' }],
    ['vous vendez des imprimantes', { product: 'imprimantes' }],
    ['est-ce que vous vendez des téléphones', { product: 'téléphones' }],
    ['est-ce que je peux trouver du fil électrique chez vous', { product: 'fil électrique' }],
    ['le client cherche un adaptateur on en a', { product: 'adaptateur' }],
    ['un client cherche des câbles HDMI', { product: 'câbles HDMI' }],
    ['on a assez de rouleaux de caisse', { product: 'rouleaux de caisse' }],
    ['je cherche une agrafeuse vous avez ça', { product: 'agrafeuse' }],
    ['bonjour vous avez du papier cadeau', { product: 'papier cadeau' }],
    ['il y a combien de sacs au dépôt', { product: 'sacs' }],
    ['disponibilité des cartouches HP', { product: 'cartouches HP' }],
    ['le papier A3 il en reste encore', { product: 'papier A3' }],
    ['il reste quoi comme encre', { product: 'encre' }],
    ['vous auriez du papier millimétré', { product: 'papier millimétré' }],
    ['tu aurais des enveloppes kraft', { product: 'enveloppes kraft' }],
    ['auriez-vous des ciseaux', { product: 'ciseaux' }],
    ['on aurait encore du toner', { product: 'toner' }],
    ['est-ce que vous auriez encore des agendas', { product: 'agendas' }],
    ['j’ai encore des cahiers en stock', { product: 'cahiers' }],
    ['est-ce que j’ai encore du sucre en réserve', { product: 'sucre' }],
    ['il me reste des piles', { product: 'piles' }],
    ['des piles il en reste', { product: 'piles' }],
    ['est-ce que vous vendez du papier peint', { product: 'papier peint' }],
    ['vous faites des clés USB', { product: 'clés USB' }],
    ['est-ce qu’on trouve du café chez vous', { product: 'café' }],
    ['avez-vous ça du toner magenta', { product: 'toner magenta' }],
    ['du riz vous en avez', { product: 'riz' }],
    ['on en est où avec le stock de stylos', { product: 'stylos' }],
    ['où en est le stock d’enveloppes', { product: 'enveloppes' }],
    ['niveau de stock du toner', { product: 'toner' }],
    ['le stock est à combien pour les cahiers', { product: 'cahiers' }],
    ['combien de stylos nous reste-t-il', { product: 'stylos' }],
    ['combien reste-t-il de rames', { product: 'rames' }],
    ['combien on a de cartables', { product: 'cartables' }],
    ['combien il y a de chaises en magasin', { product: 'chaises' }],
    ['dis-moi combien de lampes on a', { product: 'lampes' }],
    ['dis-moi si le toner est disponible', { product: 'toner' }],
    ['le savon est épuisé', { product: 'savon' }],
    ['les ampoules sont finies', { product: 'ampoules' }],
    ['on est en rupture de papier', { product: 'papier' }],
    ['est-ce qu’il manque des stylos', { product: 'stylos' }],
    ['il manque quoi en stock', {}],
    ['inventaire des cartouches', { product: 'cartouches' }],
    ['la quantité de sucre en stock', { product: 'sucre' }],
    ['quelle est la quantité disponible de ramettes', { product: 'ramettes' }],
    ['vous avez du café en grains', { product: 'café en grains' }],
    ['on a du thé vert', { product: 'thé vert' }],
    ['il y a du chocolat', { product: 'chocolat' }],
    ['vous avez des parapluies', { product: 'parapluies' }],
    ['on a des bouilloires', { product: 'bouilloires' }],
    ['il reste une table en bois', { product: 'table en bois' }],
    ['avez-vous du lait pour bébé', { product: 'lait pour bébé' }],
    ['y a du poisson salé', { product: 'poisson salé' }],
    ['je cherche du savon noir', { product: 'savon noir' }],
    ['je cherche des rideaux', { product: 'rideaux' }],
    ['il me faut du papier', { product: 'papier' }],
    ['il me faut des clous', { product: 'clous' }],
    ['je voudrais du café moulu', { product: 'café moulu' }],
    ['je voudrais des bananes', { product: 'bananes' }],
    ['il nous faut de l’huile', { product: 'huile' }],
    ['je cherche une radio', { product: 'radio' }],
    ['on cherche de la peinture blanche', { product: 'peinture blanche' }],
    ['il lui faut des lunettes', { product: 'lunettes' }],
    ['on a combien de maïs en stock', { product: 'maïs' }],
    ['il y a du maïs', { product: 'maïs' }],
    ['tu as de la corde', { product: 'corde' }],
    ['tu as de la ficelle aujourd’hui', { product: 'ficelle' }],
    ['vous avez de la craie aujourd’hui', { product: 'craie' }],
  ],
  answer: ({ product }) =>
    product === undefined
      ? 'Le stock de quel article?'
      : `Le stock de « ${product} »? Je ne tiens pas encore le stock du magasin.`,
};
