"""What people tell the assistant: templates for every intent, and how often each kind is drawn."""

import random

from training.recogniser import amounts
from training.recogniser.grammar import expand
from training.recogniser.vocabulary import (
    FIRST_NAMES,
    MONTHS,
    ORGANISATIONS,
    PRODUCTS,
    SURNAMES,
    WEEKDAYS,
    de,
    du,
    le,
)

POLITE = "(|||||, s'il vous plaît|, s'il te plaît|, merci|, maintenant|, tout de suite)"
OPENING = "(|||||||bonjour, |alors, |euh, |bon, |d'accord, |s'il vous plaît, |La Grâce, |La Grâce, |dis, )"

GREETING = (
    "(bonjour|bonsoir|salut|coucou|mbote|hello|bonjour bonjour|re bonjour)",
    "(bonjour|bonsoir|mbote|salut) (monsieur|madame|mademoiselle|La Grâce|à tous|à vous|tout le monde|chef|maman|papa)",
    "(bonjour|bonsoir|salut|mbote), (comment ça va|ça va|comment allez-vous|comment vas-tu|vous allez bien|tu vas bien) ?",
    "(bonjour|mbote|bonsoir), (je suis là|c'est moi|c'est encore moi|me revoilà|je suis de retour|on commence)",
    "(bonjour|bonsoir|mbote|salut) <first>",
    "(comment allez-vous|comment ça va|ça va bien) (aujourd'hui|ce matin|ce soir|) ?",
    "enchanté",
    "mbote na yo",
    "mbote (mama|papa|ndeko)",
)
GOODBYE = (
    "(au revoir|à demain|à bientôt|à plus tard|à tout à l'heure|à la prochaine|adieu|ciao|bye|bonne nuit|à lundi)",
    "(bonne journée|bonne soirée|bonne fin de journée|bon week-end|bonne nuit|bon après-midi)( à vous| à toi|)",
    "au revoir( et merci| monsieur| madame| La Grâce| à tous| et bonne journée|, à demain|, à bientôt)",
    "(salut|allez), (à plus|à demain|à plus tard|à la prochaine|à <weekday>)",
    "(c'est tout|ce sera tout|j'ai fini|j'ai terminé) (pour aujourd'hui|pour ce soir|pour le moment)",
    "(on ferme|je m'en vais|je rentre|je pars), (à demain|au revoir|bonne soirée)",
    "à <weekday> prochain",
)
THANKS = (
    "(merci|merci beaucoup|merci bien|merci infiniment|mille mercis|un grand merci|merci à vous|merci à toi|merci mille fois)",
    "(merci|merci beaucoup) (monsieur|madame|La Grâce|pour tout|pour votre aide|pour l'aide|c'est gentil|c'est parfait|<first>)",
    "je (vous|te) remercie( beaucoup| infiniment| pour tout|)",
    "(c'est gentil|c'est très gentil|c'est parfait|c'est super|très bien), merci( beaucoup|)",
    "(melesi|melesi mingi|matondo)",
)
HELP = (
    "(aide|aide-moi|aidez-moi|à l'aide|au secours|j'ai besoin d'aide|un peu d'aide)" + POLITE,
    "(que peux-tu faire|que pouvez-vous faire|que sais-tu faire|que savez-vous faire|tu sais faire quoi) (pour moi|) ?",
    "(qu'est-ce que tu peux|qu'est-ce que vous pouvez|qu'est-ce que tu sais|qu'est-ce que vous savez) (faire|me proposer) ?",
    "comment (ça marche|ça fonctionne|on fait|je fais|faire|dois-je faire|tu fonctionnes|t'utiliser|vous utiliser) ?",
    "(explique-moi|expliquez-moi|montre-moi|montrez-moi) (comment ça marche|comment faire|les commandes|ce que tu sais faire)",
    "(je suis perdu|je suis perdue|je ne comprends pas|je ne sais pas quoi dire|je ne sais pas comment faire|quoi dire)",
    "(quelles sont|donne-moi|dis-moi|donnez-moi) (les commandes|les possibilités|les options|tes fonctions)",
    "comment (faire|préparer|imprimer|créer) (une facture|un reçu|un devis|une étiquette|un bon de livraison) ?",
    "(tu peux|vous pouvez|peux-tu|pouvez-vous) m'aider( s'il te plaît| s'il vous plaît|) ?",
)
REPEAT = (
    "(répète|répétez|redis|redites|répète-moi ça|redis-moi ça|redites-moi ça|répétez-moi ça|redis-le|redites-le)" + POLITE,
    "(tu peux|vous pouvez|peux-tu|pouvez-vous|est-ce que tu peux) (répéter|redire|redire ça|répéter ça|le redire) ?",
    "(pardon|comment|comment ça|quoi|hein|plaît-il|vous dites|tu dis) ?",
    "(encore une fois|une fois encore|encore|plus fort|moins vite|plus lentement|parle plus fort|parlez plus lentement)" + POLITE,
    "je n'ai pas (entendu|compris|bien entendu|bien compris|tout entendu|suivi)",
    "(qu'est-ce que|) (tu as dit|vous avez dit) ?",
    "(tu disais|vous disiez|c'était) (quoi|combien) ?",
    "(répète|redis|répétez) (la dernière phrase|le montant|le total|le prix|la réponse|ce que tu as dit|la question)",
)
CANCEL = (
    "(annule|annuler|annulez|stop|arrête|arrêtez|abandonne|abandonner|laisse tomber|laissez tomber|oublie|oubliez|efface)",
    "(annule|annulez|efface|supprime|oublie) (ça|tout|tout ça|la facture|la commande|l'impression|le devis|la demande|la saisie)"
    + POLITE,
    "(on annule|on arrête|on laisse|on oublie) (tout|ça|la facture|)",
    "(non|finalement|non non|euh), (annule|annulez|stop|arrête|laisse tomber|on annule|j'annule|oublie ça|laissez)",
    "(arrête|stop|arrêtez) (tout|tout de suite|maintenant|de parler|l'impression|ça)",
    "(tais-toi|taisez-vous|silence|chut|retour|recommence|recommençons|on recommence|reviens en arrière)",
    "(je ne veux plus|ce n'est plus la peine|pas la peine|c'est pas grave, laisse|j'ai changé d'avis)",
    "(arrête d'écouter|arrête l'impression|stoppe tout|stop stop|fais rien|ne fais rien|n'imprime pas|n'imprimez pas)",
)
AFFIRM = (
    "(oui|ouais|ok|d'accord|exact|exactement|parfait|voilà|absolument|bien sûr|tout à fait|évidemment|certainement|volontiers)",
    "(oui|ouais|oui oui|ok|d'accord|voilà), (c'est ça|c'est bon|c'est exact|vas-y|allez-y|merci|confirme|imprime|continue|je confirme)",
    "(c'est exact|c'est ça|c'est bon|c'est correct|c'est juste|c'est bien ça|c'est parfait|ça marche|ça va|ça me va|ça roule)",
    "(je confirme|je valide|confirme|confirmez|valide|validez|confirmer|valider|vas-y|allez-y|on y va|fais-le|faites-le)",
    "(oui|ok|parfait|très bien|entendu|c'est entendu) (monsieur|madame|La Grâce|s'il vous plaît|s'il te plaît)",
    "(très bien|entendu|c'est entendu|pas de problème|pourquoi pas|sans problème|oui bien sûr|mais oui|si)",
)
DENY = (
    "(non|non non|nan|pas du tout|jamais|surtout pas|absolument pas|non merci|négatif|mais non|bien sûr que non)",
    "(non|non non), (c'est pas ça|ce n'est pas ça|pas ça|c'est faux|pas du tout|pas encore|ce n'est pas bon|je ne veux pas)",
    "(c'est faux|c'est pas ça|ce n'est pas ça|c'est pas bon|ce n'est pas correct|c'est une erreur|tu te trompes|vous vous trompez)",
    "(non|non merci|pas maintenant|pas encore|pas aujourd'hui|je refuse|n'imprime pas ça|je ne crois pas|pas question)",
    "(non|ah non), (merci|monsieur|madame|pas maintenant|pas celui-là|pas celle-là|l'autre|plus tard|ce n'est pas la peine)",
)
TIME = (
    "(quelle heure est-il|il est quelle heure|quelle heure il est|c'est quelle heure|on est à quelle heure) (maintenant|) ?",
    "(donne-moi|donnez-moi|dis-moi|dites-moi) (l'heure|la date|l'heure et la date|la date du jour|le jour|l'heure exacte)" + POLITE,
    "(quelle est la date|quelle date sommes-nous|on est le combien|nous sommes le combien|c'est quelle date) (aujourd'hui|) ?",
    "(quel jour|on est quel jour|nous sommes quel jour|quel jour sommes-nous|c'est quel jour|on est quelle date) (aujourd'hui|) ?",
    "(tu as|vous avez|as-tu|avez-vous) (l'heure|la date) ?",
    "(l'heure|la date|la date du jour|l'heure exacte)" + POLITE,
    "(on est le|nous sommes le|aujourd'hui c'est le) <date>",
    "(il est|il est déjà|c'est à|vers) <hour>",
)
_INVOICE_VERB = (
    "(faites-moi|fais-moi|faites|fais|prépare|préparez|prépare-moi|crée|créez|établis|établissez|génère|ajoute|sors-moi|rédige|"
    "je veux|je voudrais|il me faut|il faut|donne-moi|donnez-moi|peux-tu faire|pouvez-vous faire|on va faire|tu me fais|"
    "vous me faites|j'aimerais|enregistre|émets|lance)"
)
_INVOICE = "(une facture|une facture|une facture|la facture|une nouvelle facture|facture)"
INVOICE = (
    OPENING + _INVOICE_VERB + " " + _INVOICE + " (de|de|de|d'un montant de|à|pour un montant de) <money>" + POLITE,
    OPENING + _INVOICE_VERB + " " + _INVOICE + " (de|de|à|d'un montant de) <money> (pour|pour|au nom de|à) <client>" + POLITE,
    OPENING + _INVOICE_VERB + " " + _INVOICE + " (pour|pour|au nom de) <client> (de|de|d'un montant de) <money>" + POLITE,
    OPENING + _INVOICE_VERB + " " + _INVOICE + " (pour|pour|au nom de) <client>" + POLITE,
    OPENING + "facture (de|de|à) <money>(| pour <client>)" + POLITE,
    OPENING + "facture (pour|au nom de) <client>, <money>",
    OPENING + _INVOICE_VERB + " " + _INVOICE + POLITE,
    OPENING + "(facture|facturez|facturer) <money> (à|pour) <client>" + POLITE,
    OPENING + "facture <client> (pour|de) <money>",
)
_TEMPLATE = (
    "(une facture|un reçu|une étiquette|un devis|un bon de livraison|un ticket|la facture|le reçu|l'étiquette|le devis|"
    "le bon de livraison|le ticket|le ticket de caisse|le bon|le bordereau de livraison)"
)
_COPIED = "(étiquettes|factures|reçus|tickets|devis|bons de livraison|copies|exemplaires)"
_PRINT_VERB = (
    "(imprime|imprimez|imprime-moi|imprimez-moi|sors|sors-moi|sortez-moi|je veux imprimer|peux-tu imprimer|pouvez-vous imprimer|"
    "tire|tire-moi|lance l'impression de|je voudrais imprimer|imprimer|édite|il me faut|donne-moi|réimprime|imprime encore)"
)
PRINT = (
    OPENING + _PRINT_VERB + " " + _TEMPLATE + POLITE,
    OPENING + _PRINT_VERB + " " + _TEMPLATE + " (de|pour) <client>" + POLITE,
    OPENING + _PRINT_VERB + " " + _TEMPLATE + " (numéro|) <small>" + POLITE,
    OPENING + _PRINT_VERB + " <copies> " + _COPIED + POLITE,
    OPENING + _PRINT_VERB + " " + _TEMPLATE + " en <copies> (exemplaires|copies)" + POLITE,
    OPENING + _PRINT_VERB + " <copies> (copies|exemplaires) (du devis|du reçu|de la facture|de l'étiquette|du ticket)" + POLITE,
    OPENING + _PRINT_VERB + " (la dernière facture|le dernier reçu|le dernier devis|la dernière étiquette|le dernier ticket)" + POLITE,
    OPENING + _PRINT_VERB + " (la dernière|le dernier|la même|le même|ça|tout|celle-là|celui-ci)" + POLITE,
    OPENING + _PRINT_VERB + " (la facture|le devis|le reçu|le bon de livraison) numéro <number>",
    "(la facture|le reçu|le ticket|le devis|l'étiquette|le bon de livraison)" + POLITE,
)
PRICE = (
    OPENING + "(c'est combien|combien coûte|combien ça coûte|ça coûte combien|combien coûtent|à combien est|il est à combien|"
    "c'est à combien|combien pour|vous le faites à combien) <le_product> ?",
    OPENING + "(quel est le prix|le prix|c'est quoi le prix|donne-moi le prix|donnez-moi le prix|je veux le prix|"
    "dis-moi le prix|quel est le tarif|le tarif) <du_product>" + POLITE,
    OPENING + "<le_product>, (c'est combien|ça coûte combien|quel prix|à combien|c'est à combien|combien ça coûte) ?",
    OPENING + "(combien je dois payer pour|vous vendez à combien|tu vends à combien|on vend à combien) <le_product> ?",
    "(mets|change|passe) le prix <du_product> à <money>",
    "(le prix|combien|et le prix|et combien) pour <small> <product> ?",
)
STOCK = (
    OPENING + "(on a encore|il reste|il y a encore|est-ce qu'il reste|est-ce qu'on a|est-ce que vous avez|avez-vous|"
    "as-tu|vous avez encore|vous avez|il nous reste|tu as|reste-t-il) <du_product>( en stock| en magasin| aujourd'hui|) ?",
    OPENING + "(il reste combien|il nous reste combien|combien il reste|combien on a|on a combien|il y a combien) <de_product>"
    "( en stock| en magasin|) ?",
    OPENING + "(quel est le stock|le stock|donne-moi le stock|vérifie le stock|regarde le stock|l'état du stock) <du_product>" + POLITE,
    OPENING + "combien <de_product> (en stock|en magasin|il reste|on a|avons-nous|nous reste-t-il) ?",
    OPENING + "(je cherche|je voudrais|vous vendez|il me faut) <du_product>" + POLITE,
    "(ajoute|enlève|retire|mets) <small> <product> (au stock|du stock|en stock)",
    OPENING + "on a encore des <plural> ?",
)
SALES_TOTAL = (
    OPENING + "(combien j'ai vendu|combien on a vendu|j'ai vendu combien|on a vendu combien|combien a-t-on vendu|combien avons-nous vendu|"
    "on a fait combien|j'ai fait combien|combien on a fait|qu'est-ce qu'on a vendu) <period> ?",
    OPENING + "(le total des ventes|le total|les ventes|le chiffre d'affaires|la recette|le montant des ventes|le chiffre|le bilan|"
    "la caisse|le résumé des ventes) <of_period>" + POLITE,
    OPENING + "(quel est|donne-moi|donnez-moi|dis-moi|je veux|montre-moi|affiche) (le total des ventes|le total|le chiffre d'affaires|"
    "la recette|le chiffre|le montant des ventes) <of_period>" + POLITE,
    OPENING + "(combien d'argent|combien de ventes|combien de factures|combien de clients) (on a fait|on a eu|j'ai fait|il y a eu) <period> ?",
    "(total|recette|ventes|bilan) <of_period>",
    "(et|et pour) (hier|la semaine|le mois|aujourd'hui|cette semaine|ce mois-ci|le mois dernier|la semaine dernière) ?",
)
QUESTION = (
    OPENING + "(vous ouvrez|vous fermez|on ouvre|on ferme|le magasin ouvre|le magasin ferme|la boutique ouvre|la boutique ferme) "
    "à quelle heure( le <weekday>| demain| aujourd'hui|) ?",
    OPENING + "(à quelle heure|quand) (vous ouvrez|vous fermez|ouvrez-vous|fermez-vous|ouvre le magasin|ferme la boutique)"
    "( le <weekday>| le matin| le soir|) ?",
    OPENING + "(quels sont|c'est quoi|donne-moi|donnez-moi) (vos horaires|les horaires|les heures d'ouverture|vos heures d'ouverture|"
    "les horaires d'ouverture|les horaires du magasin)( du <weekday>| pour les jours fériés|) ?",
    OPENING + "(vous êtes ouverts|êtes-vous ouverts|c'est ouvert|le magasin est ouvert|on est ouvert|c'est fermé|vous travaillez) "
    "(le <weekday>|<weekday>|demain|dimanche matin|le week-end|les jours fériés|à midi|le <weekday> matin|le <weekday> soir) ?",
    OPENING + "(est-ce que je peux|je peux|peut-on|est-ce qu'on peut|comment|on peut) (rendre|échanger|retourner|ramener|rapporter) "
    "(un article|un produit|cet article|ce produit|<le_product>|ma commande|un achat) ?",
    OPENING + "(quelles sont les conditions|quel est le délai|c'est quoi le délai|j'ai combien de temps) "
    "(de retour|pour un retour|pour un échange|de remboursement|pour rendre un article|de livraison|pour la livraison) ?",
    OPENING + "(vous livrez|est-ce que vous livrez|livrez-vous|vous faites la livraison|la livraison se fait) "
    "(à domicile|en ville|dans le quartier|le <weekday>|gratuitement|à l'étranger|aujourd'hui|en province|chez moi|) ?",
    OPENING + "(combien coûte la livraison|la livraison est gratuite|la livraison coûte combien|quels sont les frais de livraison|"
    "en combien de temps vous livrez|la livraison prend combien de jours|quand serai-je livré) ?",
    OPENING + "(quels sont les moyens de paiement|comment je peux payer|comment payer|on paie comment|comment se fait le paiement|"
    "quels modes de paiement acceptez-vous|je peux payer en plusieurs fois|vous faites crédit|on peut payer à crédit) ?",
    OPENING + "(vous acceptez|est-ce que vous acceptez|acceptez-vous|vous prenez|je peux payer par|on peut payer par) "
    "(la carte|carte bancaire|mobile money|les chèques|chèque|les dollars|les euros|virement|la carte de crédit|téléphone|les espèces) ?",
    OPENING + "(il y a une garantie|c'est garanti combien de temps|quelle est la garantie|vous êtes où|où se trouve le magasin|"
    "quelle est votre adresse|quel est votre numéro|vous avez un numéro de téléphone|comment vous joindre|où êtes-vous) ?",
    "(le délai de retour|les frais de livraison|les moyens de paiement|les horaires|la garantie|l'adresse du magasin) s'il vous plaît",
)
CORRECTION = (
    "non, <money>",
    "non, <number>",
    "(non|non non), (pour|c'est pour|c'était pour) <client>",
    "(non, |)(plutôt|je voulais dire|je veux dire|j'ai dit|c'est|disons|mets|mettez|mettez plutôt|change pour) <money>",
    "(non, |)(pas|ce n'est pas) <number>, <number>",
    "(change|corrige|modifie|changez) (le montant|le prix|le total|la somme)( à| pour| en|, c'est|, mets) <money>",
    "(change|corrige|modifie) (le client|le nom), (c'est|mets) <client>",
    "(pour|au nom de|c'est pour|le client est|c'est) <client>",
    "non, en (dollars|euros|francs congolais|francs CFA|francs suisses|francs)",
    "(en dollars|en euros|en francs congolais|en francs CFA|en francs suisses|en francs)",
    "non, (un devis|un reçu|une facture|une étiquette|un bon de livraison|le ticket)",
    "(non, |)(<copies> copies|<copies> exemplaires|<copies> étiquettes)",
)
AMOUNT = (
    "<money>",
    "<money>",
    "<money>",
    "<number>",
    "<number>",
    "<digits>",
    "(le montant est de|ça fait|total|le total est de|mets|c'est|le client paie|le prix est de|on a dit|la somme de) <money>",
    "<number> <money>",
    "une remise de <small> pour cent",
    "(il manque|j'ai reçu|il a payé|elle a payé|rends|il reste à payer) <money>",
)
OTHER_DATA = (
    "(le numéro est|mon numéro c'est le|le téléphone est le|appelez le|numéro|au|) <phone>",
    "(le|pour le|c'est le|livraison le|à livrer le|la facture du|la date est le|) <date>",
    "(à|vers|il est|livraison à|rendez-vous à|on ouvre à|on ferme à|) <hour>",
    "(le client s'appelle|je m'appelle|c'est|moi c'est|mon nom est) <client>",
    "<product>",
    "<small> <product>",
    "<client>",
    "<first> <surname>",
)
WAKE = (
    "La Grâce",
    "La Grâce",
    "(dis|hé|ok|bonjour|eh|allô) La Grâce",
    "La Grâce, (tu es là|tu m'entends|vous êtes là|écoute|écoute-moi|réveille-toi|s'il te plaît|vous m'entendez|bonjour)",
)

