"""Sentences the voice learns from: what the assistant says and is told, everyday French, and pseudo-words."""

import random
import re
import unicodedata
from pathlib import Path

from training.common.french_numbers import REGIONS, number_words
from training.recogniser import out_of_domain, sentences as told

TEST_SENTENCES = Path(__file__).with_name("test_sentences.txt")

MASCULINE = (
    "magasin rayon panier client produit prix ticket reçu carton sac café thé pain fromage jambon poulet poisson "
    "yaourt lait riz sucre sel poivre miel chocolat gâteau jus savon dentifrice papier stylo cahier livre journal "
    "chargeur câble téléphone ordinateur écran clavier pantalon manteau chapeau gant jardin oiseau chien chat cheval "
    "train bus vélo avion bateau matin soir jour mois hiver printemps automne lundi bureau hôtel restaurant marché "
    "médecin problème message numéro code compte paiement échange stock entrepôt fournisseur rapport tableau montant "
    "taux litre gramme kilo mètre bouquet bijou parfum four frigo tapis rideau drap toner ciment ruban pneu moteur "
    "œuf bœuf ananas oignon huissier ongle homme enfant ouvrier fils fleuve chemin champ puits seau bidon billet "
    "oignon agneau champignon peignoir rognon seigneur montagnard espagnol signal règne"
).split()
FEMININE = (
    "boutique caisse facture commande livraison carte promotion réduction remise étiquette vitrine clé porte fenêtre "
    "table chaise lampe cuisine chambre salle voiture rue ville place gare école maison famille femme fille sœur mère "
    "eau bière viande salade tomate pomme poire orange banane fraise carotte courgette soupe huile farine confiture "
    "crème glace tarte baguette bouteille boîte assiette fourchette cuillère montre bague chemise jupe robe veste "
    "chaussure ceinture écharpe valise brosse serviette pile ampoule prise horloge semaine année heure minute question "
    "réponse adresse liste page image couleur taille marque qualité quantité garantie connexion batterie imprimante "
    "machine feuille fleur lune étoile neige pluie enveloppe agrafeuse ramette cartouche gomme règle colle antenne "
    "tôle planche brique vis pompe bâche corde natte marmite braise mangue arachide igname chèvre poule pirogue "
    "montagne ligne vigne campagne cigogne baignoire araignée consigne peigne châtaigne compagne poignée signature"
).split()
ADJECTIVES = (
    "rouge jaune vert bleu noir blanc gris rose petit grand nouveau beau joli bon mauvais cher gratuit disponible frais "
    "chaud froid sec doux dur léger lourd rapide lent simple difficile utile propre sale vide plein ouvert fermé ancien "
    "moderne solide fragile unique spécial habituel prochain dernier premier français anglais japonais salé piquant épais "
    "fin long court large étroit haut bas fort faible jeune vieux riche pauvre calme bruyant joyeux triste possible "
    "nécessaire important urgent congolais belge suisse africain humide brillant étrange magnifique identique"
).split()
INFINITIVES = (
    "acheter vendre payer rembourser échanger commander livrer chercher trouver prendre mettre donner recevoir envoyer "
    "ouvrir fermer commencer finir attendre revenir partir arriver choisir préparer emballer compter vérifier ajouter "
    "retirer supprimer modifier annuler confirmer imprimer ranger nettoyer réparer essayer goûter manger boire dormir lire "
    "écrire parler écouter regarder comprendre apprendre expliquer demander répondre aider montrer appeler oublier savoir "
    "pouvoir vouloir voir tenir venir sentir courir suivre vivre rire jouer gagner peindre éteindre joindre accueillir"
).split()
ADVERBS = (
    "aujourd'hui|demain|hier|maintenant|bientôt|toujours|jamais|souvent|parfois|vraiment|très|assez|trop|peu|beaucoup|ici|"
    "là-bas|ensemble|rapidement|lentement|facilement|seulement|presque|environ|déjà|encore|tout de suite|peut-être|"
    "malheureusement|heureusement|longtemps|autrefois|volontiers|doucement|aussitôt"
).split("|")
VERBS = (
    "est|coûte|arrive|reste|manque|fonctionne|semble|devient|était|sera|serait|a disparu|vient d'arriver|doit partir|"
    "ne marche plus|n'existe pas|plaît beaucoup|change|tombe|brille|augmente|diminue|s'ouvre|se ferme|nous attend|"
    "grandit|hésite|chante|voyage|travaille|répond|s'éloigne|bouge|rougit|se plaint|gagne"
).split("|")
MODALS = (
    "je peux|je vais|tu peux|il faut|elle veut|nous pouvons|nous allons|vous pouvez|vous devez|ils doivent|on va|on peut|"
    "je voudrais|j'aimerais|pourriez-vous|est-ce que vous pouvez|n'oubliez pas de|merci de|veuillez|elles savent"
).split("|")
PREPOSITIONS = (
    "dans|sur|sous|avec|sans|pour|chez|devant|derrière|entre|contre|après|avant|pendant|depuis|vers|près de|à côté de|"
    "au fond de|grâce à|malgré|parmi|au-dessus de"
).split("|")
CIVILITIES = "Monsieur|Madame|Mademoiselle|Maître|Docteur|la société|la boulangerie|la pharmacie|l'école|l'hôtel|le garage".split("|")
NAMES = (
    "Kabila Mukeba Kalala Mbuyi Kasongo Tshilombo Lukusa Mwamba Ngoy Kapinga Bondo Makiese Nzuzi Mbemba Ilolo Kanza "
    "Lumumba Bokassa Diop Traoré Koné Sow Ndiaye Camara Keita Touré Ouattara Mensah Adjovi Zongo Sankara Bamba Cissé "
    "Marie Pierre Paul Sophie Julien Camille Nicolas Hélène François Isabelle Laurent Chloé Thomas Émilie Antoine Hugo "
    "Guillaume Aurélie Dupont Martin Lefèvre Moreau Garnier Rousseau Peeters Janssens Dubois Lambert Favre Rochat Müller "
    "Schmidt Rossi Silva Garcia Nguyen Yasmine Karim Youssef Nadia Joseph Saint-Pierre Notre-Dame Espérance Bienvenu Dieudonné"
).split()
LOANWORDS = (
    "parking week-end smartphone marketing email wifi camping shopping ketchup hamburger jean leader meeting business "
    "Facebook WhatsApp Samsung Windows Google sandwich cow-boy building planning flash scanner clown design"
).split()
PLACES = "Paris Lyon Marseille Goma Matadi Kolwezi Bukavu Kisangani Likasi Dakar Bamako Lomé Cotonou Douala Yaoundé Libreville Liège Namur Lausanne Fribourg Québec".split()
DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
PRODUCTS = (
    "toner noir|toner couleur|cartouche d'encre|ramette de papier|boîte d'agrafes|cahier de cent pages|stylo bleu|stylo noir|"
    "crayon gris|enveloppe kraft|classeur|calculatrice|clé U S B|souris sans fil|chargeur rapide|câble réseau|savon de Marseille|"
    "sac de riz|bidon d'huile|carton de lait|sachet de sucre|bouteille d'eau|paquet de biscuits|sac de ciment|pot de peinture|"
    "tôle ondulée|marteau|boîte de vis|ampoule électrique|rallonge|cadenas|pagne|chemise blanche|paire de chaussures|parapluie|"
    "lampe solaire|batterie|carte de recharge|crème hydratante|brosse à dents|médicament|thermomètre|yaourt nature|jus d'orange|"
    "farine de manioc|farine de maïs|boîte de sardines|café moulu|thé vert|rouleau adhésif|tableau noir|craie|ordinateur portable"
).split("|")
CURRENCIES = "francs congolais|dollars|euros|francs C F A|francs suisses|francs|dollars américains".split("|")
DOCUMENTS = "la facture|le reçu|le ticket|le devis|l'étiquette|le bon de livraison|les étiquettes|les deux reçus|la dernière facture".split("|")

