"""A klage: someone is not content with a decision about a case and wants it looked at again (forvaltningsloven § 28).

It needs no form and no word: whoever disagrees with a decision has complained, and whoever takes it in must guide.
"""

from typing import Final

from ordskifte.language.reading import Reading
from ordskifte.language.signals.rule import Rule, phrases
from ordskifte.language.vocabulary import CLASSES

VEDTAK: Final = "Complains about a decision: the Public Administration Act, section 28, asks for no form."
DISAGREES: Final = (
    "Disagrees with a decision about a case without the word complaint; this is a complaint all the same."
)
AGAIN: Final = "Asks for a decision to be changed or looked at again, which is what a complaint does."
REFUSED: Final = "Was refused something and says that this is wrong."
TOLD: Final = "Tells of a decision about the writer or someone near, and elsewhere in the text does not accept it."

_ASKS_HOW = phrases(
    """
    hvordan|korleis|åssen|hvor|kor|kvar|koss|koffør ..3 klage|klager|klagar|klaga|påklage
    klagefrist* ..6 når|hva|kva|lenge|lang|er
    når ..4 klagefrist*
    hva|kva ..2 klagefrist*
    hvor|kor lang|lenge ..6 klage*|klaga*
    how|where|when ..4 appeal|complain
    kan man|en|ein|folk|alle ..2 klage
    går det an å klage
    har|får ..3 lov ..2 klage
    slutt|slutte|stopp ..2 klage|klaging|klaginga|klagingen
    dere|du|folk|alle|dei|de klager|klagar ..1 alltid|bare|berre|jo|på
    ingen|ingenting ..3 klage
    kan ikke|ikkje klage
    """
)
_POLITICS = phrases(
    """
    kommunestyret|kommunestyre|kommunestyrets|bystyret|bystyrets|formannskapet|fylkestinget|stortinget|regjeringa|regjeringen|politikere*|politikar*|flertallet|fleirtalet
    nedlegg*|nedlagt|nedlegging*
    legge|legg|legger|lagt|leggje ned
    stenge|stenger|stengje|stengt ..3 skolen|skulen|svømmehallen|symjehallen|biblioteket|barnehagen|sykehjemmet|sjukeheimen
    kutt|kutte|kuttar|kutter|kuttet|kuttene
    budsjett*|kommunesammenslå*|kommunesamanslå*|ferjeavløys*|valget|valgkamp*
    """
)

_DECIDED: Final = (
    "*vedtak|*vedtaket|*avslaget|*gebyret|*avgiften|*avgifta|*gebyr|karakteren|karakteren|*plassen|*løyvet|*tillatelsen|@decision|karakter*|standpunkt*|eksamen*|skolekrets*|skulekrets*|skoleskyss*|skuleskyss*|skyss*|barnehageplass*|sykehjemsplass*|"
    "sjukeheimsplass*|omsorgsbolig*|omsorgsbustad*|støttekontakt*|bpa|bpa-*|assistent*|ledsagarbevis|ledsagerbevis|parkeringskort*|"
    "hc-kort*|tt-kort*|startlån*|bostøtte*|bustøtte*|sosialhjelp*|sosialstønad*|skjenkeløyve*|skjenkebevilling*|spesialundervisning*|"
    "spesialpedagog*|logoped*|sfo-plass*|nabovarsel*|byggesak*|byggjesak*|reguleringsvedtak*|dagpenger|aap|uføretrygd*|"
    "heimehjelp*|hjemmehjelp*|avlastning*|avlasting*|tilskot*|tilskudd*|permisjonssøknad*|permisjon*|avkortning*|tilbakebetaling*|faktureringa"
)

_A_DECISION: Final = tuple(
    "avslag avslå avslo innvilg nekt vedtak avgjør avgjerd plassert tildelt avkort stoppet stoppa stansa stanset gebyr bota boten "
    "parkeringsbot kontrollavgift karakter standpunkt refus denied reject trekt trukket inndrog søknad søkte".split()
)
_OWN: Final = frozenset(word for name in ("me", "we", "my", "kin") for word in CLASSES[name].split() if word[0] != "@")
_KIN: Final = frozenset(word for word in CLASSES["kin"].split() if "*" not in word)
_A_WORD: Final = frozenset(["nei", "fine", "bot"])
_GOVERNING: Final = tuple(
    "kommunestyre bystyre politiker politikar ordfører ordførar budsjett formannskap rådmann stortinget".split()
)