KINDS = {
    "greeting": (GREETING, 3.5),
    "goodbye": (GOODBYE, 3),
    "thanks": (THANKS, 2.5),
    "help": (HELP, 4),
    "repeat": (REPEAT, 3.5),
    "cancel": (CANCEL, 4),
    "affirm": (AFFIRM, 4),
    "deny": (DENY, 3.5),
    "time": (TIME, 4.5),
    "invoice": (INVOICE, 15),
    "print": (PRINT, 9),
    "price": (PRICE, 7),
    "stock": (STOCK, 7.5),
    "sales_total": (SALES_TOTAL, 5.5),
    "question": (QUESTION, 9),
    "correction": (CORRECTION, 5.5),
    "amount": (AMOUNT, 13),
    "data": (OTHER_DATA, 5),
    "wake": (WAKE, 1.5),
}
SHORT_KINDS = ("greeting", "goodbye", "thanks", "help", "repeat", "cancel", "affirm", "deny", "time", "wake")


def _small(rng):
    return amounts.words(rng.randint(2, 60) if rng.random() < 0.75 else rng.randint(2, 999), amounts.region(rng), rng)


def _copies(rng):
    return amounts.words(rng.choice((2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 50, 100)), "fr")


def _hour(rng):
    hour = rng.randint(0, 24)
    text = {0: "minuit", 12: "midi"}.get(hour) or ("une heure" if hour == 1 else f"{amounts.words(hour, 'fr')} heures")
    return text + rng.choice(
        ("", "", " et demie", " et quart", " moins le quart", " " + amounts.words(rng.randint(1, 59), "fr"), " du matin", " précises")
    )