FIXED = (
    "Je n'ai pas bien compris.|Pouvez-vous répéter ?|Je n'ai rien entendu.|Je n'ai pas compris, pouvez-vous répéter ?|"
    "Bonjour !|Bonjour, je vous écoute.|Bonjour et bienvenue.|Bonsoir, je vous écoute.|Je suis La Grâce.|La Grâce à votre service.|"
    "Que puis-je faire pour vous ?|Comment puis-je vous aider ?|Au revoir !|Au revoir et à bientôt.|Bonne journée !|Bonne soirée !|"
    "À bientôt !|Merci beaucoup.|Merci, bonne journée !|De rien.|Je vous en prie.|C'est noté.|C'est enregistré.|C'est annulé.|"
    "D'accord, j'annule.|Entendu.|Oui, bien sûr.|Non, merci.|Oui, merci.|C'est bien cela ?|Est-ce exact ?|Je confirme ?|"
    "Confirmez-vous ?|Répondez par oui ou par non.|Quel est le montant ?|Quel montant ?|Pour quel client ?|À quel nom ?|"
    "Dans quelle devise ?|En quelle monnaie ?|Quel produit ?|De quel produit parlez-vous ?|Combien de copies ?|Quel document ?|"
    "Un instant, s'il vous plaît.|Je cherche.|Je regarde.|J'imprime.|L'impression est lancée.|L'imprimante ne répond plus.|"
    "Le micro ne fonctionne pas.|La voix est prête.|Voici la voix de démonstration.|Ceci est une voix d'essai.|"
    "Je ne sais pas répondre à cette question.|Je n'ai pas trouvé ce produit.|Je ne trouve pas la réponse dans vos documents.|"
    "Vous pouvez dire : facture de cent dollars pour Monsieur Kalala.|Demandez-moi un prix, le stock ou le total du jour.|"
    "Dites répète pour entendre à nouveau.|Recommençons.|Que dois-je corriger ?|Aucune facture en cours.|Il n'y a rien à annuler.|"
    "Mbote na yo !|Karibu !|Jambo !|Salut !|Allô ?|Ouais.|Super !|Génial.|Voici.|Stop.|Attendez.|Mais oui.|Mais non.|Si.|Ah bon ?|Hein ?"
).split("|")

