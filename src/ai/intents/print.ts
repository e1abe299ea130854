import type { PrintTemplate } from '../../schema.ts';
import type { Intent } from './intent.ts';

const documentNames: Record<PrintTemplate, { one: string; many: string; feminine: boolean }> = {
  invoice: { one: 'facture', many: 'factures', feminine: true },
  receipt: { one: 'reçu', many: 'reçus', feminine: false },
  quote: { one: 'devis', many: 'devis', feminine: false },
  label: { one: 'étiquette', many: 'étiquettes', feminine: true },
  delivery_note: { one: 'bon de livraison', many: 'bons de livraison', feminine: false },
};

/** "la dernière facture", "le devis numéro 7", "une étiquette". */
function describeDocument(template: PrintTemplate, which: 'last' | number | undefined): string {
  const { one, feminine } = documentNames[template];
  if (which === 'last') return feminine ? `la dernière ${one}` : `le dernier ${one}`;
  if (which !== undefined) return `${feminine ? 'la' : 'le'} ${one} numéro ${which}`;
  return `${feminine ? 'une' : 'un'} ${one}`;
}

export const print: Intent = {
  name: 'print',
  slots: ['template', 'copies', 'which'],
  sentences: [
    `
      [<could_you>|<want>|<need>] <print> [ça|cela|le document|un document|le papier|tout|maintenant|la|le|les|
      la même|le même|celle-là|celui-là|celui-ci|celle-ci|pareil|la dernière|le dernier|les documents|des documents|
      quelque chose|la page|le fichier] [une fois|{copies} fois|en {copies} (exemplaires|copies)|en double|
      en triple]
    `,
    `
      [<could_you>|<want>|<need>|<want> que (tu|vous)] <print> [<the>] [{copies}] [dernière|dernières|dernier|
      derniers|petite|petites|grande|grandes] {template} [[numéro] {which}|précédente|précédent] [de caisse|de prix|
      d'hier|du jour|d'aujourd'hui|du client|de la vente] [{copies} fois|en {copies} (exemplaires|copies)|en double|
      en triple] [pour (le client|la cliente|lui|elle|moi|{client})]
    `,
    `
      [<could_you>|<want>|<need>|<want> que (tu|vous)] <print> [{copies}|une] (copie|copies|exemplaire|exemplaires)
      (de|du|de la|des|d'une|d'un|de cette|de ce) [dernière|dernier] {template} [[numéro] {which}|précédente|
      précédent]
    `,
    `
      (donne <me>|donnez <me>|passe <me>|passez <me>|<need>|<want>|<make>|<could_you> <make>|<could_you> avoir) (le|
      un|mon|son|les|des|l'|{copies}|ce) (reçu|reçus|ticket|tickets|ticket de caisse|devis|bon de livraison|
      bons de livraison|bordereau de livraison|étiquettes) [numéro {which}|du client|en {copies} exemplaires|
      de caisse|de prix|pour (le client|la cliente|lui|elle|{client})]
    `,
    `
      (donne <me>|donnez <me>|passe <me>|passez <me>|<need>|<want>|<make>|<could_you> <make>|<could_you> avoir)
      (la dernière|ma dernière|sa dernière|le dernier|les dernières|les derniers|mon dernier|son dernier) {template}
    `,
    `
      (donne <me>|donnez <me>|passe <me>|passez <me>|<need>|<want>|<make>|<could_you> <make>|<could_you> avoir)
      (une|{copies}) (copie|copies|duplicata|duplicatas|étiquette|étiquettes|exemplaires) [de prix] [(de|du|de la|
      des) [dernière|dernier] {template} [[numéro] {which}]]
    `,
    `
      [<make>|<could_you> <make>|<want>|<need>] (une|l'|{copies}) (impression|impressions) [(de|du|de la|des)
      [dernière|dernier] {template}]
    `,
    `
      [le|un|la|mon|{copies}] (reçu|ticket|ticket de caisse|devis|bon de livraison|étiquettes|
      bordereau de livraison|tickets|reçus)
    `,
    'une étiquette',
    '(la dernière|ma dernière|sa dernière|le dernier|mon dernier|son dernier) {template}',
    'facture numéro {which}',
    'la facture (numéro {which}|{which}|précédente)',
  ],
  examples: [
    ['je veux un reçu de trente dollars', { template: 'receipt' }],
    ['imprime l’avant-dernière facture', { template: 'invoice' }],
    'imprime',
    'imprimez',
    'imprimer',
    'un prime',
    'imprimé s’il vous plaît',
    'imprimer un document',
    'je veux imprimer un document',
    'je voudrais imprimer quelque chose',
    'imprime le document',
    'imprime ça',
    'imprime moi sa',
    'tu peux imprimer',
    'vous pouvez imprimer ça s’il vous plaît',
    'lance l’impression',
    'impression',
    'j’ai un document à imprimer',
    'il faut imprimer',
    'je dois imprimer un papier',
    'sors le papier',
    'imprime-moi tout ça',
    ['imprime le en double', { copies: 2 }],
    ['imprime-le deux fois', { copies: 2 }],
    ['imprime ça en trois exemplaires', { copies: 3 }],
    ['imprime le reçu', { template: 'receipt' }],
    ['imprime le recu', { template: 'receipt' }],
    ['un prime le reçu', { template: 'receipt' }],
    ['imprimez le ticket', { template: 'receipt' }],
    ['imprime le ticket de caisse', { template: 'receipt' }],
    ['imprimer le tiket', { template: 'receipt' }],
    ['sors-moi le ticket', { template: 'receipt' }],
    ['donne-moi le reçu', { template: 'receipt' }],
    ['je veux le reçu', { template: 'receipt' }],
    ['le client veut son reçu', { template: 'receipt' }],
    ['la cliente attend son ticket', { template: 'receipt' }],
    ['un reçu s’il vous plaît', { template: 'receipt' }],
    ['le ticket s’il te plaît', { template: 'receipt' }],
    ['fais-moi un reçu', { template: 'receipt' }],
    ['tire le reçu pour le client', { template: 'receipt' }],
    ['sors le dernier ticket', { template: 'receipt', which: 'last' }],
    ['réimprime le dernier reçu', { template: 'receipt', which: 'last' }],
    ['deux reçus', { template: 'receipt', copies: 2 }],
    ['imprime deux tickets', { template: 'receipt', copies: 2 }],
    ['imprime le reçu en deux exemplaires', { template: 'receipt', copies: 2 }],
    ['imprime la facture', { template: 'invoice' }],
    ['imprimez la facture s’il vous plaît', { template: 'invoice' }],
    ['imprime la facture du client', { template: 'invoice' }],
    ['imprime la dernière facture', { template: 'invoice', which: 'last' }],
    ['un prime la dernière facture', { template: 'invoice', which: 'last' }],
    ['réimprimez la dernière facture en deux exemplaires', { template: 'invoice', which: 'last', copies: 2 }],
    ['ressors la facture précédente', { template: 'invoice', which: 'last' }],
    ['imprime la facture numéro douze', { template: 'invoice', which: 12 }],
    ['imprime la facture 12', { template: 'invoice', which: 12 }],
    ['imprime la facture n° 148', { template: 'invoice', which: 148 }],
    ['sors la facture numéro vingt-trois en trois exemplaires', { template: 'invoice', which: 23, copies: 3 }],
    ['imprime trois copies de la facture', { template: 'invoice', copies: 3 }],
    ['imprime cinq factures', { template: 'invoice', copies: 5 }],
    ['donne-moi la dernière facture', { template: 'invoice', which: 'last' }],
    ['donnez-moi une copie de la dernière facture', { template: 'invoice', which: 'last', copies: 1 }],
    ['sors-moi la dernière facture', { template: 'invoice', which: 'last' }],
    ['je veux réimprimer la facture de tout à l’heure', { template: 'invoice' }],
    ['tire la facture deux fois', { template: 'invoice', copies: 2 }],
    ['imprime le devis', { template: 'quote' }],
    ['imprime le deviz', { template: 'quote' }],
    ['fais un devis', { template: 'quote' }],
    ['je voudrais un devis', { template: 'quote' }],
    ['prépare le devis du client', { template: 'quote' }],
    ['sors le devis numéro 7', { template: 'quote', which: 7 }],
    ['imprime deux devis', { template: 'quote', copies: 2 }],
    ['imprime le dernier devis', { template: 'quote', which: 'last' }],
    ['imprime la proforma', { template: 'quote' }],
    ['sors-moi trois étiquettes', { template: 'label', copies: 3 }],
    ['sors moi trois etiquette', { template: 'label', copies: 3 }],
    ['imprime des étiquettes', { template: 'label' }],
    ['imprime dix étiquettes de prix', { template: 'label', copies: 10 }],
    ['imprime 20 étiquettes', { template: 'label', copies: 20 }],
    ['il me faut quatre étiquettes', { template: 'label', copies: 4 }],
    ['étiquettes s’il vous plaît', { template: 'label' }],
    ['fais-moi les étiquettes', { template: 'label' }],
    ['une douzaine d’étiquettes', { template: 'label', copies: 12 }],
    ['imprime le bon de livraison', { template: 'delivery_note' }],
    ['imprimez le bon livraison', { template: 'delivery_note' }],
    ['sors un bon de livraison', { template: 'delivery_note' }],
    ['il faut le bon de livraison pour le chauffeur', { template: 'delivery_note' }],
    ['imprime deux bons de livraison', { template: 'delivery_note', copies: 2 }],
    ['imprime le bon de livraison numéro cinq', { template: 'delivery_note', which: 5 }],
    ['prépare le bordereau de livraison', { template: 'delivery_note' }],
    ['sors-moi le papier du ticket', { template: 'receipt' }],
    ['mets le ticket sur l’imprimante', { template: 'receipt' }],
    ['envoie la facture à l’imprimante', { template: 'invoice' }],
    'mets ça sur papier',
    'je le veux sur papier',
    'sors-le sur papier',
    'sors-moi le papier',
    'sors ça sur l’imprimante',
    'envoie à l’imprimante',
    'envoie ça à l’impression',
    'passe-le à l’imprimante',
    'il me faut une impression',
    'je voudrais une impression',
    'j’ai besoin d’une impression',
    'lance l’imprimante',
    'imprime la page',
    'tu peux l’imprimer s’il te plaît',
    'vous pouvez me l’imprimer',
    'imprime-le',
    'imprime-la',
    'imprime-les',
    'impression du document',
    'je dois imprimer',
    'on imprime',
    'on peut imprimer',
    'il faudrait l’imprimer',
    'réimprime',
    'réimprime-le',
    'ressors-le',
    ['imprime m’en deux', { copies: 2 }],
    ['imprime-en trois', { copies: 3 }],
    ['deux exemplaires s’il vous plaît', { copies: 2 }],
    ['trois copies', { copies: 3 }],
    ['une copie du ticket', { template: 'receipt', copies: 1 }],
    ['une seule copie de la facture', { template: 'invoice', copies: 1 }],
    ['je voudrais le ticket de caisse', { template: 'receipt' }],
    ['le client veut son ticket de caisse', { template: 'receipt' }],
    ['la dame veut son reçu', { template: 'receipt' }],
    ['donne son reçu au monsieur', { template: 'receipt' }],
    ['il attend son reçu', { template: 'receipt' }],
    ['elle réclame son reçu', { template: 'receipt' }],
    ['fais-lui un reçu', { template: 'receipt' }],
    ['fais un reçu pour madame Mbuyi', { template: 'receipt' }],
    ['un ticket', { template: 'receipt' }],
    ['le ticket est sorti flou réimprime-le', { template: 'receipt' }],
    ['imprime la facture de monsieur Kabongo', { template: 'invoice' }],
    ['imprime la facture de ce matin', { template: 'invoice' }],
    ['sors la facture de la société Kin Express', { template: 'invoice' }],
    ['je veux une copie papier de la facture numéro 15', { template: 'invoice', which: 15, copies: 1 }],
    ['la facture numéro 9 s’il vous plaît', { template: 'invoice', which: 9 }],
    ['ressors-moi la facture cent deux', { template: 'invoice', which: 102 }],
    ['je peux ravoir la dernière facture', { template: 'invoice', which: 'last' }],
    ['montre et imprime la dernière facture', { template: 'invoice', which: 'last' }],
    ['prépare un devis pour l’école', { template: 'quote' }],
    ['il faut un devis', { template: 'quote' }],
    ['le client demande un devis', { template: 'quote' }],
    ['établis un devis pour monsieur Ngoma', { template: 'quote' }],
    ['sors le devis en double', { template: 'quote', copies: 2 }],
    ['six étiquettes', { template: 'label', copies: 6 }],
    ['je veux huit étiquettes pour les cahiers', { template: 'label', copies: 8 }],
    ['imprime l’étiquette du toner', { template: 'label' }],
    ['étiquette de prix pour les stylos', { template: 'label' }],
    ['fais sortir trente étiquettes', { template: 'label', copies: 30 }],
    ['encore deux étiquettes', { template: 'label', copies: 2 }],
    ['prépare les étiquettes du rayon papier', { template: 'label' }],
    ['donne le bon de livraison au chauffeur', { template: 'delivery_note' }],
    ['le livreur attend son bon de livraison', { template: 'delivery_note' }],
    ['fais un bon de livraison', { template: 'delivery_note' }],
    ['bon de livraison en deux exemplaires', { template: 'delivery_note', copies: 2 }],
  ],
  answer: ({ template, copies, which }) => {
    if (template === undefined) return 'Imprimer un document? Quel type de document?';
    const many = copies !== undefined && copies > 1;
    if (many && which === undefined) return `Imprimer ${copies} ${documentNames[template].many}: est-ce exact?`;
    const times = many ? ` en ${copies} exemplaires` : '';
    return `Imprimer ${describeDocument(template, which)}${times}: est-ce exact?`;
  },
};
