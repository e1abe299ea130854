"""The words of the counter: products with their article, people, firms, days, papers. All written for this project."""


def _lines(text):
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())


def _words(text):
    return tuple(text.split())


PRODUCTS_LE = _lines("""
pain
riz
lait
sucre
café
savon
stylo
cahier
papier
papier à quatre
toner
toner noir
toner couleur
toner magenta
téléphone
chargeur
câble
câble réseau
câble USB
sac
sac de ciment
thé
chocolat
poulet
poisson
beurre
fromage
dentifrice
shampoing
clavier
classeur
ciment
marteau
tissu
pagne
crédit
carton
jus d'orange
stylo bleu
stylo rouge
stylo noir
crayon
cahier de cent pages
bloc-notes
carnet
dictionnaire
tournevis
cadenas
robinet
tuyau
matelas
ventilateur
réchaud
charbon
sel
poivre
maïs
manioc
haricot
déodorant
parfum
détergent
balai
seau
adaptateur
disque dur
casque
haut-parleur
routeur
scanner
projecteur
rouleau de scotch
feutre
surligneur
correcteur
agenda
calendrier
""")
PRODUCTS_LA = _lines("""
chemise
farine
bière
viande
lessive
batterie
souris
souris sans fil
peinture
bouteille
bouteille d'eau
bouteille de gaz
cartouche
cartouche d'encre
clé USB
calculatrice
règle
gomme
colle
craie
corde
pelle
brouette
tôle
brique
casserole
marmite
assiette
tasse
lampe
lampe solaire
rallonge
multiprise
serrure
montre
ceinture
robe
veste
cravate
mayonnaise
moutarde
sardine
confiture
margarine
pommade
crème
brosse à dents
serviette
couverture
carte mémoire
carte SIM
webcam
radio
télévision
imprimante
imprimante laser
reliure
photocopie
""")
PRODUCTS_ELIDED = _lines("""
huile
huile de palme
eau
eau minérale
ampoule
écran
encre
encre noire
enveloppe
agrafeuse
ordinateur
ordinateur portable
onduleur
antenne
étagère
armoire
oreiller
éponge
allumette
insecticide
alcool
aspirateur
échelle
horloge
assiette en plastique
étiquette
""")
PRODUCTS_LES = _lines("""
piles
chaussures
tomates
bananes
pommes
oeufs
enveloppes
clous
vis
oignons
arachides
haricots
mangues
avocats
oranges
cahiers
stylos
crayons
classeurs
trombones
agrafes
ramettes
ramettes de papier
cartouches
chemises cartonnées
ampoules
bougies
allumettes
mouchoirs
couches
biscuits
bonbons
spaghettis
pâtes
boîtes de sardines
lunettes
sandales
gants
chaises
tables
briques
planches
pneus
bidons
cartons
sacs
""")
FIRST_NAMES = _words("""
Marie Jean Paul Pierre Sophie Amina Moussa Fatou Julie Nicolas Joseph Jacques Joël Grâce Espérance Dieudonné Patrick
Christian Christelle Nadine Mireille Clarisse Chantal Thérèse Béatrice Jeanne Sylvie Alain Albert André Antoine Bruno
Cédric Claude Daniel David Didier Éric Fabrice François Georges Gérard Guy Henri Hervé Isabelle Jérôme Laurent Louis Luc
Marc Martine Michel Monique Olivier Pascal Philippe Rachel Rosalie Ruth Sandra Sarah Serge Simon Solange Thomas Victor
Vincent Yves Yvonne Aïcha Awa Ousmane Ibrahim Mariam Mamadou Khadija Salif Aminata Adama Abdoulaye Bintou Seydou Emmanuel
Gloire Merveille Plamedi Trésor Exaucé Divine Benjamin Esther Naomie Junior Prisca Bienvenu Blaise
""")
SURNAMES = _words("""
Martin Dupont Mukendi Kabongo Ilunga Durand Bernard Diallo Traoré Mbala Kasongo Tshibangu Tshisekedi Kalala Ngoy Mwamba
Kapend Kabila Lumumba Mutombo Kanku Mbuyi Ngandu Kalonji Katanga Mulumba Kabeya Mpoyi Tshimanga Banza Kyungu Lukusa
Makiese Nsimba Nzuzi Matondo Luzolo Mavungu Nkulu Ndaye Okito Bokassa Mobutu Ekofo Lokwa Mongo Bolingo Ebengo Nlandu
Mayele Kimbangu Ngalula Odia Bakala Mabiala Makosso Nguesso Loemba Ndinga Malonga Samba Kone Coulibaly Ouattara Touré
Keita Cissé Camara Sow Ba Ndiaye Diop Faye Sarr Gueye Sylla Bamba Konaté Sanogo Sidibé Doumbia Zongo Ouédraogo Kaboré
Compaoré Sawadogo Agbo Adjovi Mensah Koffi Kouassi Kouamé Yao Konan Nkomo Etoo Biya Mbarga Abega Fotso Kamga Tchoumi
Rousseau Moreau Lefebvre Girard Lambert Fontaine Leroy Roux Fournier Mercier Blanc Garnier Dubois Petit Richard Robert
Simon Laurent Michel Janssens Peeters Maes Lejeune Dumont Favre Rochat Müller Berset Dubuis Monnier
""")
ORGANISATIONS = _lines("""
l'école Saint-Joseph
l'école primaire
le lycée Saint-Pierre
le collège Boboto
la pharmacie du marché
la pharmacie centrale
la boulangerie du coin
le restaurant chez maman
le restaurant du port
l'hôtel de la gare
l'hôtel Memling
l'hôpital général
la clinique Ngaliema
la paroisse Sainte-Anne
l'église du quartier
la mairie
la commune
la société Bralima
la société Congo Services
la société Kin Transport
la société générale
la société des eaux
l'entreprise Mukendi
l'entreprise Kabongo et fils
le garage central
le garage de l'avenue
la librairie Saint-Paul
l'imprimerie nouvelle
le salon Espérance
la coopérative agricole
l'université de Kinshasa
l'institut supérieur
la banque centrale
la station-service
le bureau d'études
l'association des femmes
le centre de santé
la maison des jeunes
la quincaillerie moderne
l'alimentation du peuple
""")
WEEKDAYS = _words("lundi mardi mercredi jeudi vendredi samedi dimanche")
MONTHS = _words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")


def le(product_group, product):
    """The product with its definite article: 'le riz', 'l'eau', 'les piles'."""
    return {"le": "le ", "la": "la ", "l'": "l'", "les": "les "}[product_group] + product


def du(product_group, product):
    """The product after de: 'du riz', 'de l'eau', 'des piles'."""
    return {"le": "du ", "la": "de la ", "l'": "de l'", "les": "des "}[product_group] + product


def de(product_group, product):
    """The product after a bare de: 'de riz', 'd'eau', 'de piles', 'd'oranges'."""
    del product_group
    return ("d'" if product[0] in "aeiouéèêàâîôùh" else "de ") + product


PRODUCTS = (
    tuple(("le", product) for product in PRODUCTS_LE)
    + tuple(("la", product) for product in PRODUCTS_LA)
    + tuple(("l'", product) for product in PRODUCTS_ELIDED)
    + tuple(("les", product) for product in PRODUCTS_LES)
)