ONSETS = "b d f g j k l m n p r s t v z ch gn br cr dr fr gr pr tr vr bl cl fl gl pl qu st sp ps h x ss w y".split() + [""] * 2
NUCLEI = "a e i o u ou an on in un é è ai eau eu oi ui ien ion ail eil ouil œu oin ya yo y ê ô euil ière".split()
CODAS = "r l s t c f n m que che ge le re se te ve gne ble tre lle ss b d z g p x".split() + [""] * 12


def amount(draw: random.Random) -> str:
    """A sum of money in words: one to seven digits evenly, one of the three regions' numbers, sometimes centimes."""
    region = draw.choice(REGIONS)
    digits = draw.randint(1, 7)
    value = draw.randint(10 ** (digits - 1) if digits > 1 else 0, 10**digits - 1)
    if digits > 3 and draw.random() < 0.7:
        value -= value % 10 ** draw.randint(1, digits - 2)
    currency = draw.choice(CURRENCIES)
    linked = "de " if value and value % 10**6 == 0 else ""
    text = f"{number_words(value, region)} {linked}{currency}"
    if digits < 5 and draw.random() < 0.3:
        cents = draw.randint(1, 99)
        text += f" {'et ' if draw.random() < 0.5 else ''}{number_words(cents, region)}"
        text += draw.choice([" centimes", ""]) if " et " not in text else " centimes"
    return text


