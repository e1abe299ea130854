"""Out-of-domain sentences of the frozen test set only. Training must not read this file: a test checks that it does not."""

FRENCH = """
le chat dort sur le canapé depuis ce matin
hier soir nous avons regardé un documentaire sur les baleines
la recherche scientifique a besoin de patience
mon oncle habite à la campagne avec ses trois chevaux
les champignons poussent après les grandes pluies d'automne
tu devrais te reposer un peu ce week-end
elle a appris à nager dans le lac quand elle avait six ans
le parlement débat d'une nouvelle loi sur l'énergie
j'ai oublié mon parapluie dans le bus
les fourmis transportent des miettes de gâteau
la capitale de la norvège est oslo
il faut ajouter deux cuillères de miel dans la pâte
le coureur kényan a gagné le marathon de berlin
je ne supporte plus le bruit de cette perceuse
nous irons camper au pied du volcan
le violoncelle a un son plus grave que le violon
sa valise est restée bloquée à la douane
les dinosaures ont disparu il y a très longtemps
mon fils a une dent qui bouge
le brouillard enveloppait doucement le phare
pourquoi les feuilles tombent-elles en octobre
ce roman raconte la vie d'une infirmière pendant l'épidémie
le barrage produit de l'électricité pour toute la région
il a mis son manteau et il est sorti en claquant la porte
les bébés pleurent souvent la nuit
tu as bien joué mais l'arbitre était sévère
la bibliothèque possède une collection de cartes anciennes
on entend les grenouilles au bord de l'étang
le facteur a mordu le chien, c'est le monde à l'envers
l'agriculteur attend la saison sèche pour récolter
ma grand-mère tricote une écharpe en laine
les satellites tournent autour de la terre
la tour penche un peu plus chaque année
quand j'étais petite je voulais devenir astronaute
le sénateur a refusé de répondre aux questions
les poissons rouges n'ont pas si mauvaise mémoire
nous avons dansé jusqu'à l'aube
le moteur fait un drôle de bruit en montée
il paraît que la dictée était très difficile
le cuisinier hache finement l'échalote
tu te souviens de notre voyage en bateau
la fièvre est tombée pendant la nuit
les manifestants marchent vers la place de la république
mon ordinateur rame depuis la mise à jour
le berger rassemble ses moutons avant l'orage
cette actrice mérite une récompense
les racines du baobab sont immenses
j'adore l'odeur du café le matin
le train pour lyon partira de la voie onze
les scientifiques observent une éclipse totale
on a repeint la chambre du bébé en jaune
le philosophe doute de tout sauf de lui-même
son accent du midi me fait sourire
la neige a fondu en une seule journée
ils se sont mariés au mois de juin dans un petit village
le coq chante bien trop tôt
les élèves récitent une poésie devant la classe
il n'y a plus de place sur le parking
ma plante verte a perdu toutes ses feuilles
le ministre des transports inaugure une autoroute
raconte-moi une histoire qui fait peur
mets un minuteur pour les oeufs durs
baisse le chauffage dans la salle de bain
quel temps fera-t-il à marseille
appelle ma soeur sur son portable
joue la dernière chanson de ce groupe
qui a peint la joconde
combien y a-t-il de planètes dans le système solaire
traduis cette phrase en chinois
réveille-moi demain à l'aube
quelle est la distance entre la terre et la lune
lis-moi les nouvelles du sport
allume la lampe du couloir
est-ce que tu crois aux fantômes
dis-moi une blague
le tigre s'approche sans bruit de sa proie
la marée monte plus vite qu'un cheval au galop
les abeilles disparaissent à cause des pesticides
j'ai rendez-vous chez le dentiste mardi
mon équipe préférée a encore perdu en finale
tu as laissé la lumière allumée toute la nuit
les touristes photographient la cathédrale
la rivière déborde chaque printemps
il joue du saxophone dans un club de jazz
le jury délibère depuis des heures
ses yeux brillaient comme deux étoiles
la grève des pilotes continue
on a trouvé un trésor au fond du puits
le petit prince demande un mouton
les vaches regardent passer les trains
le chirurgien se lave les mains avant l'opération
ça sent le brûlé dans la cuisine
le clown a fait pleurer les enfants
mon genou me fait mal quand il fait humide
les ponts de la ville sont illuminés
le général ordonna la retraite
cette montagne culmine à quatre mille mètres
je préfère la mer à la montagne
la sorcière transforma le prince en crapaud
les abricots sont encore trop verts
la police a arrêté un suspect hier
un écureuil cache ses noisettes dans le jardin
le théâtre affiche complet toute la saison
mon frère apprend le japonais tout seul
le vent a arraché le toit de la grange
les vitraux de la chapelle datent du moyen âge
elle répare son vélo sur le trottoir
on ira pique-niquer près de la cascade
la gazelle court plus vite que le lion
le sous-marin plonge à trois cents mètres
""".strip().splitlines()

