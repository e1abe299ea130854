import type { Intent } from './intent.ts';

export const cancel: Intent = {
  name: 'cancel',
  slots: [],
  sentences: [
    `
      (annule|annulez|annuler|oublie|oubliez|efface|effacez|supprime|supprimez|laisse tomber|laissez tomber) (ce que
      (je viens de|on vient de|nous venons de|tu viens de|vous venez de) (dire|demander|faire|noter|commencer)|ce que
      (j'ai|on a|nous avons) (dit|demandé|fait|noté|commencé))
    `,
    `
      (annule|annulez|annuler|annulé|annulation|on annule|j'annule|nous annulons|annule-moi|annulez-moi) [tout|ça|
      cela|la facture|cette facture|la vente|la commande|cette commande|l'opération|l'impression|la demande|le tout|
      moi ça|maintenant|ma demande|le ticket|le reçu|le devis|la dernière demande|tout ça]
    `,
    `
      <could_you> (annuler|tout annuler|arrêter|laisser tomber|oublier|stopper) [tout|ça|cela|la facture|
      cette facture|la vente|la commande|l'opération|l'impression|la demande]
    `,
    `
      <want> (annuler|tout annuler|arrêter|laisser tomber) [tout|ça|cela|la facture|cette facture|la vente|
      la commande|l’opération|l’impression|la demande]
    `,
    '(laisse|laissez|on laisse|laisse-moi|faut laisser|je laisse) [tomber|ça|cela|tomber ça|comme ça|ça tomber]',
    `
      (stop|stoppe|stoppez|arrête|arrêtez|arrêter|arrête-toi|arrêtez-vous|arrête ça|arrêtez ça|arrête tout|
      arrêtez tout|on arrête|on arrête tout|on arrête là|tais-toi|taisez-vous|silence|chut|c'est bon arrête|assez|
      ça suffit|suffit|tika|mettez fin|halte|basta) [tout|ça|là|maintenant|s'il te plaît|de parler|l'impression|
      la facture]
    `,
    `
      (oublie|oubliez|oublier|on oublie|oublie-moi|oublie ça|oubliez ça|oublie tout|oublions) [ça|cela|tout|tout ça|
      la facture|ce que j'ai dit|ma demande|cette facture]
    `,
    `
      (je me suis trompé|je me suis trompée|on s'est trompé|c'était une erreur|c'est une erreur de ma part|
      fausse manœuvre) [annule|annulez|laisse|laissez|laisse tomber|on annule|désolé]
    `,
    `
      (ne fais rien|ne faites rien|fais rien|faites rien|rien|plus rien|rien du tout|rien merci|non rien|tant pis|
      peu importe|pas la peine|ce n’est pas la peine|c’est pas la peine|pas besoin|plus besoin|
      je n’en ai plus besoin|ça ne fait rien|c’est pas grave|ce n’est pas grave|j’ai changé d’avis|finalement non|
      en fait non|n’imprime pas|n’imprimez pas|n’imprime rien|n’imprimez rien|efface|effacez|efface tout|
      effacez tout|efface ça|supprime|supprimez|supprime ça|supprime tout|retour|reviens en arrière|
      revenir en arrière|quitte|quitter|abandonne|abandonner|j’abandonne|on abandonne|recommence|recommençons|
      on recommence|recommencer|on recommence tout|recommence tout|on repart de zéro)
    `,
  ],
  examples: [
    'annule ce que j’ai demandé tout à l’heure',
    'oublie ce qu’on vient de faire',
    'annulez ce que je vous ai demandé',
    'bon on annule et on verra demain',
    'annule',
    'annulez',
    'annulé',
    'annuler s’il vous plaît',
    'anule tout',
    'annule tout',
    'annule ça',
    'annule la facture',
    'annulez cette facture s’il vous plaît',
    'je veux annuler la facture',
    'je veux annuler',
    'je voudrais annuler la vente',
    'on annule',
    'non annule',
    'oui annule',
    'non non annule tout',
    'annule l’impression',
    'annulez ma demande',
    'laisse tomber',
    'laissez tomber',
    'lesse tomber',
    'laisse ton bé',
    'non laisse tomber',
    'laisse',
    'laissez',
    'laisse ça',
    'laisse comme ça',
    'stop',
    'stoppe tout',
    'stop stop',
    'arrête',
    'arrêtez',
    'arrêter',
    'arrête-toi',
    'arrête ça tout de suite',
    'arrête de parler',
    'on arrête là',
    'tais-toi',
    'taisez-vous',
    'silence',
    'chut',
    'ça suffit',
    'oublie',
    'oublie ça',
    'oubliez ce que j’ai dit',
    'oublie ma demande',
    'je me suis trompé',
    'je me suis trompée annule',
    'je me suis trompé laisse tomber',
    'c’est une erreur annule',
    'tant pis',
    'peu importe laisse',
    'pas la peine',
    'ce n’est pas la peine finalement',
    'finalement non',
    'en fait non laisse',
    'non rien',
    'non c’est rien laisse',
    'j’ai changé d’avis',
    'le client a changé d’avis',
    'le client ne veut plus',
    'la cliente ne veut plus annule',
    'ne fais rien',
    'ne faites rien',
    'n’imprime pas',
    'n’imprime rien arrête l’impression',
    'arrête l’impression',
    'efface tout',
    'supprime ça',
    'on recommence',
    'recommence tout',
    'on repart de zéro',
    'on reprend à zéro',
    'abandonne',
    'retour en arrière',
    'reviens en arrière',
    'tika',
    'tika bongo',
    'pas besoin finalement',
    'c’est plus la peine',
    'je ne veux plus de la facture',
    'plus besoin de la facture',
    'ne crée pas la facture',
    'ne fais pas la facture',
    'le monsieur ne veut plus de facture',
    'la dame ne veut plus acheter',
    'le client est parti annule',
    'le client s’en va laisse tomber',
    'je ne veux plus imprimer',
    'je ne veux plus rien faire',
    'je ne veux pas imprimer finalement',
    'on oublie la facture',
    'on enlève tout',
    'enlève tout',
    'enlève la facture',
    'retire la facture',
    'supprime la facture',
    'supprime cette vente',
    'efface la facture',
    'laisse béton',
    'non non laisse',
    'ok laisse tomber',
    'c’est bon laisse',
    'ça va laisse',
    'non stop',
    'stop stop stop',
    'stop on arrête tout',
    'arrête immédiatement',
    'stoppe l’impression',
    'interromps',
    'interrompre',
    'mets fin à l’opération',
    'quitte la facture',
    'ferme la facture',
    'reviens au début',
    'retourne au début',
    'on revient au début',
    'recommence depuis le début',
    'remets à zéro',
    'remise à zéro',
    'repartons de zéro',
    'non je préfère arrêter',
    'je préfère arrêter là',
    'il vaut mieux annuler',
    'tu peux tout annuler',
    'j’annule ma demande',
    'annulation de la facture',
    'annulation s’il vous plaît',
    'finalement je n’en veux pas',
    'ce ne sera pas nécessaire',
    'ce n’est plus nécessaire',
    'ce n’est plus la peine',
    'c’est une fausse manœuvre',
    'j’ai fait une erreur on annule',
    'mauvaise commande annule',
  ],
  answer: () => 'D’accord, on laisse. Que puis-je faire d’autre?',
};