def _date(rng):
    day = "premier" if (number := rng.randint(1, 31)) == 1 else amounts.words(number, "fr")
    text = rng.choice(("", "", f"{rng.choice(WEEKDAYS)} ")) + f"{day} {rng.choice(MONTHS)}"
    return text + rng.choice(("", "", " " + amounts.words(rng.randint(1990, 2035), amounts.region(rng))))


def _phone(rng):
    form = amounts.region(rng)
    pairs = [rng.randint(0, 99) for _ in range(rng.choice((4, 5, 5)))]
    return ", ".join(("zéro " if pair < 10 else "") + amounts.words(pair, form, rng) for pair in pairs)


def _digits(rng):
    return " ".join(amounts.words(rng.randint(0, 9), "fr") for _ in range(rng.randint(2, 8)))


def _client(rng):
    kind = rng.random()
    if kind < 0.2:
        return rng.choice(ORGANISATIONS)
    first, surname = rng.choice(FIRST_NAMES), rng.choice(SURNAMES)
    civility = rng.choice(("monsieur ", "madame ", "mademoiselle ", "maman ", "papa ", "le client ", "", "", ""))
    if kind < 0.55:
        return civility + surname
    if kind < 0.75:
        return rng.choice(("", "", "", "monsieur ", "madame ", "maman ")) + first
    return rng.choice(("", "", "monsieur ", "madame ")) + f"{first} {surname}"


