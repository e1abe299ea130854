"""Speech that is not for the assistant: French about anything else, word salads, other languages. Its transcript is empty.

The frozen test set has sentences of its own (`test_sentences.py`); nothing here may be copied from it.
"""

import random

from training.recogniser.grammar import expand

_WHO = (
    "mon voisin|ma soeur|le président|la ministre|mon grand-père|le professeur|la petite fille|le chien|l'équipe nationale|"
    "le médecin|cet homme|la police|mes parents|les enfants|un vieux pêcheur|la reine|le soldat|ma cousine|le chanteur|"
    "le boulanger|la voiture rouge|le gouvernement|les étudiants|notre avion|l'orage|la rivière|le vent du nord|un oiseau|"
    "la maîtresse|le maire|le peintre|les ouvriers|le juge|la sorcière|un inconnu|les voyageurs|le chauffeur|ma tante|"
    "le capitaine|la foule|les journalistes|l'ingénieur|son frère|le renard|cette femme|le poète|la tempête|le roi"
)
_DOES = (
    "regarde|a traversé|aimait|déteste|va construire|a perdu|cherche encore|racontait|n'a jamais vu|vient de quitter|"
    "voulait revoir|photographie|a réparé|chantait devant|s'est assis près de|a dormi dans|courait derrière|rêvait de voir|"
    "a peint|avait oublié|défend|critique|étudie|protégeait|a battu|rencontrera|abandonna|explore|nettoie|survole"
)
_WHAT = (
    "la montagne|un match de football|la vieille maison|le film d'hier soir|une chanson triste|les élections|la forêt|"
    "son premier amour|un château en ruine|la mer|le jardin public|une histoire drôle|le train de nuit|la guerre|"
    "un tableau célèbre|les étoiles|le pont suspendu|une île déserte|la recette de sa mère|un lion|le discours|la lune|"
    "les vacances|une maladie rare|le désert|la fenêtre ouverte|un problème de mathématiques|le village|la musique|"
    "un cheval blanc|les nuages|le musée|la frontière|un rêve étrange|le stade|la tour|un loup|les vagues|la plage"
)
_WHEN = (
    "pendant l'hiver|depuis des années|sous la pluie|avec beaucoup de courage|au bord de la route|sans rien dire|"
    "quand il était jeune|dans le salon|au milieu de la nuit|malgré la chaleur|à cause de la neige|pour la première fois|"
    "en silence|tous les dimanches d'été|avant la tombée du jour|loin de la capitale|avec son meilleur ami|"
    "parce qu'il faisait froid|comme d'habitude|en écoutant la radio|jusqu'au petit matin|au sommet de la colline"
)
FRENCH = (
    f"({_WHO}) ({_DOES}) ({_WHAT})",
    f"({_WHO}) ({_DOES}) ({_WHAT}) ({_WHEN})",
    f"({_WHEN}), ({_WHO}) ({_DOES}) ({_WHAT})",
    f"(je pense que|on dit que|tu sais que|il paraît que|j'espère que) ({_WHO}) ({_DOES}) ({_WHAT})",
    f"(tu as vu|j'ai rêvé de|parle-moi de|raconte-moi|je me souviens de|on a parlé de) ({_WHAT}) ({_WHEN}|)",
    f"(pourquoi|comment|depuis quand|est-ce que) ({_WHO}) ({_DOES}) ({_WHAT}) ?",
    "(il pleut|il neige|il fait froid|il fait très chaud|le ciel est gris|le soleil se couche|il y a du vent) <when_short>",
    "(je suis fatigué|j'ai mal à la tête|j'ai faim|je m'ennuie|je suis content|j'ai sommeil|je suis malade) <when_short>",
    "(on mange quoi|tu viens|on va au cinéma|tu dors|où vas-tu|qui a gagné|tu m'aimes|on joue|tu rentres) <when_short> ?",
    "(allume|éteins|ouvre|ferme) (la lumière|la télé|les volets|la porte|la fenêtre|le four) (du salon|de la cuisine|de la chambre)",
    "(mets|joue|lance) (de la musique|du jazz|la chanson|un film|la radio|le journal) (dans le salon|plus doucement|pour danser)",
    "(quelle|c'est quoi la) (température|météo|capitale) (dehors|de l'espagne|à paris|du japon|de la semaine prochaine) ?",
    "(appelle|envoie un message à|écris à) (ma mère|mon frère|le docteur|mon chef|ma femme) (pour lui dire que j'arrive|)",
)
_SALAD = (
    "temps jour année maison ville route enfant femme homme père mère frère ami travail école livre table chaise fenêtre porte "
    "jardin arbre fleur soleil lune étoile montagne pluie neige chaud froid grand petit beau nouveau vieux jeune vert jaune blanc "
    "manger boire dormir courir marcher parler écouter regarder savoir pouvoir vouloir venir partir arriver rester monter "
    "descendre toujours jamais souvent parfois ici bientôt très trop assez avec sans dans sous entre devant derrière chez "
    "pendant avant après quand pourquoi nous ils elles mon ton son notre leur cette ces chaque plusieurs rien personne monde "
    "pays roi guerre paix gouvernement conseil forêt église musique film histoire réponse lumière cuisine chambre salon couleur "
    "gauche droite premier seconde minute rouge liberté justice science théâtre bateau gorge genou nuage tigre pirate orange"
).split()
_OTHER_WORDS = {
    "en-us": "the house water people think about morning never again street children school music river because tomorrow "
    "green window happy story friend working through mountain already please football dinner weather thousand government",
    "en": "would you like another cup of tea before the train leaves from platform nine yesterday evening garden raining "
    "quite lovely indeed brother kitchen something wonderful shall we walk together along the old harbour wall",
    "es": "la casa el perro mañana nunca siempre gracias trabajo ciudad hermano ventana corazón lluvia camino escuela "
    "tenemos quiero hablar mucho tiempo amigo noche estrella comida playa pueblo gobierno domingo caballo verde",
    "pt": "casa obrigado cidade amanhã menino escola saudade chuva caminho trabalho coração praia noite estrela comida "
    "domingo cavalo verde governo sempre nunca fazer muito tempo amigo janela irmão não então também português",
    "it": "casa grazie domani sempre ragazzo scuola pioggia strada lavoro cuore spiaggia notte stella cibo domenica cavallo "
    "verde governo fare molto tempo amico finestra fratello perché bambina mangiare bellissimo andiamo",
    "de": "das haus wasser morgen niemals immer danke arbeit stadt bruder fenster herz regen straße schule wir wollen "
    "sprechen zeit freund nacht stern essen strand dorf regierung sonntag pferd grün zwischen schwierig",
    "nl": "het huis water morgen nooit altijd bedankt werk stad broer raam hart regen straat school wij willen praten tijd "
    "vriend nacht ster eten strand dorp regering zondag paard groen gezellig misschien",
    "sw": "nyumba maji kesho kamwe daima asante kazi mji kaka dirisha moyo mvua barabara shule tunataka kuzungumza wakati "
    "rafiki usiku nyota chakula pwani kijiji serikali jumapili farasi kijani habari mtoto mwalimu",
    "tr": "ev su yarın asla her zaman teşekkürler iş şehir kardeş pencere kalp yağmur yol okul istiyoruz konuşmak arkadaş "
    "gece yıldız yemek plaj köy hükümet pazar at yeşil güzel çocuk",
}
SYLLABLE_LANGUAGES = (
    "en-us en es es-419 pt pt-br it de nl sw tn da sv nb fi et lv lt cs sk hr ro hu ca sq cy ga tr az id ms vi mt "
    "eo ht af is lb om haw gn ku eu"
).split()
_ONSETS = "b d f g k l m n p r s t v z j h br tr kl st pr m n k t l".split()
_VOWELS = "a e i o u a e i o ai ou".split()
_CODAS = ("", "", "", "", "n", "s", "r", "l", "m", "t")


def _salad(rng):
    return " ".join(rng.choice(_SALAD) for _ in range(rng.randint(2, 9)))


def _syllables(rng):
    def word():
        return "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(rng.randint(1, 4))) + rng.choice(_CODAS)

    return " ".join(word() for _ in range(rng.randint(1, 8)))


_RULES = {
    "when_short": ("aujourd'hui", "ce soir", "depuis hier", "dans le jardin", "encore", "(en ville|à la maison|dehors|ce matin)")
}


def french(rng: random.Random) -> str:
    """A French sentence that no intent means, or (one time in four) a word salad."""
    return _salad(rng) if rng.random() < 0.25 else expand(rng, rng.choice(FRENCH), _RULES).strip(" ,")


def other_language(rng: random.Random) -> tuple[str, str]:
    """(espeak-ng language, text): words of a language, or invented words read by any of forty languages."""
    if rng.random() < 0.5:
        language = rng.choice(tuple(_OTHER_WORDS))
        words = _OTHER_WORDS[language].split()
        return language, " ".join(rng.choice(words) for _ in range(rng.randint(2, 9)))
    return rng.choice(SYLLABLE_LANGUAGES), _syllables(rng)
