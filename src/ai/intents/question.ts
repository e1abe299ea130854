import type { Intent } from './intent.ts';

export const question: Intent = {
  name: 'question',
  slots: [],
  sentences: [
    `
      [<tell_me>|et] (à quelle heure|vers quelle heure|jusqu'à quelle heure|à partir de quelle heure|
      de quelle heure à quelle heure|quand|quand est-ce que|quel jour|quels jours) (vous ouvrez|vous fermez|
      tu ouvres|tu fermes|ouvrez-vous|fermez-vous|on ouvre|on ferme|ouvre|ferme|ouvre-t-on|ferme-t-on|
      êtes-vous ouverts|êtes-vous ouvert|vous êtes ouverts|vous êtes ouvert|vous êtes fermés|on est ouvert|
      est ouvert|est fermé|est-ce que vous ouvrez|est-ce que vous fermez|est ouverte|est fermée|est-ce que ferme|
      est-ce qu'ouvre|êtes-vous fermés) [<shop>] [le matin|le soir|aujourd'hui|demain|le dimanche|le samedi|
      le lundi|le week-end|les jours fériés|ce soir|exactement|à midi|en semaine]
    `,
    `
      [est-ce que] (vous ouvrez|vous fermez|<shop> ouvre|<shop> ferme|on ouvre|on ferme|ça ouvre|ça ferme)
      (à quelle heure|quand|jusqu'à quelle heure|à partir de quelle heure) [<shop>|le matin|le soir|aujourd'hui|
      demain|le dimanche|le samedi|ce soir]
    `,
    `
      [<tell_me>|quels sont|quelles sont|quel est|c'est quoi|donne <me>|donnez <me>] (les horaires|vos horaires|
      tes horaires|nos horaires|l'horaire|les heures d'ouverture|vos heures d'ouverture|les jours d'ouverture|
      les horaires d'ouverture|l'heure d'ouverture|l'heure de fermeture|l'heure de la fermeture|
      vos horaires d'ouverture|nos horaires d'ouverture|les heures de fermeture) [<shop>|du magasin|de la boutique|
      du week-end|du dimanche|du samedi|aujourd'hui|de demain]
    `,
    `
      [est-ce que] (vous êtes|on est|<shop> est|êtes-vous|est-on|serez-vous|vous serez|c'est|vous travaillez|
      vous ouvrez|on travaille|travaillez-vous) [ouvert|ouverts|fermé|fermés|ouverte|fermée] (le dimanche|le samedi|
      le lundi|demain|les jours fériés|aujourd'hui|le week-end|à noël|ce soir|à midi|le 30 juin|le premier janvier|
      pendant les fêtes|le soir|tous les jours|toute la journée)
    `,
    `
      [est-ce que|est-ce qu'|<tell_me> si] (vous livrez|on livre|vous faites la livraison|
      vous faites des livraisons|vous faites les livraisons|on peut se faire livrer|vous pouvez livrer|livrez-vous|
      vous pouvez me livrer|peut-on être livré|la livraison est possible|faites-vous la livraison|
      faites-vous des livraisons|je peux être livré|on peut être livré|il y a la livraison) [à domicile|chez moi|
      à la maison|en province|à gombe|dans toute la ville|à limete|gratuitement|le dimanche|à l'étranger|le samedi|
      au bureau]
    `,
    `
      [<tell_me>|et] (combien coûte|c'est combien|quel est le prix de|quels sont les frais de|
      combien de temps prend|combien de temps dure|quel est le délai de|quels sont les délais de|
      c'est quoi le délai de|à combien est) [la] livraison [à domicile|en ville|en province]
    `,
    `
      [<tell_me>|est-ce que|est-ce qu'|et] (la livraison|les livraisons) (est gratuite|est payante|coûte combien|
      c'est combien|prend combien de temps|prend combien de jours|se passe comment|comment ça se passe|
      sont gratuites)
    `,
    `
      [est-ce que|est-ce qu'|<tell_me> si|comment|et] (je peux|on peut|peut-on|puis-je|le client peut|
      la cliente peut|on pourrait|est-il possible de|c'est possible de|il est possible de|il peut|elle peut) (payer|
      régler|payer par|payer avec|régler par) [par carte|par carte bancaire|en espèces|en dollars|en euros|
      en francs|par chèque|par virement|avec mobile money|par mobile money|avec mpesa|par m-pesa|avec orange money|
      par orange money|avec airtel money|par airtel money|avec wave|par wave|en plusieurs fois|à crédit|
      à la livraison|par téléphone|par twint|avec twint|par bancontact|avec une carte|en ligne|plus tard|
      en trois fois|cash|en liquide]
    `,
    `
      [est-ce que|est-ce qu'|<tell_me> si] (vous acceptez|on accepte|acceptez-vous|vous prenez|prenez-vous|
      vous avez|on prend|prend-on) (les cartes|la carte|la carte bancaire|les cartes bancaires|les chèques|
      le chèque|le mobile money|mobile money|m-pesa|mpesa|orange money|airtel money|wave|twint|bancontact|
      les dollars|les euros|les espèces|les virements|visa|mastercard|les cartes visa|le paiement par carte|
      le paiement à la livraison|le paiement en plusieurs fois|le crédit|paypal|les paiements mobiles|la carte visa)
    `,
    `
      [<tell_me>|quels sont|quelles sont|quel est|c'est quoi|et|donne <me>|donnez <me>|expliquez <me>|explique <me>]
      (les modes de paiement|les moyens de paiement|vos modes de paiement|vos moyens de paiement|
      les conditions de paiement|vos conditions de paiement|les conditions de retour|vos conditions de retour|
      la politique de retour|les conditions d'échange|la garantie|la durée de la garantie|
      les conditions de livraison|les frais de livraison|le délai de livraison|les délais de livraison|
      les zones de livraison|les conditions de vente|les conditions générales|le délai de retour|l'adresse|
      votre adresse|le numéro de téléphone|votre numéro|votre numéro de téléphone|les conditions de remboursement|
      la politique de remboursement|la politique d'échange|l'adresse du magasin|le règlement du magasin)
      [du magasin|de la boutique|ici|chez vous]
    `,
    `
      [est-ce que|est-ce qu'|<tell_me> si|comment|et] (je peux|on peut|peut-on|puis-je|le client peut|
      la cliente peut|un client peut|est-il possible de|c'est possible de|vous) (échanger|rendre|retourner|ramener|
      rapporter|rembourser|se faire rembourser|être remboursé|me faire rembourser|remboursez|échangez|reprenez)
      [un article|un produit|l'article|le produit|une marchandise|la marchandise|ça|les articles|les produits|
      un achat|un article défectueux|les articles défectueux|un produit abîmé|sans ticket]
    `,
    `
      [est-ce que|est-ce qu'|<tell_me> si] (il y a une garantie|c'est garanti|vous donnez une garantie|
      le produit est garanti|les produits sont garantis|c'est sous garantie|il y a la garantie|
      vous faites des réductions|vous faites des remises|il y a des remises|il y a des réductions|
      vous faites crédit|on fait crédit|vous avez un parking|il y a un parking|vous faites des prix de gros|
      vous avez une carte de fidélité)
    `,
    `
      (où (êtes-vous|se trouve|se situe|est situé|est située|vous êtes|est|se trouvent)|vous êtes où|c'est où|
      quelle est l'adresse (de|du|de la)|dans quelle rue se trouve) [situés|situé|<shop>|votre magasin|
      votre boutique]
    `,
    `
      comment (se passe|se passent|faire|fonctionne|marche|on fait) (la livraison|les livraisons|un retour|
      les retours|le remboursement|pour retourner un article|pour échanger un article|pour être remboursé|
      le paiement|le service après-vente|la garantie|pour payer|un échange|pour être livré|la réparation)
    `,
  ],
  examples: [
    'à quelle heure vous ouvrez',
    'a quel heure vous ouvrez',
    'à quelle heure ouvrez-vous demain matin',
    'vous fermez à quelle heure',
    'vous fermez a quel heure ce soir',
    'à quelle heure ferme le magasin',
    'jusqu’à quelle heure vous êtes ouverts',
    'la boutique ferme à quelle heure',
    'on ferme à quelle heure ce soir',
    'quels sont vos horaires',
    'quels sont les horaires d’ouverture',
    'vos heures d’ouverture s’il vous plaît',
    'c’est quoi les horaires',
    'vous êtes ouverts le dimanche',
    'est-ce que vous ouvrez le dimanche',
    'est-ce que le magasin est ouvert demain',
    'vous travaillez le samedi',
    'vous travaillez les jours fériés',
    'est-ce que c’est ouvert à midi',
    'vous faites la pause à quelle heure',
    'est-ce que vous livrez',
    'vous livrez à domicile',
    'vous livré à domicile',
    'est-ce que vous faites la livraison à Limete',
    'la livraison coûte combien',
    'combien coûte la livraison',
    'quels sont les frais de livraison',
    'la livraison prend combien de temps',
    'en combien de jours vous livrez',
    'quel est le délai de livraison',
    'est-ce que la livraison est gratuite',
    'je peux payer par carte',
    'est-ce qu’on peut payer avec mobile money',
    'on peut payer par M-Pesa',
    'vous acceptez orange money',
    'vous acceptez les cartes bancaires',
    'acceptez-vous les chèques',
    'est-ce que vous prenez les dollars',
    'on peut payer en plusieurs fois',
    'comment on peut payer',
    'quels sont les moyens de paiement',
    'je peux payer à la livraison',
    'est-ce que vous faites crédit',
    'est-ce que je peux payer demain',
    'vous acceptez twint',
    'on peut payer avec wave',
    'est-ce que je peux rendre un article',
    'je peux échanger le produit',
    'comment faire pour échanger un article',
    'comment retourner un produit',
    'quelle est la politique de retour',
    'vous remboursez',
    'est-ce que vous remboursez les articles défectueux',
    'sous combien de jours on peut retourner la marchandise',
    'j’ai combien de jours pour rapporter un article',
    'il y a une garantie',
    'c’est garanti combien de temps',
    'quelle est la durée de la garantie',
    'le produit est cassé je peux le ramener',
    'est-ce que je peux être remboursé sans ticket',
    'où se trouve le magasin',
    'vous êtes où exactement',
    'quelle est votre adresse',
    'c’est quoi le numéro de téléphone du magasin',
    'est-ce qu’il y a un parking',
    'vous faites des réductions pour les écoles',
    'est-ce que vous faites des prix de gros',
    'vous réparez les imprimantes',
    'est-ce que vous faites des réparations',
    'est-ce que vous installez à domicile',
    'qui est le responsable du magasin',
    'comment contacter le service après-vente',
    'est-ce que vous reprenez les vieilles cartouches',
    'vous faites l’emballage cadeau',
    'on peut commander par téléphone',
    'on peut commander sur whatsapp',
    'est-ce que je peux réserver un article',
    'vous avez une carte de fidélité',
    'est-ce qu’il y a des soldes',
    'quelles sont les conditions pour avoir une remise',
    'que dit le règlement sur les retours',
    'quels documents il faut pour la garantie',
    'vous livrez dans quels quartiers',
    'vous livrez en province',
    'le client demande s’il peut payer par virement',
    'un client demande si on livre à Matadi',
    'vous ouvrez quel jour',
    'quels jours vous êtes ouverts',
    'vous êtes ouverts jusqu’à quand',
    'on ouvre à quelle heure demain',
    'c’est ouvert le lundi',
    'c’est fermé le dimanche',
    'le magasin ferme tôt aujourd’hui',
    'vous êtes ouverts pendant les fêtes',
    'vous fermez entre midi et deux',
    'est-ce que la boutique est ouverte le soir',
    'vous livrez où',
    'vous livrez jusqu’où',
    'vous livrez gratuitement',
    'est-ce que vous expédiez à Goma',
    'on peut se faire livrer au bureau',
    'il y a des frais de livraison',
    'ça prend combien de temps pour être livré',
    'la livraison est comprise',
    'je serai livré quand',
    'est-ce que je peux ramener un produit qui ne marche pas',
    'je peux ramener un article s’il ne me plaît pas',
    'si ça ne marche pas je peux le rendre',
    'un produit défectueux on fait quoi',
    'que faire si l’appareil tombe en panne',
    'je peux avoir un remboursement',
    'comment obtenir un remboursement',
    'le client veut rendre un article',
    'le client veut échanger sa chemise',
    'la cliente veut se faire rembourser',
    'vous reprenez les invendus',
    'on a combien de temps pour échanger',
    'quel est le délai pour un échange',
    'faut-il garder le ticket pour échanger',
    'c’est garanti',
    'il est garanti un an',
    'la garantie dure combien de temps',
    'que couvre la garantie',
    'on peut payer comment',
    'comment on paie ici',
    'comment payer',
    'vous prenez la carte',
    'vous prenez quoi comme paiement',
    'je peux payer en francs',
    'je peux payer en euros',
    'est-ce que je peux payer moitié dollars moitié francs',
    'le paiement par téléphone est possible',
    'on peut payer à crédit',
    'on peut payer en trois fois sans frais',
    'vous acceptez les bons d’achat',
    'vous donnez des acomptes',
    'quel acompte faut-il verser',
    'vous êtes situés où',
    'vous êtes dans quel quartier',
    'dans quelle commune est la boutique',
    'comment venir au magasin',
    'vous avez un site internet',
    'vous avez un numéro whatsapp',
    'qui dois-je appeler pour une réclamation',
    'où faire une réclamation',
    'à qui je m’adresse pour la garantie',
    'vous faites des remises pour les grosses commandes',
    'il y a une réduction pour les étudiants',
    'vous avez des promotions',
    'vous faites des photocopies',
    'vous faites la réparation des téléphones',
    'est-ce que vous embauchez',
    'vous recrutez',
    'vous avez d’autres boutiques',
    'il y a un autre magasin en ville',
    'vous gardez les articles réservés combien de temps',
    'c’est quoi les conditions pour payer plus tard',
    'les horaires du jeudi s’il vous plaît',
    'donne-moi les horaires de samedi',
    'c’est ouvert dimanche matin',
    'vous travaillez dimanche',
    'on paie de quelle façon',
    'comment rendre un produit',
    'comment rendre mes achats',
    'bonjour je peux rendre mes achats',
  ],
  answer: () => 'Je ne peux pas encore chercher la réponse dans les documents du magasin.',
};
