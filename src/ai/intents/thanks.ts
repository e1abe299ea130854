import type { Intent } from './intent.ts';

export const thanks: Intent = {
  name: 'thanks',
  slots: [],
  sentences: [
    `
      [ok|oh|ah|bon|bien|très bien|super|parfait|d'accord|voilà|c'est bon|c'est gentil|un grand|grand|mille|
      mon dieu|eh bien|un tout grand|bonjour et] (merci|mercis|merci merci) [bien|beaucoup|infiniment|mille fois|
      à toi|à vous|la grâce|madame|monsieur|chef|mon ami|l'ami|encore|d'avance|énormément|à tous|c'est gentil|
      c'est parfait|c'est bon|c'est très gentil|c'est noté|sincèrement|vraiment|tout plein|de tout cœur|papa|maman|
      ma chère|mon cher|hein] [à toi|à vous|la grâce|monsieur|madame|pour tout|encore]
    `,
    `
      [un grand] merci [beaucoup|bien|infiniment|encore] (pour|de) (tout|ton aide|votre aide|l'aide|ça|cela|
      ton travail|votre travail|ta réponse|votre réponse|la facture|le reçu|le ticket|l'information|l'info|
      les informations|le renseignement|ce service|le service|ton service|votre service|la réponse|le prix|
      votre patience|ta patience|m'avoir aidé|votre gentillesse|l'explication|la précision)
    `,
    `
      (je te|je vous|on te|on vous|nous te|nous vous) remercie [bien|beaucoup|infiniment|pour tout|de ton aide|
      de votre aide|pour ton aide|pour votre aide|d'avance|la grâce|sincèrement]
    `,
    `
      (c'est gentil|c'est très gentil|c'est bien aimable|c'est sympa|trop gentil|vous êtes (gentil|gentille|
      bien aimable|formidable)|tu es (gentil|gentille|formidable|un ange)|matondo|matondo mingi|melesi|melesi mingi|
      merci mingi|jërëjëf|djeredjef|jerejef|asante|aksanti|aksanti sana|asante sana|thank you|thanks|toda|
      twasakidila)
    `,
  ],
  examples: [
    'merci',
    'mersi',
    'merci beaucoup',
    'merci bien',
    'mes remerciements',
    'un grand merci',
    'mille mercis',
    'merci à toi la grâce',
    'merci pour ton aide',
    'merci pour l’info',
    'merci c’est gentil',
    'merci c’est parfait',
    'ok merci',
    'd’accord merci',
    'super merci',
    'parfait merci beaucoup',
    'très bien merci',
    'je te remercie',
    'je vous remercie',
    'je vous remercie de votre aide',
    'je vous remerci',
    'on te remercie beaucoup',
    'matondo',
    'matondo mingi',
    'melesi',
    'merci mingi',
    'djeredjef',
    'jerejef',
    'asante sana',
    'c’est gentil à toi',
    'c’est très aimable',
    'vous êtes bien aimable',
    'tu es gentille',
    'tu m’as bien aidé merci',
    'tu m’as sauvé merci',
    'merci infiniment',
    'merci d’avance',
    'merci encore',
    'merci encore une fois pour tout',
    'merci mon ami',
    'merci madame',
    'merci monsieur',
    'merci hein',
    'bon merci',
    'ah merci',
    'oh merci beaucoup',
    'grand merci',
    'merci pour tout',
    'merci du renseignement',
    'merci pour le travail',
    'mille fois merci',
    'que dieu te bénisse merci',
    'que dieu vous bénisse',
    'toute ma gratitude',
    'c’est bien aimable à vous',
    'merci de m’avoir aidé',
    'merci ça ira',
    'merci je n’ai plus besoin de rien',
    'bien merci',
    'mes si beaucoup',
    'merci boucou',
    'chapeau merci',
    'bravo et merci',
    'thank you',
    'excellent travail merci',
    'je te dis merci',
    'vraiment merci',
    'merci vraiment',
    'un immense merci à toi',
    'je vous suis reconnaissant',
    'je suis très reconnaissante',
    'c’est très aimable à toi',
    'ah super merci',
    'oh génial merci',
    'parfait je te remercie',
    'ça m’aide beaucoup merci',
    'tu es un amour',
    'vous êtes un ange',
    't’es le meilleur merci',
    't’es top',
    'merci à vous deux',
    'merci tout le monde',
    'je dis merci',
    'grand merci pour la rapidité',
    'merci du fond du cœur',
    'merci pour la facture',
    'merci pour le ticket',
    'toute ma reconnaissance',
    'nous vous remercions',
    'on vous dit merci',
  ],
  answer: () => 'Je vous en prie.',
};
