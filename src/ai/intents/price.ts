import type { Intent } from './intent.ts';

export const price: Intent = {
  name: 'price',
  slots: ['product'],
  sentences: [
    `
      [<tell_me>|et|pardon] (c'est|c'est à|ça fait|ça coûte|il est à|elle est à|ils sont à|ça vaut|ça revient à|
      cela coûte) combien [{product}]
    `,
    `
      [<tell_me>|et|pardon] combien (c'est|ça fait|ça coûte|ça vaut|coûte|coûtent|vaut|valent|cela coûte|
      ça coûte pour|c'est pour|il coûte|elle coûte|pour|tu vends|vous vendez|on vend|je vends|vends-tu|vendez-vous|
      est-ce que ça coûte|est-ce que coûte|est-ce que coûtent|est-ce que vous vendez|est-ce que tu vends|
      faut-il pour) [{product}]
    `,
    `
      {product} (c'est combien|ça fait combien|ça coûte combien|coûte combien|coûtent combien|c'est à combien|
      est à combien|sont à combien|à combien|combien|quel prix|à quel prix|c'est quel prix|vaut combien|
      ça vaut combien|on vend combien|on le vend combien|on les vend combien|vous vendez combien|
      vous le vendez combien|vous les vendez combien|tu le vends combien|tu les vends combien|il est à combien|
      elle est à combien|ils sont à combien|combien ça coûte|combien ça fait|combien c'est|quel est le prix)
    `,
    `
      [<tell_me>|et|pardon] (quel est|quels sont|quelle est|c'est quoi|donne <me>|donnez <me>|je peux savoir|
      on peut avoir|quel|il me faut) [le prix|les prix|le tarif|les tarifs|le coût] (le prix|les prix|le tarif|
      les tarifs|le coût) [(de|du|de la|des|d'|pour|unitaire de|unitaire du|à l'unité de) {product}]
    `,
    `
      <tell_me> (le prix|les prix|le tarif|les tarifs|le coût|combien coûte|combien coûtent|combien c'est|
      à combien est|à combien sont) [de|du|des|d'|pour] [{product}]
    `,
    `
      [et] (le prix|les prix|prix|tarif|le tarif|les tarifs) [(de|du|de la|des|d'|pour|unitaire de|unitaire du)
      {product}|s'il vous plaît]
    `,
    `
      [et|<tell_me>] (à combien|pour combien|combien) (est|sont|vous faites|tu fais|vous vendez|tu vends|on vend|
      vous le faites|il est|elle est|vous la faites) {product}
    `,
    `
      (à quel prix|quel prix|c’est quel prix) [est|sont|vous vendez|tu vends|on vend|vous faites|pour|on fait]
      [{product}]
    `,
    '(vous vendez|tu vends|on vend|vous faites|tu fais|on fait) {product} (à combien|combien|à quel prix)',
  ],
  examples: [
    ['il coûte cher le ventilateur', { product: 'ventilateur' }],
    ['prix de la carte mémoire 64 gigas', { product: 'carte mémoire 64 gigas' }],
    ['prix des ampoules 60 watts', { product: 'ampoules 60 watts' }],
    'c’est combien',
    'ça fait combien',
    'combien ça coûte',
    'combien sa coute',
    'quel est le prix',
    ['c’est combien le toner noir', { product: 'toner noir' }],
    ['cest combien le toner noir', { product: 'toner noir' }],
    ['ses combien le toner noir', { product: 'toner noir' }],
    ['c’est combien les enveloppes', { product: 'enveloppes' }],
    ['combien coûte une ramette de papier', { product: 'ramette de papier' }],
    ['combien coute la ramette de papier A4', { product: 'ramette de papier A4' }],
    ['combien coûtent les stylos bleus', { product: 'stylos bleus' }],
    ['combien pour un cahier de 200 pages', { product: 'cahier de 200 pages' }],
    ['quel est le prix du toner', { product: 'toner' }],
    ['quel est le prix de la cartouche couleur', { product: 'cartouche couleur' }],
    ['quel et le prix des classeurs', { product: 'classeurs' }],
    ['donne-moi le prix du papier photo', { product: 'papier photo' }],
    ['dis-moi combien coûte l’agrafeuse', { product: 'agrafeuse' }],
    ['le prix du cartable rouge s’il vous plaît', { product: 'cartable rouge' }],
    ['prix des enveloppes kraft', { product: 'enveloppes kraft' }],
    ['les cartouches HP c’est combien', { product: 'cartouches HP' }],
    ['le stylo rouge ça coûte combien', { product: 'stylo rouge' }],
    ['les gommes vous les vendez combien', { product: 'gommes' }],
    ['la calculatrice est à combien', { product: 'calculatrice' }],
    ['à combien vous vendez la clé USB', { product: 'clé USB' }],
    ['vous vendez la clé usb à combien', { product: 'clé usb' }],
    ['à combien est le savon', { product: 'savon' }],
    ['combien vaut un sac de riz', { product: 'sac de riz' }],
    ['c’est quoi le prix du sucre', { product: 'sucre' }],
    ['le tarif des photocopies', { product: 'photocopies' }],
    ['quel est le tarif de la plastification', { product: 'plastification' }],
    ['ça coûte combien une recharge', { product: 'recharge' }],
    ['combien tu vends le bidon d’huile', { product: 'bidon d’huile' }],
    ['je voudrais connaître le prix de l’imprimante Canon', { product: 'imprimante Canon' }],
    ['je peux savoir le prix des chemises cartonnées', { product: 'chemises cartonnées' }],
    ['tu connais le prix de la colle', { product: 'colle' }],
    ['rappelle-moi le prix du marqueur', { product: 'marqueur' }],
    ['il est à combien le cahier', { product: 'cahier' }],
    ['elle coûte combien la règle de trente', { product: 'règle de trente' }],
    ['c’est à combien le pain', { product: 'pain' }],
    ['ça vaut combien un chargeur', { product: 'chargeur' }],
    ['combien pour deux ramettes', { product: 'ramettes' }],
    ['vous faites la photocopie à combien', { product: 'photocopie' }],
    ['quel prix pour les piles', { product: 'piles' }],
    ['le scotch combien', { product: 'scotch' }],
    ['combien est-ce que vous vendez le ciment', { product: 'ciment' }],
    ['bonjour c’est combien le lait en poudre', { product: 'lait en poudre' }],
    ['et le papier A3 c’est combien', { product: 'papier A3' }],
    ['le client demande le prix du toner', { product: 'toner' }],
    ['un client veut savoir combien coûte le casque', { product: 'casque' }],
    ['tonè noir combien ça coûte', { product: 'tonè noir' }],
    ['le prix à l’unité du bic', { product: 'bic' }],
    ['ça me coûterait combien une imprimante', { product: 'imprimante' }],
    ['c’est cher le toner', { product: 'toner' }],
    ['est-ce que le toner est cher', { product: 'toner' }],
    ['combien je vends le crayon', { product: 'crayon' }],
    ['à combien on fait la bouteille d’eau', { product: 'bouteille d’eau' }],
    ['quels sont les prix des téléphones', { product: 'téléphones' }],
    ['cherche le prix de la souris sans fil', { product: 'souris sans fil' }],
    ['vérifie le prix du clavier', { product: 'clavier' }],
    ['combien pour la boîte de craies', { product: 'boîte de craies' }],
    ['combien je dois payer pour le cartable bleu', { product: 'cartable bleu' }],
    ['combien ça me coûte deux cahiers', { product: 'cahiers' }],
    ['on vend le stylo à combien déjà', { product: 'stylo' }],
    ['on le vend à combien le sucre', { product: 'sucre' }],
    ['quel est le prix de vente du riz', { product: 'riz' }],
    ['quel est le prix unitaire du crayon', { product: 'crayon' }],
    ['prix du pain', { product: 'pain' }],
    ['prix toner', { product: 'toner' }],
    ['le prix c’est combien pour la chemise', { product: 'chemise' }],
    ['la chemise fait combien', { product: 'chemise' }],
    ['le parapluie il coûte combien', { product: 'parapluie' }],
    ['les bougies elles sont à combien', { product: 'bougies' }],
    ['combien valent les chaussures noires', { product: 'chaussures noires' }],
    ['et les gants c’est combien', { product: 'gants' }],
    ['et pour le scotch c’est combien', { product: 'scotch' }],
    ['c’est à quel prix la farine', { product: 'farine' }],
    ['un sac de ciment c’est combien', { product: 'sac de ciment' }],
    ['tu me fais la ramette à combien', { product: 'ramette' }],
    ['vous faites combien le lot de stylos', { product: 'lot de stylos' }],
    ['ça coûterait combien une étagère', { product: 'étagère' }],
    ['dites c’est combien l’huile', { product: 'huile' }],
    ['madame c’est combien le pagne', { product: 'pagne' }],
    ['chef combien le téléphone', { product: 'téléphone' }],
    ['ça c’est combien', {}],
    ['il coûte combien', {}],
    ['elle est à combien', {}],
    ['c’est à combien', {}],
    ['quel est le prix de cet article', { product: 'article' }],
    ['on me demande le prix du carnet', { product: 'carnet' }],
    ['la cliente veut connaître le prix des rideaux', { product: 'rideaux' }],
    ['le prix d’un sac de café', { product: 'sac de café' }],
    ['quel est le prix d’un paquet de biscuits', { product: 'paquet de biscuits' }],
    ['dites-moi le prix d’une bouteille d’eau', { product: 'bouteille d’eau' }],
    ['prix d’un litre d’huile', { product: 'litre d’huile' }],
    ['je peux connaître le prix d’un thé', { product: 'thé' }],
    ['le prix d’une table en bois', { product: 'table en bois' }],
    ['combien coûte un kilo de tomates', { product: 'kilo de tomates' }],
    ['c’est combien une paire de chaussures', { product: 'paire de chaussures' }],
    ['quel est le prix d’un litre de lait', { product: 'litre de lait' }],
    ['à combien le kilo de sucre', { product: 'kilo de sucre' }],
  ],
  answer: ({ product }) =>
    product === undefined
      ? 'Le prix de quel article?'
      : `Le prix de « ${product} »? Je ne connais pas encore les prix du magasin.`,
};
