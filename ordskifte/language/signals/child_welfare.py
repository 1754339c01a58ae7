"""A worry for a child (barnevernsloven § 13-1 and following): to be passed on at once, never to be discussed in the open."""

from typing import Final

from ordskifte.language.signals.rule import Rule, phrases

WORRY: Final = (
    "Worries for how a child is treated at home; such a report belongs with the child welfare service at once."
)
SIGNS: Final = "Tells of a child who is beaten, left alone, hungry or afraid at home."

_CHILD: Final = (
    "barn|barnet|barna|borna|ungen|ungene|ungane|unger|ungar|unge|jente|jenta|jenter|jentene|jentungen|gutter|gutar|småunger|småungar|gutt|gut|gutten|guten|guttene|gutane|småbarn|baby|babyen|eleven|elev|"
    "treåring*|fireåring*|femåring*|seksåring*|sjuåring*|åtteåring*|toåring*|ettåring*|*åringen|*åringa|child|children|kid|kids|boy|girl|søsknene|sysken*|tenåring*|nabobarn*|nabojent*|nabogut*"
)
_POLICY = phrases(
    """
    skolevei*|skuleveg*|skoleveg*|trafikk*|fart|råkjør*|lekeplass*|leikeplass*|kutt*|budsjett*|bemanning*|buss|bussen
    skolen|skulen|barnehagen|sfo ..3 mangler|manglar|lar|let|lèt|glemte|gløymde|sendte|sende|står|trenger|treng|er|var|låste|har|må|bør
    på|i ..1 skolen|skulen|barnehagen|sfo slår|blir|vert
    alle barn|ungar|unger
    """
)

RULES: Final = (
    Rule(
        "child_welfare.worry",
        WORRY,
        phrases(
            f"""
            bekymra|bekymret|uroa|urolig ..2 for ..2 nabogut*|nabojent*|nabobarn*|nabounge*|naboungane|naboungene
            bekymra|bekymret|uroa|urolig ..2 for ..3 nabogut*|nabojent*|nabobarn*|nabounge*|naboungane|naboungene|nabofamilien|jenta|gutten|guten|barnet|barna|ungene|ungane ..3 i|hos|under|over|ved
            bekymringsmelding*|uromelding*|bekymringsmeld*
            melde|meldar|melder|ringe|si|sei|seie ..5 barnevernet|barnevern|barnevernsvakt* ..6 {_CHILD}
            bekymra|bekymret|uroa|urolig|uroleg|redd|engstelig|engsteleg ..3 for ..5 {_CHILD} ..6 hjemme|heime|naboen|foreldre*|mor|faren|mora|far|blokka|i|over|som
            {_CHILD} ..10 barnevernet ..4 må|burde|bør|vite|inn|sjekke|se|sjå
            barnevernet ..8 {_CHILD} ..8 slår|slått|slo|alene|aleine|gråt*|skrik*|redd*|sult*|full|fulle|rus*
            bekymra|bekymret|uroa|urolig|uroleg|redd|engstelig|engsteleg|bekymre ..3 for ..3 {_CHILD} ..12 blåmerk*|sulten|svolten|alene|aleine|mat|rus|drikk*|slår|slått|redd|skitten|skiten|gråt*
            worried ..4 about ..4 child|children|kid|kids|boy|girl
            """
        ),
        unless=_POLICY,
        kind="report",
        weight=9,
        formal="child_welfare",
        own_words=True,
    ),
    Rule(
        "child_welfare.signs",
        SIGNS,
        phrases(
            f"""
            {_CHILD} ..10 blåmerk*|blåmerke|blåveis
            {_CHILD} ..8 sitter|sit|står|går ..3 trappa|trappen|oppgangen|ute|gata ..8 sulten|svolten|alene|aleine|kveld*|natta|hele|heile|mat
            {_CHILD} ..10 alltid|ofte|ofte|støtt ..1 sulten|svolten|skitten|skiten
            faren|far|mora|mor|foreldre* ..2 slår|slo|banker|bankar|denger ..4 små|minste|minstemann|ungene|ungane|barna
            {_CHILD} ..4 ute ..3 i ..1 bare|berre
            {_CHILD} ..10 uten|utan ..1 at ..1 noen|nokon|nåkken ..2 henter|hentar|passer|passar|ser|følger|vet
            {_CHILD} ..8 uten|utan ..1 mat|niste|matpakke|klær|klede|jakke|sko|vinterklær|vinterklede
            {_CHILD} ..10 redd|gruer ..4 for ..2 å ..2 gå|dra|komme ..2 hjem|heim
            {_CHILD} ..8 alene|aleine|åleine ..3 hjemme|heime|hjem|heim
            {_CHILD} ..8 alene|aleine|åleine ..5 netter|natta|natten|døgn|dager|dagar|helga
            {_CHILD} ..6 blir|vert|ble|blei|får|har ..3 slått|mishandl*|juling|bank|slege|banka|ris|blåmerk*|blåmerke|misbruk*|misbrukt
            slår|slo|slår|banker|bankar|mishandlar|mishandler|denger ..4 {_CHILD}
            {_CHILD} ..6 alene|aleine|åleine ..3 hjemme|heime|hjem|hele|heile|natta|natten|ute|kveld*|i
            {_CHILD} ..5 er|sit|sitter|går|står|vandrer|vandrar ..3 alene|aleine|åleine ..4 natta|natten|kvelden|kveldan|mat|døgn|dager|dagar|hjemme|heime|ute
            {_CHILD} ..6 ute|uten|utan ..3 alene|aleine|mat|klær|klede|jakke|sko|tilsyn
            {_CHILD} ..4 skriker|skrik|skrike|gråter|græt|gret|hyler ..5 natta|natten|hver|kvar|kveld*|timer|timar|time|hele|heile|naboen|leilighet*|leilegheit*|hjelp
            {_CHILD} ..8 foreldre*|mor|mora|moren|far|faren ..5 full|fulle|rus*|drikk*|slår|slo|høg|høge
            foreldre*|mor|mora|moren|far|faren|stefar*|stemor* ..5 full|fulle|rusa|ruset|drikk|drikker|slår|slo|høg ..8 {_CHILD}
            {_CHILD} ..5 sulten|svolten|skitten|skittent|skiten|vanskjøtt*|forsømt*|omsorgssvikt*|redd ..4 hjemme|heime|hjem|heim|mat|med|alltid|far|faren|mor|mora|for
            {_CHILD} ..3 tør|torer|vil ..2 ikke|ikkje ..4 gå ..2 hjem|heim
            omsorgssvikt*
            skriker|skrik|gråter|græt|hyler|ropar|roper ..3 {_CHILD} ..6 natt|natta|kveld|kvelden|leiligheten|leilegheita|naboen|timer|timar|hver|kvar|over|under
            {_CHILD} ..6 gråt*|skrik* ..6 slår|smeller|kjefter|roper|slag
            child|kid|boy|girl|children ..8 beaten|bruises|hungry|screaming|neglected|alone
            hits|beats|hitting|beating ..3 child|kid|kids|children|son|daughter
            """
        ),
        unless=_POLICY,
        kind="report",
        weight=8,
        formal="child_welfare",
        own_words=True,
    ),
)
