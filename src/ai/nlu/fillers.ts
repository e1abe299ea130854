import { readList } from './phrase-book.ts';

/** What slots are filled with when sentences are made for training; the model should learn the frame, not these. */
export const clients: readonly string[] = readList(`
    Marie|Kabongo|monsieur Kabongo|madame Mbuyi|Jean-Pierre|la société Kin Express|l’école Saint-Joseph|papa Joseph|
    maman Chantal|la pharmacie du coin|le garage Central|l’hôtel Memling|Fatou Diop|monsieur Ndiaye|madame Dupont|
    M. Lambert|Mme Rochat|l’ASBL Espoir|la boulangerie|le restaurant Chez Tantine|Tshibangu|mademoiselle Aline|
    la paroisse|docteur Ilunga|l’église|Moussa|Patrick|Grâce Mulumba|le lycée|l’hôpital|la société Bralima|Thérèse|
    Congo Airways|la mairie|Christian|monsieur Janssens|la coopérative|Aminata Ba|les établissements Kasongo|
    le client
  `);

export const products: readonly string[] = readList(`
    toner noir|enveloppes|ramette de papier|papier A4|stylos bleus|cahier|cahiers|cartouche couleur|classeurs|
    clé USB|agrafeuse|gommes|calculatrice|savon|sac de riz|sucre|farine|huile|lait en poudre|piles|scotch|colle|
    marqueur|imprimante|ordinateur portable|souris|clavier|casque|chargeur|câble|téléphone|carte mémoire|batterie|
    ampoules|ciment|clous|peinture|bidon d’huile|bouteilles d’eau|bière|jus de mangue|pain|beurre|sardines|tomates|
    riz|haricots|sel|thé|café|biscuits|couches|dentifrice|parfum|chemise blanche|pantalon|chaussures|pagne|cartable|
    règle|crayons|craies|tableau|dictionnaire|livre de lecture|étagère|chaise|ventilateur|lampe|rallonge|prise|
    robinet|tuyau|gants|seau|balai|détergent|eau de javel|sachets|rouleaux de caisse|papier photo|papier cadeau|
    chemises cartonnées|trombones|agrafes|toner cyan|disque dur|écran|cartouches HP|photocopies|reliure|
    plastification|pièce de rechange|pneu|bougie|filtre
  `);
