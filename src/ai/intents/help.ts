import type { Intent } from './intent.ts';

export const help: Intent = {
  name: 'help',
  slots: [],
  sentences: [
    `
      (aide|aidez|aide-moi|aidez-moi|à l'aide|au secours|besoin d'aide|help|l'aide|une aide|un coup de main|
      le mode d'emploi|mode d'emploi|les commandes|la liste des commandes|le menu) [un peu|maintenant|la grâce]
    `,
    `
      (j'ai|on a|j'aurais) (besoin|encore besoin) (d'aide|d'un coup de main|de ton aide|de votre aide|qu'on m'aide|
      que tu m'aides|d'un peu d'aide|d'assistance|d'explications)
    `,
    `
      <could_you> (aider|m'aider|me aider|donner un coup de main|expliquer comment ça marche|guider|assister|
      montrer comment ça marche|dire comment ça marche|m'expliquer comment ça marche|afficher l'aide|montrer l'aide|
      ouvrir l'aide) [un peu|s'il te plaît]
    `,
    `
      (qu'est-ce que|que|quoi) (tu sais|vous savez|tu peux|vous pouvez|sais-tu|savez-vous|peux-tu|pouvez-vous|
      je peux|puis-je) (faire|faire pour moi|dire|te demander|vous demander|demander|te dire|vous dire|faire ici|
      comprendre|faire d'autre)
    `,
    `
      (tu sais|tu peux|vous savez|vous pouvez|je peux|on peut) (faire quoi|dire quoi|demander quoi|m'aider à quoi|
      servir à quoi|te demander quoi|vous demander quoi)
    `,
    `
      (comment ça marche|comment ça fonctionne|comment tu marches|comment tu fonctionnes|comment fonctionnes-tu|
      comment vous fonctionnez|comment t'utiliser|comment on t'utilise|comment on fait|comment je fais|
      comment faire|comment dois-je faire|comment il faut faire|ça marche comment|tu sers à quoi|à quoi tu sers|
      à quoi sers-tu|vous servez à quoi|à quoi servez-vous|à quoi ça sert|quelles sont (tes|les|vos) (fonctions|
      possibilités|commandes|capacités|options)|quelles commandes je peux (dire|donner)|qui es-tu|qui êtes-vous|
      tu es qui|vous êtes qui)
    `,
    `
      <could_you> (montrer|lire|donner|rappeler) (l'aide|le mode d'emploi|les commandes|la liste des commandes|
      ce que tu sais faire|ce que vous savez faire|ce que je peux dire|ce que je peux demander)
    `,
    `
      (montre <me>|montrez <me>|affiche|donne <me>|dis <me>|dites <me>|explique <me>|expliquez <me>) (l'aide|
      le mode d'emploi|les commandes|la liste des commandes|ce que tu sais faire|ce que vous savez faire|
      ce que je peux dire|ce que je peux demander|ce que je peux te demander|comment ça marche|comment faire|
      comment je dois faire|comment ça fonctionne)
    `,
    `
      (je ne sais pas|je sais pas|je ne comprends pas|je comprends pas) (quoi dire|quoi faire|quoi demander|
      comment faire|comment ça marche|comment ça fonctionne|comment t'utiliser|comment on fait|
      comment faire avec toi)
    `,
    `
      comment [est-ce qu'on|est-ce que je|on|je peux|dois-je|peut-on] (faire|fait|faut-il faire|créer|crée|préparer|
      prépare|établir|imprimer|imprime|éditer|sortir|annuler|annule|corriger) (une facture|un reçu|un devis|
      une étiquette|des étiquettes|un bon de livraison|un ticket|un document|l'impression|la facture|le reçu)
    `,
    "(je suis perdu|je suis perdue|je suis bloqué|je suis bloquée|je n'y arrive pas|j'y arrive pas|je suis coincé)",
  ],
  examples: [
    'aide',
    'aide-moi',
    'aidez-moi',
    'aidé moi',
    'à l’aide',
    'a laide',
    'au secours',
    'j’ai besoin d’aide',
    'jai besoin daide',
    'j’ai besoin d’un coup de main',
    'tu peux m’aider',
    'vous pouvez m’aider',
    'est-ce que vous pouvez m’aider s’il vous plaît',
    'peux-tu m’aider un peu',
    'donne-moi un coup de main',
    'qu’est-ce que tu sais faire',
    'qu’est-ce que vous savez faire',
    'kes que tu sais faire',
    'que sais-tu faire',
    'que savez vous faire',
    'que peux-tu faire pour moi',
    'tu sais faire quoi',
    'tu peux faire quoi',
    'vous pouvez faire quoi au juste',
    'dis-moi ce que tu sais faire',
    'dites-moi ce que je peux demander',
    'qu’est-ce que je peux te demander',
    'qu’est-ce que je peux dire',
    'je peux dire quoi',
    'comment ça marche',
    'comment sa marche',
    'comment ça fonctionne ici',
    'comment tu fonctionnes',
    'ça marche comment ce truc',
    'explique-moi comment ça marche',
    'expliquez moi comment on fait',
    'comment je dois faire',
    'comment faire pour commencer',
    'comment on utilise l’assistant',
    'montre-moi les commandes',
    'quelles sont les commandes',
    'quelles commandes tu comprends',
    'la liste des commandes',
    'affiche l’aide',
    'ouvre l’aide',
    'mode d’emploi',
    'le menu s’il vous plaît',
    'je suis perdu',
    'je suis bloquée je ne sais pas quoi faire',
    'je ne sais pas quoi dire',
    'je ne sais pas comment faire',
    'je comprends pas comment ça marche',
    'à quoi tu sers',
    'tu sers à quoi',
    'a quoi sa sert',
    'quelles sont tes fonctions',
    'quelles sont vos possibilités',
    'tu es qui toi',
    'qui es-tu',
    'qui êtes-vous',
    'c’est quoi la grâce',
    'présente-toi',
    'montre-moi comment on fait une facture',
    'comment on crée une facture',
    'comment faire pour imprimer',
    'comment je fais pour imprimer un reçu',
    'explique-moi comment faire une facture',
    'apprends-moi à m’en servir',
    'guide-moi',
    'tu peux m’expliquer',
    'qu’est-ce qu’on peut faire avec toi',
    'assistance',
    'je n’y arrive pas',
    'j’ai un problème aidez-moi',
    'help',
    'comment je dois te parler',
    'comment il faut te parler',
    'comment on te parle',
    'je voudrais de l’aide',
    'j’aimerais un peu d’aide',
    'il me faut de l’aide',
    'aide à l’utilisation',
    'qu’est-ce que je dois dire',
    'qu’est-ce qu’il faut dire',
    'que puis-je dire',
    'quels ordres tu comprends',
    'quels mots je dois utiliser',
    'donne-moi un exemple',
    'donne-moi des exemples de commandes',
    'des exemples de phrases s’il vous plaît',
    'tu comprends quoi',
    'tu comprends quoi comme commandes',
    'tu connais quoi',
    'quelles sont tes capacités',
    'je débute montre-moi',
    'je suis nouveau ici explique-moi',
    'je suis nouvelle comment on se sert de toi',
    'comment on s’en sert',
    'comment utiliser cette application',
    'je ne connais pas cet appareil',
    'cet appareil marche comment',
    'à quoi ça sert cette machine',
    'comment ça se passe avec toi',
    'je n’arrive pas à m’en servir',
    'ça ne marche pas aidez-moi',
    'j’arrive pas à faire la facture',
    'comment imprimer',
    'comment faire une facture',
    'comment on annule une facture',
    'comment je fais pour annuler',
    'qu’est-ce que tu peux imprimer',
    'qui t’a faite',
    'comment tu t’appelles',
    'quel est ton nom',
    'c’est quoi ton nom',
    'je ne comprends pas',
    'je comprends pas',
    'quelles sont les options',
    'donne-moi la liste de ce que tu comprends',
    'comment corriger une facture',
    'comment sortir un ticket',
  ],
  answer: () =>
    'Je peux préparer une facture, un reçu ou un devis, l’imprimer, donner le total des ventes, l’heure et la date. Dites par exemple: « une facture de cinquante dollars pour Marie ».',
};