RULES = {
    "money": amounts.money,
    "number": amounts.number,
    "digits": _digits,
    "small": _small,
    "copies": _copies,
    "hour": _hour,
    "date": _date,
    "phone": _phone,
    "client": _client,
    "first": lambda rng: rng.choice(FIRST_NAMES),
    "surname": lambda rng: rng.choice(SURNAMES),
    "weekday": lambda rng: rng.choice(WEEKDAYS),
    "product": lambda rng: rng.choice(PRODUCTS)[1],
    "plural": lambda rng: rng.choice([product for group, product in PRODUCTS if group == "les"]),
    "le_product": lambda rng: le(*rng.choice(PRODUCTS)),
    "du_product": lambda rng: du(*rng.choice(PRODUCTS)),
    "de_product": lambda rng: de(*rng.choice(PRODUCTS)),
    "period": (
        "aujourd'hui",
        "(hier|cette semaine|ce mois-ci|ce mois|la semaine dernière|le mois dernier|ce matin|depuis ce matin|en tout)",
    ),
    "of_period": (
        "(du jour|d'aujourd'hui|de la journée)",
        "(d'hier|de la semaine|du mois|de cette semaine|de ce mois-ci|de la semaine dernière|du mois dernier|de ce matin)",
    ),
}


def sentence(rng: random.Random, kind: str | None = None) -> str:
    """One thing said at the counter, as written for the synthesiser (punctuation kept). `kind` is a key of KINDS."""
    chosen = kind or rng.choices(tuple(KINDS), [weight for _, weight in KINDS.values()])[0]
    return expand(rng, rng.choice(KINDS[chosen][0]), RULES).strip(" ,")