OTHER = {
    "en-us": """
where did you put the keys to the garage
the quick brown fox jumps over the lazy dog
we are going to the beach next saturday
can somebody tell me what happened last night
my computer crashed right before the meeting
she sells seashells by the seashore
the doctor said you should drink more water
nobody knows why the birds left so early
""",
    "en": """
I should like a slice of lemon cake
the bus was late again because of the fog
have you ever been to scotland in winter
put the kettle on, mum is coming over
he couldn't find his umbrella anywhere
the museum opens its doors to children for free
""",
    "es": """
mi abuela vive en una casa cerca del mar
ayer fuimos al cine con los niños
no encuentro las llaves del coche
el tren sale dentro de veinte minutos
me gusta leer por la noche con un té
los pájaros cantan cuando sale el sol
quién ha ganado el partido de anoche
vamos a bailar hasta que amanezca
""",
    "pt": """
o menino corre atrás da bola no jardim
hoje à noite vamos jantar com os vizinhos
eu perdi o ônibus e cheguei atrasado
a minha irmã estuda medicina em lisboa
o gato subiu no telhado outra vez
você já leu este livro sobre o oceano
que horas começa o espetáculo
não me lembro do nome daquela rua
""",
    "it": """
il cane abbaia tutta la notte senza motivo
domani partiamo per la montagna con gli amici
ho dimenticato il telefono a casa di mia zia
la pizza di questo ristorante è buonissima
mio nonno raccontava storie bellissime
perché non vieni a cena da noi
il professore spiega la storia di roma
ho visto una volpe nel bosco
""",
    "de": """
der zug nach hamburg hat schon wieder verspätung
meine tochter lernt seit drei jahren geige
im winter liegt hier sehr viel schnee
kannst du mir bitte das salz geben
wir haben gestern einen langen spaziergang gemacht
das wetter wird am wochenende endlich besser
warum hat mir niemand etwas davon gesagt
der alte baum im garten ist umgefallen
""",
    "nl": """
de kinderen spelen buiten in de regen
ik heb gisteren een nieuwe fiets gekocht
mijn buurman kookt elke zondag soep
waar is de hond naartoe gelopen
we gaan morgen met de boot naar het eiland
het museum is op maandag gesloten
""",
    "sw": """
watoto wanacheza mpira uwanjani
mama anapika chakula cha jioni
tulienda sokoni jana asubuhi
mvua inanyesha sana leo
mwalimu anafundisha hesabu darasani
ndege wanaruka juu ya mlima
baba yangu anafanya kazi hospitali
unakwenda wapi rafiki yangu
""",
    "pl": """
mój brat mieszka w małym domu nad jeziorem
wczoraj oglądaliśmy ciekawy film
nie wiem gdzie zostawiłem okulary
dzieci bawią się w ogrodzie
pociąg odjeżdża za dziesięć minut
babcia piecze ciasto z jabłkami
jutro będzie padał śnieg
""",
    "ro": """
copiii se joacă în parc după școală
mâine plecăm la munte cu trenul
bunica mea face cea mai bună supă
am uitat umbrela în autobuz
pisica doarme pe fereastră
unde ai pus cartea aceea veche
""",
    "tr": """
çocuklar parkta top oynuyor
dün akşam çok güzel bir film izledik
annem bahçede çiçek suluyor
tren yarım saat sonra kalkacak
bu sabah hava çok soğuk
""",
    "id": """
anak-anak bermain di tepi sungai
kemarin malam hujan turun sangat deras
ibu sedang memasak nasi goreng
kami akan pergi ke pantai besok
kucing itu tidur di atas meja
""",
    "hu": """
a kutya egész éjjel ugatott
holnap reggel korán kell felkelnem
a gyerekek az udvaron játszanak
nagymamám finom levest főz
hol hagytad a szemüvegedet
""",
    "ru": """
собака всю ночь лаяла во дворе
завтра мы поедем на дачу
где ты оставил мои очки
дети играют в парке после школы
вчера был очень интересный фильм
""",
}