def _of_ones_own(reading: Reading) -> bool:
    """Whether a text speaks of a decision, or of one's family, and of the writer or someone near, and not of those who govern."""
    return (
        (
            any(word.startswith(_A_DECISION) or word in _A_WORD for word in reading.words)
            or not _KIN.isdisjoint(reading.words)
        )
        and not _OWN.isdisjoint(reading.words)
        and not any(word.startswith(_GOVERNING) for word in reading.words)
    )


RULES: Final = (
    Rule(
        "klage.told",
        TOLD,
        phrases(
            """
            uenig|ueinig|usamd|uenige|ueinige|usamde
            @not ..2 enig|enige|einig|einige|samd|samde
            @not ..2 godtar|godta|godtek|aksepterer|akseptere|aksepterar|godkjenner
            godtar|godtek|aksepterer|aksepterar ..2 @not
            finner|finn ..3 @not ..2 i
            kan ..1 @not ..1 stå|stemme|vere|være|ståande
            må ..2 være|vere|ha ..2 feil|gale|galt|misforståelse|mistyding
            ny|nytt ..1 vurdering|behandling|handsaming|vurdert|behandla
            på nytt
            en|ein gang|gong til
            står|stå på ..1 kravet|krava|vårt
            vil ..2 ha ..4 omgjort|endra|endret|retta|rettet|sletta|slettet|trukket|trekt
            omgjør|omgjøre|opphev|oppheve
            urimelig|urimeleg|urettferdig|urettvis
            går|gjeng ..3 @not ..1 med ..1 på
            disagree
            want ..2 it ..2 cancelled|canceled|changed|reviewed|reversed|reconsidered
            must be ..1 wrong|mistake
            review|reconsider
            """
        ),
        unless=_ASKS_HOW,
        kind="complaint",
        weight=5,
        formal="klage",
        own_words=True,
        check=_of_ones_own,
    ),
    Rule(
        "klage.vedtak",
        VEDTAK,
        phrases(
            f"""
            klage|klager|klagar|klaga ..2 på ..2 den|det|dette|denne ..1 >
            karakter*|standpunkt*|eksamen*|*vedtaket|*avslaget|*gebyret|*boten|*plassen|skolebytte*|skyss*|nekt* ..10 klage|klager|klagar
            klage|klager|klagar ..6 *vedtaket|*vedtak|*avslaget|*gebyret|*gebyr|*karakter|*karakteren|*boten|*plassen|*plass
            klage|klager|klagar|klaga|klagde|klaget|klagen|klaging ..5 {_DECIDED}
            {_DECIDED} ..4 klage|klager|klagar|klaga|klaget
            påklage|påklager|påklagar|påklaga|påklaget|påklagd*
            anker|ankar|anke ..4 {_DECIDED}
            formell|formelt|skriftlig|skriftleg|offisiell ..1 klage|klager|klagar
            klage|klager|klagar ..1 formelt|formell|herved|hermed|med|inn ..1 dette|saken|saka|vedtaket
            herved|hermed klager|klagar|klages
            @me klager|klagar herved|hermed|med|formelt
            send|sender|sendar|leverer|leverar|levere|sende ..3 klage ..6 {_DECIDED}
            dette|her ..2 er|kommer|kjem|følger|følgjer ..4 klage|klagen|klaga
            klage ..4 statsforvalter*|statsforvaltar*|fylkesmann*|klagenemnd*|klageinstans*
            klage|klager|klagar|klaga ..5 at @iwe|ikke|ikkje ..4 fikk|fekk|får|fått|ikke|ikkje
            klageinstans*|klageadgang* ..8 @me
            benytte|bruke|nytte|bruker|benytter ..3 klagerett*|retten|rett ..3 klage|klagerett*
            klagen|klaga min|vår|mi
            regn*|betrakt*|se|sjå|ta|ansjå|oppfatt* ..3 som ..2 klage
            appeal|appealing ..5 @decision|against|this|that|the|my
            complaint|complain ..5 decision|refusal|rejection|ruling|fine
            """
        ),
        unless=_ASKS_HOW,
        kind="complaint",
        weight=9,
        formal="klage",
        own_words=True,
    ),
    Rule(
        "klage.disagrees",
        DISAGREES,
        phrases(
            """
            finner|finn ..1 @me|oss|meg|vi|me|eg|jeg ..1 @not ..1 i ..4 @decision|*vedtaket|*avslaget|dette|det
            @not ..1 finner|finn|finne ..1 @me|oss|meg|vi|me ..2 i ..6 @decision|*vedtaket|*avslaget|dette|det
            @not ..2 fornøyd|nøgd|fornøgd|tilfreds|happy ..4 @decision|*vedtaket|karakter*|avslag*|svaret|plassen|utfallet|resultatet|decision
            *vedtaket|*avslaget|*avgjørelsen|*gebyret ..4 bygger|byggjer|baserer|hviler|kviler|basert|grunnet|bygd|bygget ..5 feil|gale|gal|uriktig*|gamle|manglende|manglande
            *vedtaket|*avslaget|*gebyret ..3 er|var|må|kan ..3 feil|urimelig*|urimeleg*|urettferdig*|ugyldig|galt|ulovlig|ulovleg|rangt
            tar|tek|godtar|svelger|aksepterer ..3 ikke|ikkje ..4 nei|avslaget|vedtaket|avgjørelsen|avgjerda
            mener|meiner|synes|synest|opplever|hevder|hevdar ..4 @decision|*vedtaket|*avslaget ..4 feil|urimelig*|urimeleg*|urettferdig*|ugyldig*|ulovlig*|galt
            mener|meiner ..4 feil ..4 ikke|ikkje ..3 fikk|fekk|får ..4 plass|støtte|skyss|hjelp|vedtak|stønad|time|tilskot|tilskudd
            @not|slettes|sletts|lite|heilt|helt ..3 enig|enige|einig|einige|samd|samde|samd ..5 @decision
            uenig|uenige|ueinig|ueinige|usamd|usamde ..5 @decision
            uenig|uenige|ueinig|ueinige ..4 at @iwe ..3 @not
            @not ..3 godta|godtar|godtek|godtatt|godteke|godtaka|aksepterer|akseptere|akseptert|aksepterar|godkjenner|godkjenne|godkjenn|finn|finne|slå ..6 @decision|dette|avgjerda
            @decision ..4 @not ..3 godta|godtar|godtek|aksepterer|akseptere|akseptert|rettferdig|riktig|rett|gyldig|lovlig|lovleg
            @decision ..4 er|var|blir|blei|må ..3 feil|gal|galt|gale|urimelig*|urimeleg*|urettferdig*|urettvis*|ugyldig*|ulovlig*|ulovleg*|rangt|hårreisende|meningsløs*
            @decision ..5 bygg*|baser*|grunn* ..3 feil|gale|gal|uriktig*
            feil|urimelig*|urimeleg*|urettferdig*|urettvis*|ugyldig* ..3 @decision
            protest|protesterer|protesterar|protestere|motsetter|motset|innsigelse*|innvending*|bestrider|bestrid|anfekter ..5 @decision
            nekter|nektar ..4 godta|akseptere ..4 @decision
            stiller|stille|set ..2 spørsmål* ..4 @decision
            @decision ..5 @not ..2 hold|holder|stemmer|stemme|stemmar|stemt|held
            disagree* ..5 @decision
            @not ..2 agree|accept* ..5 @decision
            decision|refusal|rejection ..4 wrong|unfair|unreasonable
            @decision ..3 @not ..2 enig|enige|einig|einige|samd
            """
        ),
        unless=_POLITICS,
        kind="complaint",
        weight=8,
        formal="klage",
        own_words=True,
    ),
    Rule(
        "klage.again",
        AGAIN,
        phrases(
            """
            krever|krev|ber|vil|må ..4 frafalles|frafallast|ettergis|ettergitt|slettes|slettast|annullert|annulleres|fjernet|oppheves|oppheva|opphevet|endres|endra|endret|omgjøres|omgjort|omgjerast|trekkes|trukket
            ber ..3 om ..3 at ..4 gjøres|gjerast|gjøre|gjort ..1 om
            @decision|*vedtaket|*gebyret|*avslaget|avgjørelsen ..5 gjøres|gjerast|gjort ..1 om
            @decision ..4 omgjøres|omgjerast|omgjort
            vurder|vurdere|vurderast|vurdert|se|sjå|sjekk|sjekke ..4 @case|@decision|saken|saka|søknad*|tallene|tala|inntekten|inntekta|dokumentasjonen ..4 nytt|igjen|omigjen|gong|gang
            @ask|vil|krev|bør|må ..4 @decision ..4 omgjort|omgjøres|omgjerast|oppheva|opphevet|oppheves|endra|endret|endres|gjort|trekt|trukket|annullert|slettet|sletta|snudd
            @decision ..5 omgjøres|omgjort|omgjerast|oppheves|opphevast|opphevet|oppheva|annulleres|annullert|slettes|ettergis|frafalles
            omgjør|omgjøre|omgjera|oppheve|annullere|ettergi|frafalle ..5 @decision
            gjør|gjøre|gjere|gjer|gjerast om ..4 @decision
            @decision ..3 gjøres|gjort|gjerast om
            ber|beder|ønsker|ønskjer|krever|krev|vil|må|søker|be|ynskjer ..5 ny|nytt|nye|fornya|fornyet ..2 vurdering|vurdert|behandling|handsaming|saksbehandling|gjennomgang|avgjørelse|avgjerd|vurderinga
            ber|beder|krever|krev|vil|må ..4 revurder*
            vurder|vurdere|vurderer|vurderast|vurdert|se|sjå|behandle|behandles|behandla ..4 @case|@decision|søknad* ..4 nytt|igjen|omigjen|gong|gang ..2 til?
            ta|tar|tek|tas|få ..3 opp ..1 saken|saka|søknaden|vedtaket ..3 nytt|igjen|omigjen
            prøve|prøva|prøvd ..3 saken|saka|vedtaket ..2 nytt
            reconsider*
            review ..4 decision|refusal
            """
        ),
        unless=_POLITICS,
        kind="complaint",
        weight=7,
        formal="klage",
        own_words=True,
    ),
    Rule(
        "klage.refused",
        REFUSED,
        phrases(
            """
            fikk|fekk|fått|får|ha|har|hadde ..4 avslag*|avslått ..12 feil|galt|gale|urimelig*|urimeleg*|urettferdig*|urettvis*|stemme|stemmer|riktig|rett|skandale|skjønner|forstår|skjønar|forstå|grunn*|godta*
            avslag*|avslått ..12 feil|galt|gale|urimelig*|urimeleg*|urettferdig*|urettvis*|stemme|stemmer|riktig|rett|hårreisende|latterlig|hinsides|begrunnelse*|grunngjeving*
            søknad*|søkte|søkt ..6 avslått|avslag|nei ..12 feil|galt|urimelig*|urettferdig*|stemme|stemmer
            oppfyller|oppfyll|fyller|fyll|har ..4 krava|kravene|vilkåra|vilkårene|kriteriene|kriteria|rett ..8 avslag*|nei|avslått|likevel
            avslag*|nei|avslått ..12 oppfyller|oppfyll|fyller|fyll ..3 krava|kravene|vilkåra|vilkårene|kriteriene|kriteria
            refused|rejected|denied|refusal|rejection ..14 wrong|unfair|mistake|incorrect|understand
            betaler|betalar|betale ikke|ikkje ..4 gebyr*|*gebyr|bot|bota|boten|denne|dette|regninga|kontrollavgift*
            """
        ),
        unless=_POLITICS,
        kind="complaint",
        weight=7,
        formal="klage",
        own_words=True,
    ),
)