def number(draw: random.Random) -> str:
    """A number as text: a quantity, an hour, a date, a percentage, digits, a telephone number."""
    kind = draw.randrange(8)
    if kind == 0:
        return str(draw.randint(0, 999))
    if kind == 1:
        return hour(draw)
    if kind == 2:
        return f"{draw.randint(1, 100)} pour cent"
    if kind == 3:
        return f"{draw.randint(1, 31)} {draw.choice(MONTHS)} {draw.randint(1950, 2035)}"
    if kind == 4:
        unit = draw.choice("kilos grammes litres pièces minutes jours exemplaires cartons mètres".split())
        return f"{number_words(draw.randint(2, 120), draw.choice(REGIONS))} {unit}"
    if kind == 5:
        return number_words(draw.randint(1, 9_999_999) // 10 ** draw.randint(0, 6), draw.choice(REGIONS))
    if kind == 6:
        return ", ".join(f"{draw.randint(0, 99):02d}" for _ in range(draw.randint(2, 4)))
    return f"{draw.randint(0, 99)} virgule {number_words(draw.randint(1, 99))}"


def hour(draw: random.Random) -> str:
    """A time of day in words."""
    hours = draw.choice(["midi", "minuit"]) if draw.random() < 0.12 else None
    if hours is None:
        value = draw.randint(1, 23)
        hours = "une heure" if value == 1 else f"{number_words(value)} heures"
    return f"{hours} {draw.choice(['', 'et quart', 'et demie', number_words(draw.randint(2, 59))])}".strip()


def date(draw: random.Random) -> str:
    """A day with its month, with or without the year."""
    day = draw.randint(1, 31)
    said = "premier" if day == 1 else number_words(day)
    year = f" {number_words(draw.randint(2020, 2032))}" if draw.random() < 0.4 else ""
    return f"{draw.choice(DAYS)} {said} {draw.choice(MONTHS)}{year}"


def customer(draw: random.Random) -> str:
    """A client's name, with or without civility."""
    name = draw.choice(NAMES)
    if draw.random() < 0.3:
        name += " " + draw.choice(NAMES)
    if draw.random() < 0.15:
        name = pseudo_word(draw).capitalize()
    return f"{draw.choice(CIVILITIES)} {name}" if draw.random() < 0.6 else name


def answer(draw: random.Random) -> str:
    """One sentence as the assistant says it at the counter."""
    product, sum_ = draw.choice(PRODUCTS), amount(draw)
    few = number_words(draw.randint(0, 300), draw.choice(REGIONS))
    return draw.choice([
        f"Facture de {sum_} pour {customer(draw)}{draw.choice([', c est bien cela ?', '.', ', je confirme ?', ', est-ce exact ?'])}",
        f"{draw.choice(['J ai compris', 'Vous avez dit', 'J ai noté', 'Le montant est de', 'Cela fait', 'Ça fait'])} {sum_}"
        f"{draw.choice(['.', ' ?', ', c est bien ça ?'])}",
        f"La facture de {customer(draw)} est {draw.choice(['enregistrée', 'annulée', 'prête', 'imprimée'])}.",
        f"{draw.choice(['Le prix du', 'Le', 'Un', 'Prix de l article'])} {product} {draw.choice(['est de', 'coûte', 'vaut', 'revient à'])} {sum_}.",
        f"Il reste {few} {product} en {draw.choice(['stock', 'réserve', 'rayon', 'magasin'])}.",
        f"{draw.choice(['Il n y a plus de', 'Je ne connais pas le prix de', 'Je n ai pas trouvé', 'Nous n avons plus de'])} {product}.",
        f"{draw.choice(['Le total du jour est de', 'Vous avez vendu pour', 'Les ventes d hier font', 'Cette semaine, cela fait', 'Ce mois, le total est de'])} {sum_}.",
        f"Il est {hour(draw)}.",
        f"{draw.choice(['Nous sommes le', 'Aujourd hui, c est le', 'Nous sommes', 'La livraison est prévue', 'Rendez-vous'])} {date(draw)}.",
        f"J'imprime {draw.choice(DOCUMENTS)}{draw.choice(['', ' pour ' + customer(draw), ' en ' + few + ' exemplaires'])}.",
        f"{draw.choice(['Quel est le nom', 'Quelle est l adresse', 'Quel est le numéro', 'Donnez-moi le nom'])} {draw.choice(['du client', 'de la société', 'du produit'])} ?",
        f"{draw.choice(['Bonjour', 'Bonsoir', 'Merci', 'Au revoir', 'Bienvenue'])} {customer(draw)}{draw.choice(['.', ' !', ', je vous écoute.', ', à bientôt !'])}",
        f"Le magasin {draw.choice(['ouvre', 'ferme'])} à {hour(draw)}{draw.choice(['', ' le ' + draw.choice(DAYS), ', du ' + draw.choice(DAYS) + ' au ' + draw.choice(DAYS)])}.",
        f"{draw.choice(['D accord', 'Entendu', 'Très bien', 'Parfait'])}, {draw.choice(['j annule', 'je corrige', 'je répète', 'je recommence', 'c est noté'])} : {sum_} pour {customer(draw)}.",
    ]).replace(" est-ce", " est-ce")


def pseudo_word(draw: random.Random) -> str:
    """A word that follows French spelling and means nothing, so that rare phoneme sequences are met."""
    syllables = draw.choice([1, 2, 2, 3, 3, 4])
    return "".join(
        draw.choice(ONSETS) + draw.choice(NUCLEI) + (draw.choice(CODAS) if draw.random() < 0.6 else "")
        for _ in range(syllables)
    )


def noun_phrase(draw: random.Random) -> str:
    kind = draw.random()
    if kind < 0.4:
        phrase = f"{draw.choice('le un ce mon votre notre chaque aucun'.split())} {draw.choice(MASCULINE)}"
    elif kind < 0.75:
        phrase = f"{draw.choice('la une cette ma votre notre chaque aucune'.split())} {draw.choice(FEMININE)}"
    elif kind < 0.9:
        phrase = f"{draw.choice('les des ces mes vos nos deux trois six dix plusieurs'.split())} {draw.choice(MASCULINE + FEMININE)}s"
    else:
        phrase = draw.choice(NAMES + PLACES + LOANWORDS)
    return phrase + (" " + draw.choice(ADJECTIVES) if draw.random() < 0.35 else "")


def clause(draw: random.Random) -> str:
    kind = draw.random()
    if kind < 0.28:
        text = f"{draw.choice(MODALS)} {draw.choice(INFINITIVES)} {noun_phrase(draw)}"
    elif kind < 0.52:
        tail = draw.choice([draw.choice(ADVERBS), draw.choice(ADJECTIVES), f"{draw.choice(PREPOSITIONS)} {noun_phrase(draw)}"])
        text = f"{noun_phrase(draw)} {draw.choice(VERBS)} {tail}"
    elif kind < 0.62:
        text = f"{noun_phrase(draw)} {draw.choice(['coûte', 'fait', 'vaut', 'mesure', 'pèse', 'date du'])} {number(draw)}"
    elif kind < 0.7:
        text = f"{draw.choice(['combien coûte', 'où est', 'où se trouve', 'quand arrive', 'pourquoi', 'comment', 'qui a', 'quel est', 'avez-vous'])} {noun_phrase(draw)}"
    else:
        everyday = MASCULINE + FEMININE + ADJECTIVES + INFINITIVES + ADVERBS
        text = " ".join(
            pseudo_word(draw) if draw.random() < 0.6 else draw.choice(everyday) for _ in range(draw.randint(1, 6))
        )
    return f"{text} {draw.choice(PREPOSITIONS)} {noun_phrase(draw)}" if draw.random() < 0.2 else text


def everyday_sentence(draw: random.Random) -> str:
    """One to three clauses of everyday words or pseudo-words."""
    text = clause(draw)
    for _ in range(draw.choice([0, 0, 0, 1, 1, 2])):
        text += draw.choice([", ", ", ", " et ", ", mais ", " ; ", " : ", " parce que ", ", donc ", " quand "]) + clause(draw)
    return text[0].upper() + text[1:] + draw.choice([".", ".", ".", ".", " ?", " !"])


def told_sentence(draw: random.Random) -> str:
    """What people tell the assistant, or each other: more words and turns of phrase than it says itself."""
    text = told.sentence(draw) if draw.random() < 0.6 else out_of_domain.french(draw)
    text = text.replace(" ?", "").rstrip(" .,!")
    return text[0].upper() + text[1:] + draw.choice([".", ".", ".", " ?", " !"])


def elide(text: str) -> str:
    """Joins the elisions that the templates write with a space ("c est" becomes "c'est")."""
    text = text.replace(" de le ", " du ")
    return re.sub(r"\b([cjndlCJNDL]|[Aa]ujourd) (?=[aeiouyhéèêàâîôœ])", r"\1'", text)


def key(sentence: str) -> str:
    """What makes two sentences the same: letters and digits only."""
    folded = unicodedata.normalize("NFD", sentence.casefold())
    return re.sub(r"[^a-z0-9]", "", folded)


def read_test_sentences() -> list[str]:
    """The 200 frozen sentences that no training sees."""
    return TEST_SENTENCES.read_text(encoding="utf-8").splitlines()


def training_sentences(count: int, seed: int) -> list[str]:
    """`count` distinct sentences, none of them in the test set: fixed ones, answers, everyday, told and short ones."""
    draw = random.Random(seed)
    seen = {key(sentence) for sentence in read_test_sentences()}
    sentences: list[str] = []
    fixed = list(FIXED)
    while len(sentences) < count:
        kind = draw.random()
        if fixed:
            sentence = fixed.pop()
        elif kind < 0.37:
            sentence = elide(answer(draw))
        elif kind < 0.75:
            sentence = everyday_sentence(draw)
        elif kind < 0.92:
            sentence = elide(told_sentence(draw))
        else:
            sentence = (pseudo_word(draw) if draw.random() < 0.6 else draw.choice(MASCULINE + FEMININE + NAMES)).capitalize()
            sentence += draw.choice([".", ".", " !", " ?"])
        if key(sentence) not in seen and len(sentence) < 130:
            seen.add(key(sentence))
            sentences.append(sentence)
    return sentences
